"""The canvas's JSON gives back the very positions of the pen, and refuses everything else."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet.drawing import Drawing, InkError, canvas_json
from lenet.drawing.canvas_json import strokes_of_canvas
from lenet.drawing.strokes import GRID, MOST_POSITIONS, MOST_STROKES, WIDEST_PEN
from tests.support import fabric

MOVES = [(100, 40), (110, 42), (125, 60), (120, 90), (90, 100), (80, 85)]

fractions = st.integers(0, 4480).map(lambda n: n / 16)
paths = st.lists(st.tuples(fractions, fractions), min_size=1, max_size=30)
pens = st.floats(1, 60)


def canvas(*objects):
    return {"version": "7.0.0", "objects": list(objects)}


def without_repeats(points):
    return [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]


@given(paths, pens)
def test_the_pens_positions_come_back_exactly(moves, pen):
    (stroke,) = strokes_of_canvas(canvas(fabric.pencil(moves, pen)))
    expected = without_repeats(fabric.kept(moves))
    # Positions that were visited twice in a row may come back once: the line is the same.
    np.testing.assert_allclose(without_repeats(stroke), expected, rtol=0, atol=1e-9)


@given(st.tuples(fractions, fractions), pens)
def test_a_tap_is_one_position(place, pen):
    (stroke,) = strokes_of_canvas(canvas(fabric.pencil([place], pen)))
    assert len(stroke) == 1
    np.testing.assert_allclose(stroke[0], place, atol=1e-9)


@given(st.lists(st.tuples(paths, st.integers(1, WIDEST_PEN)), max_size=5))
def test_strokes_put_on_a_canvas_are_read_back_exactly(drawn):
    strokes = [[(float(x), float(y)) for x, y in stroke] for stroke, _ in drawn]
    widths = [width for _, width in drawn]
    read = canvas_json.read(canvas_json.write(Drawing(strokes, widths), "#ffffff"))
    assert (read.strokes, read.pens) == (strokes, widths)


@given(paths.filter(lambda moves: len(moves) > 2), pens)
def test_a_stroke_is_put_on_a_canvas_as_the_pencil_would_have_drawn_it(moves, pen):
    """All but the ends, which the pencil moves out by a thousandth of its width."""
    drawn = fabric.pencil(moves, pen)
    (stroke,) = strokes_of_canvas(canvas(drawn))
    (put,) = canvas_json.write(Drawing([stroke], [round(pen)]), "#ffffff")["objects"]
    if len(stroke) == 1:
        return
    for name in ("left", "top", "width", "height"):
        assert abs(put[name] - drawn[name]) <= pen / 500 + 1e-3


def test_positions_lie_on_the_grid():
    (stroke,) = strokes_of_canvas(canvas(fabric.pencil([(10.001, 20.32), (60.7, 80.1234)])))
    assert all(float(place * GRID).is_integer() for point in stroke for place in point)


def test_strokes_keep_their_order_and_other_objects_are_left_out():
    square = {"type": "Rect", "left": 3, "top": 4, "width": 9, "height": 9}
    nonsense = {"type": DEEP}
    polygon = {"type": "Path", "path": [["M", 1, 1], ["L", 2, 2], ["L", 3, 1], ["Z"]]}
    first, second = [(10, 10), (60, 60)], [(200, 10), (100, 80)]
    drawing = canvas(fabric.pencil(first), square, nonsense, polygon, fabric.pencil(second))
    assert strokes_of_canvas(drawing) == [first, second]


@pytest.mark.parametrize("nothing", [None, {}, {"objects": []}])
def test_an_empty_canvas_has_no_strokes(nothing):
    assert strokes_of_canvas(nothing) == []


def edited(**changes):
    """The stroke MOVES after its object was changed, and the centre it was drawn about."""
    before = fabric.pencil(MOVES)
    (stroke,) = strokes_of_canvas(canvas({**before, **changes}))
    centre = np.array([before["left"], before["top"]])
    return np.array(stroke), centre


def close(points, expected):
    # Fabric rounds left and top to four decimals; then positions are taken to the grid.
    np.testing.assert_allclose(points, expected, rtol=0, atol=0.5 / GRID + 1e-3)


def test_a_stroke_that_was_dragged_is_where_it_was_dragged_to():
    before = fabric.pencil(MOVES)
    points, _ = edited(left=before["left"] + 33, top=before["top"] - 7.5)
    close(points, np.array(MOVES)[[0, 1, 2, 3, 5]] + [33, -7.5])


def test_a_stroke_that_was_resized_or_mirrored_is_so_about_its_centre():
    points, centre = edited(scaleX=2, scaleY=0.5, flipX=True)
    close(points, (np.array(MOVES)[[0, 1, 2, 3, 5]] - centre) * [-2, 0.5] + centre)


def test_a_stroke_that_was_turned_is_turned_clockwise_about_its_centre():
    points, centre = edited(angle=90)
    offset = np.array(MOVES)[[0, 1, 2, 3, 5]] - centre
    close(points, np.stack([-offset[:, 1], offset[:, 0]], axis=1) + centre)


def test_a_stroke_that_was_skewed_leans_by_the_angles_tangent():
    points, centre = edited(skewX=45)
    offset = np.array(MOVES)[[0, 1, 2, 3, 5]] - centre
    close(points, offset + centre + np.stack([offset[:, 1], 0 * offset[:, 1]], axis=1))


@pytest.mark.parametrize("uniform", [True, False])
def test_an_object_placed_by_its_corner_is_the_same_as_by_its_centre(uniform):
    before = fabric.pencil(MOVES, pen=12)
    scale, pen = 1.5, 12
    outer = [
        before[side] * scale + (pen if uniform else pen * scale) for side in ("width", "height")
    ]
    by_centre = {**before, "scaleX": scale, "scaleY": scale, "strokeUniform": uniform}
    by_corner = {
        **by_centre,
        "originX": "left",
        "originY": "bottom",
        "left": before["left"] - outer[0] / 2,
        "top": before["top"] + outer[1] / 2,
    }
    close(*(strokes_of_canvas(canvas(item))[0] for item in (by_corner, by_centre)))


def pen_stroke(*commands, **more):
    return canvas({"type": "path", "path": list(commands), **more})


M, Q, L = ["M", 0, 0], ["Q", 1, 1, 2, 2], ["L", 3, 3]
DEEP: list = []
for _ in range(50_000):
    DEEP = [DEEP]

HOSTILE = {
    "no drawing": [1, 2],
    "text": "objects",
    "objects that are none": {"objects": {"a": 1}},
    "an object that is a number": canvas(7),
    "too many objects": canvas(*[{"type": "Rect"}] * (MOST_STROKES + 1)),
    "a path that is text": canvas({"type": "path", "path": "M 0 0 L 1 1"}),
    "a path of numbers": canvas({"type": "path", "path": [1, 2]}),
    "too many positions": pen_stroke(M, *[Q] * MOST_POSITIONS, L),
    "NaN": pen_stroke(M, ["Q", math.nan, 1, 2, 2], L),
    "infinity": pen_stroke(M, ["Q", 1, 1, 2, math.inf], L),
    "an enormous integer": pen_stroke(M, ["Q", 10**400, 1, 2, 2], L),
    "text for a number": pen_stroke(M, ["Q", "1", 1, 2, 2], L),
    "truth for a number": pen_stroke(M, ["Q", True, 1, 2, 2], L),
    "too few numbers": pen_stroke(M, ["Q", 1, 1], L),
    "a list for a number": pen_stroke(M, ["Q", [1], 1, 2, 2], L),
    "deep nesting": pen_stroke(M, ["Q", DEEP, 1, 2, 2], L),
    "a deep origin": pen_stroke(M, Q, L, originX=DEEP),
    "an origin that is nowhere": pen_stroke(M, Q, L, originY="middle"),
    "a scale that is NaN": pen_stroke(M, Q, L, scaleX=math.nan),
    "an angle that is text": pen_stroke(M, Q, L, angle="90"),
    "a place that is nothing": pen_stroke(M, Q, L, left=None),
}


@pytest.mark.parametrize("drawing", HOSTILE.values(), ids=HOSTILE)
def test_what_no_canvas_produces_is_refused_in_a_sentence(drawing):
    with pytest.raises(InkError, match=r"^The drawing cannot be read.*draw again\.$"):
        strokes_of_canvas(drawing)
