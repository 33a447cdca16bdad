"""Undo takes back whatever was done last: a stroke, Clear, a sample, or a picture."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lenet.drawing import Drawing, link
from lenet.drawing.strokes import MOST_POSITIONS
from pages.parts.drawing import presses
from pages.parts.drawing.canvas_state import CanvasState
from pages.parts.drawing.earlier import MOST, Earlier
from tests.app.test_pictures import send
from tests.support import pictures
from tests.support.app_pages import SEVEN, path_of, put_on_canvas

BAR = [(60, 150), (220, 150)]
HEART = Drawing([[(10.0, 10.0), (90.0, 90.0)], [(90.0, 10.0), (10.0, 90.0)]], [20, 20])


def state_of(app: AppTest) -> CanvasState:
    state: CanvasState = app.session_state["visit_drawing"]
    return state


def on_canvas(app: AppTest) -> str:
    """The drawing as the address has it."""
    found = link.write(state_of(app).drawing) or ""
    assert app.query_params.get("drawing", "") == found
    return found


def press(app: AppTest, *keys: str) -> None:
    for key in keys:
        app.button(key=key).click().run()
        assert not app.exception


def run(app: AppTest) -> str:
    app.run()
    assert not app.exception
    return on_canvas(app)


@pytest.fixture
def drawn(app: AppTest) -> str:
    """A seven with a bar on the canvas."""
    put_on_canvas(app, path_of(SEVEN), path_of(BAR, pen=8))
    return run(app)


def test_undo_after_clear_brings_all_strokes_back(app: AppTest, drawn: str) -> None:
    strokes = state_of(app).drawing.strokes
    press(app, "clear")
    assert on_canvas(app) == ""
    run(app)
    press(app, "undo")
    assert on_canvas(app) == drawn
    assert state_of(app).drawing.pens == [20, 8]
    press(app, "undo")
    assert state_of(app).drawing.strokes == strokes[:1]
    press(app, "undo", "undo", "undo")
    assert on_canvas(app) == ""


def test_strokes_drawn_since_are_taken_back_first(app: AppTest, drawn: str) -> None:
    press(app, "clear")
    put_on_canvas(app, path_of(BAR))
    second = run(app)
    press(app, "clear")
    put_on_canvas(app, path_of(SEVEN))
    run(app)
    press(app, "undo")
    assert on_canvas(app) == ""
    press(app, "undo")
    assert on_canvas(app) == second
    press(app, "undo")
    assert on_canvas(app) == ""
    press(app, "undo")
    assert on_canvas(app) == drawn


def test_clear_on_an_empty_canvas_is_no_step(app: AppTest, drawn: str) -> None:
    press(app, "clear", "clear", "clear", "undo")
    assert on_canvas(app) == drawn


@pytest.mark.parametrize("source", ["non-digit", "sample", "picture"])
def test_what_takes_the_drawings_place_gives_it_back(app: AppTest, drawn: str, source: str) -> None:
    if source == "picture":
        send(app, "seven.jpg", pictures.photo("7"))
    else:
        state = state_of(app)
        sample = state.prepared()
        assert sample is not None
        state.put(sample) if source == "sample" else state.put_drawing(HEART)
        put_on_canvas(app, *state.initial["objects"])
        run(app)
    other = on_canvas(app)
    assert other not in ("", drawn)
    put_on_canvas(app, *state_of(app).initial["objects"], path_of(BAR))
    over = run(app)
    assert over != other
    press(app, "undo")
    assert on_canvas(app) == other, "the stroke over it first"
    press(app, "undo")
    assert on_canvas(app) == drawn, "then it as a whole"


def test_a_linked_drawing_is_taken_back_stroke_by_stroke(app: AppTest) -> None:
    app.query_params["drawing"] = link.write(HEART) or ""
    run(app)
    press(app, "undo")
    assert state_of(app).drawing.strokes == HEART.strokes[:1]


def told(number: int, **what: Any) -> dict[str, Any]:
    return {"number": number, "button": "clear", "done": False, **what}


def test_a_canvas_that_cleared_itself_is_not_cleared_again(app: AppTest, drawn: str) -> None:
    state = state_of(app)
    seven = link.write(Drawing([list(SEVEN)], [20]))
    revision = state.revision
    state.take_presses({"presses": [told(1, done=True, drawing=seven)]})
    assert state.revision == revision, "the canvas is given nothing to load"
    assert state.drawing.is_empty
    put_on_canvas(app, path_of(BAR))
    run(app)
    assert state.drawing.strokes == [BAR]
    # What the browser says again, because it had no answer, is done once.
    state.take_presses(
        {
            "presses": [
                told(1, done=True, drawing=seven),
                told(2, button="undo"),
                told(3, button="undo"),
            ]
        }
    )
    assert state.drawing.strokes == [SEVEN], "also what the canvas had not sent before"
    assert state.handled == 3


RUBBISH: list[object] = [
    None,
    7,
    [],
    {"presses": 3},
    {"presses": [None, 3, {}, {"number": "1"}, {"number": True}, {"number": 1e9}]},
    {"presses": [told(0), told(-3), told(2**70)]},
]


@pytest.mark.parametrize("sent", RUBBISH)
def test_what_no_button_tells_does_nothing(sent: object) -> None:
    state = CanvasState(HEART)
    state.take_presses(sent)
    assert state.drawing is HEART


@pytest.mark.parametrize("text", ["1damaged", "x" * 9_000, 7, None])
def test_a_drawing_that_cannot_be_read_is_the_one_that_is_known(text: object) -> None:
    (press,) = presses.read({"presses": [told(1, drawing=text)]}, after=0)
    assert press.drawing is None


def test_only_so_much_is_kept() -> None:
    earlier = Earlier()
    for count in range(MOST + 5):
        earlier.keep(Drawing([[(float(count), 0.0)]], [20]), 0)
    assert (earlier.level, earlier.level - earlier.oldest) == (MOST + 5, MOST)
    large = Drawing([[(0.0, 0.0)] * MOST_POSITIONS], [20])
    earlier.keep(large, 1)
    assert earlier.level - earlier.oldest == 1, "the last is kept in any case"
    assert earlier.take() == (large, 1)
    assert not earlier
