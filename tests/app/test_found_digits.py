"""What was found in a picture: said, chosen, turned, put on the canvas and into the address."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from streamlit.testing.v1 import AppTest

from lenet.drawing import Drawing, link
from lenet.files import picture_file
from pages.parts.drawing.picture import Box, Picture, letter
from tests.app.test_pictures import send, text_of
from tests.support import pictures
from tests.support.app_pages import SEVEN, path_of, put_on_canvas
from tests.support.pictures import png

BLANK = png(np.full((300, 300), 255, np.uint8))


def on_canvas(app: AppTest) -> torch.Tensor | None:
    """The input of what is on the canvas."""
    prepared: torch.Tensor | None = app.session_state["visit_drawing"].prepared()
    return prepared


def choose(app: AppTest, index: int) -> None:
    app.session_state["visit_picture"].choose(index, app.session_state["visit_drawing"])
    app.run()
    assert not app.exception


def outlines(app: AppTest) -> list[Any]:
    """The components that show a picture."""
    return [each for each in app.get("bidi_component") if "found" in each.proto.id]


def test_one_digit_is_on_the_canvas_and_said_to_be_found(app: AppTest) -> None:
    app.run()
    assert "found in the picture" not in text_of(app)
    send(app, "seven.jpg", pictures.photo("7"))
    assert "This was found in the picture." in text_of(app)
    assert "The network reads 7" in text_of(app)
    assert len(outlines(app)) == 1


def test_of_two_digits_none_is_read_until_one_is_chosen(app: AppTest) -> None:
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    send(app, "two.png", pictures.photo("37"))
    assert "2 digits were found in the picture: choose the one that is read." in text_of(app)
    assert "The network reads" not in text_of(app)
    assert "drawing" not in app.query_params
    choose(app, 1)
    assert "2 digits were found in the picture; the one marked B is on the canvas." in text_of(app)
    assert "The network reads 7" in text_of(app)
    choose(app, 0)
    assert "the one marked A is on the canvas" in text_of(app)
    assert "The network reads 3" in text_of(app)


@pytest.mark.parametrize("drawn", [False, True])
def test_where_no_digit_is_found_the_page_says_what_to_do(app: AppTest, drawn: bool) -> None:
    if drawn:
        put_on_canvas(app, path_of(SEVEN))
    app.run()
    send(app, "blank.png", BLANK)
    (error,) = [error.value for error in app.error]
    assert error.startswith("I cannot find one digit here. Turn the picture")
    assert len(outlines(app)) == 1, "one sees which picture it is"
    assert ("The network reads 7" in text_of(app)) is drawn


def test_what_an_earlier_picture_showed_is_not_the_answer_to_a_later_one(app: AppTest) -> None:
    app.run()
    send(app, "seven.jpg", pictures.photo("7"))
    send(app, "blank.png", BLANK)
    assert "The network reads" not in text_of(app)
    assert on_canvas(app) is None


def test_a_turned_picture_is_searched_again_and_four_turns_bring_it_back(app: AppTest) -> None:
    app.run()
    lying = np.rot90(picture_file.pixels(pictures.photo("7")), -1)
    send(app, "lying.png", png(lying))
    seen = []
    for _ in range(4):
        seen.append(on_canvas(app))
        address = app.query_params["drawing"]
        app.button(key="turn_left").click().run()
        assert not app.exception
        assert app.query_params["drawing"] != address
    assert torch.equal(on_canvas(app), seen[0])  # type: ignore[arg-type]
    app.button(key="turn_left").click().run()
    assert "The network reads 7" in text_of(app)
    app.button(key="turn_right").click().run()
    assert torch.equal(on_canvas(app), seen[0])  # type: ignore[arg-type]


@pytest.mark.parametrize("digits", ["7", "37"])
def test_the_address_holds_what_is_on_the_canvas_and_nothing_else(
    app: AppTest, digits: str
) -> None:
    app.run()
    if len(digits) == 1:
        send(app, "one.png", png(np.rot90(picture_file.pixels(pictures.photo(digits)))))
        app.button(key="turn_right").click().run()
    else:
        send(app, "two.png", pictures.photo(digits))
        choose(app, 1)
    text = app.query_params["drawing"]
    shared = AppTest.from_file(app._script_path, default_timeout=60)
    shared.query_params["drawing"] = text
    shared.run()
    assert torch.equal(on_canvas(shared), on_canvas(app))  # type: ignore[arg-type]
    assert "The network reads 7" in text_of(shared)
    assert not outlines(shared)
    assert len(link.read(text).strokes) == 0


@pytest.mark.parametrize("leave", ["clear", "undo"])
def test_clear_and_undo_take_the_picture_along(app: AppTest, leave: str) -> None:
    app.run()
    send(app, "seven.jpg", pictures.photo("7"))
    app.button(key=leave).click().run()
    assert not outlines(app)
    assert "visit_picture" not in app.session_state
    send(app, "blank.png", BLANK)
    app.button(key="clear").click().run()
    assert not outlines(app)
    assert not app.error


@pytest.mark.parametrize("content", [pictures.photo("7"), pictures.photo("37"), BLANK])
def test_another_drawing_takes_the_place_of_the_picture(app: AppTest, content: bytes) -> None:
    app.run()
    send(app, "picture", content)
    assert len(outlines(app)) == 1
    app.session_state["visit_drawing"].put_drawing(Drawing([list(SEVEN)], [20]))
    app.run()
    assert not outlines(app)
    assert not app.error


def test_strokes_over_the_digit_leave_the_picture_beside_it(app: AppTest) -> None:
    app.run()
    send(app, "seven.jpg", pictures.photo("7"))
    put_on_canvas(app, path_of([(60, 150), (220, 150)]))
    app.run()
    assert len(outlines(app)) == 1


def box_of_seven(turns: int) -> Box:
    """Where the digit is after so many turns to the left, from where it is in the upright photo."""
    left, top, right, bottom = Picture.read(pictures.photo("7")).digits[0].box
    for _ in range(turns % 4):
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    return left, top, right, bottom


@pytest.mark.parametrize("turns", [1, 2, 3, -1, 5])
def test_outlines_turn_with_the_picture(turns: int) -> None:
    picture = Picture.read(pictures.photo("7")).turned(turns)
    (digit,) = picture.digits
    np.testing.assert_allclose(digit.box, box_of_seven(turns), atol=0.02)
    shown = picture.shown
    upright = (600, 467)
    assert (shown["width"], shown["height"]) == (upright if turns % 2 == 0 else upright[::-1])


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_of_a_large_picture_little_is_kept(mode: str) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (2000, 2000, 4), np.uint8)
    content = io.BytesIO()
    Image.fromarray(noise).convert(mode).save(content, "PNG", compress_level=1)
    picture = Picture.read(content.getvalue())
    assert len(picture.kept) < 2_000_000, "noise compresses worse than any photo"
    assert len(str(picture.shown["picture"])) < 600_000
    ordinary = Picture.read(pictures.photo("7"))
    assert len(ordinary.kept) < 150_000
    assert len(str(ordinary.shown["picture"])) < 100_000


def test_a_small_picture_is_kept_as_it_is() -> None:
    levels = np.random.default_rng(1).integers(0, 255, (28, 28, 4), np.uint8)
    picture = Picture.read(png(levels))
    with Image.open(io.BytesIO(picture.kept)) as kept:
        assert np.array_equal(np.asarray(kept), levels)


def test_digits_have_letters() -> None:
    assert [letter(index) for index in (0, 1, 25, 26, 27, 51, 52, 701, 702)] == [
        *("A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"),
    ]
