"""A drawing's input depends on its shape alone: claims about lenet.ink, mostly as properties."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from lenet import ink, spec
from lenet.drawing.strokes import MOST_POSITIONS
from tests.support import pens

SIZE = (280, 280)
DRAWINGS = pens.drawings(writers=3)
SEVEN = [[(90, 60), (190, 60), (130, 220)]]

positions = st.tuples(st.integers(20, 260), st.integers(20, 260))
drawings = st.lists(st.lists(positions, min_size=1, max_size=12), min_size=1, max_size=4)


def prepared(strokes, size=SIZE, pen=20) -> torch.Tensor:
    x = ink.from_strokes(strokes, size, pen)
    assert x is not None
    return x


def coverage(x: torch.Tensor) -> np.ndarray:
    """(32, 32) of 0 to 1 from a prepared input."""
    return (x[0, 0].double().numpy() - spec.BACKGROUND) / (spec.INK - spec.BACKGROUND)


def extent(strokes) -> float:
    return float(np.ptp([point for stroke in strokes for point in stroke], axis=0).max())


def moved(strokes, scale=1.0, right=0.0, down=0.0):
    return [[(x * scale + right, y * scale + down) for x, y in stroke] for stroke in strokes]


@given(drawings)
def test_the_input_has_the_shape_type_and_range_that_the_network_was_trained_on(strokes):
    x = prepared(strokes)
    assert x.shape == (1, 1, 32, 32)
    assert x.dtype == torch.float32
    assert x.min() == pytest.approx(spec.BACKGROUND, abs=1e-6)
    assert x.max() == pytest.approx(spec.INK, abs=1e-6)


@given(drawings, st.floats(0.3, 3), st.floats(-60, 300), st.floats(-60, 300))
def test_where_and_how_large_one_draws_does_not_matter(strokes, scale, right, down):
    assume(extent(strokes) * min(scale, 1) > 10)
    elsewhere = prepared(moved(strokes, scale, right, down), size=None)
    torch.testing.assert_close(elsewhere, prepared(strokes, size=None), atol=1e-5, rtol=0)


@given(drawings, st.floats(1, 36), st.floats(280, 2000), st.floats(280, 2000))
def test_neither_the_pen_nor_the_canvas_matters(strokes, pen, width, height):
    assume(extent(strokes) >= 18)
    torch.testing.assert_close(prepared(strokes, (width, height), pen), prepared(strokes))


@given(drawings)
def test_the_longest_side_is_twenty_pixels_with_the_lines_own_width(strokes):
    assume(extent(strokes) >= 10)
    # Half-covered pixels are the line's edge; a pixel's place may round either way.
    inked = np.argwhere(coverage(prepared(strokes)) >= 0.5)
    assert 19 <= np.ptp(inked, axis=0).max() + 1 <= 21


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda d: f"{d.digit} by {d.writer}")
def test_the_centre_of_mass_is_where_mnist_has_it(drawing):
    ink_ = coverage(prepared(drawing.strokes))
    for axis in (0, 1):
        along = ink_.sum(1 - axis)
        # 14 in a 28x28 image, counted from zero, with a margin of two.
        assert (along * np.arange(32)).sum() / along.sum() == pytest.approx(16, abs=0.1)


@given(drawings, st.randoms(use_true_random=False))
def test_the_order_and_direction_of_strokes_do_not_matter(strokes, random):
    other = [list(reversed(stroke)) for stroke in strokes]
    random.shuffle(other)
    torch.testing.assert_close(prepared(other), prepared(strokes), atol=1e-6, rtol=0)


@given(drawings)
def test_a_line_gone_over_twice_is_no_darker(strokes):
    torch.testing.assert_close(prepared(strokes + strokes), prepared(strokes), atol=1e-6, rtol=0)


@given(drawings)
def test_how_often_the_pen_reported_its_position_does_not_matter(strokes):
    halved = []
    for stroke in strokes:
        path = np.repeat(np.array(stroke, float), 2, axis=0)[:-1]
        path[1::2] = (path[:-1:2] + path[2::2]) / 2
        halved.append(path.tolist())
    torch.testing.assert_close(prepared(halved), prepared(strokes), atol=1e-6, rtol=0)


@given(drawings)
def test_a_turned_drawing_is_a_turned_image(strokes):
    assume(extent(strokes) >= 10)
    turned = [[(280 - y, x) for x, y in stroke] for stroke in strokes]
    # Turning about pixel 16 leaves row and column 0 without a partner.
    expected = prepared(strokes)[..., 1:, 1:].rot90(-1, (2, 3))
    torch.testing.assert_close(prepared(turned)[..., 1:, 1:], expected, atol=1e-5, rtol=0)


def test_a_straight_line_has_the_values_worked_out_by_hand():
    ink_ = coverage(prepared([[(50, 140), (230, 140)]]))
    # The line runs along row 16 from 16 - 8.8 to 16 + 8.8 and is 1.2 pixels wide both ways:
    # 1/2 + 1.2 - 0 is more than all of a pixel, one row off 0.7 of it, two rows off nothing.
    assert ink_[16, 10] == pytest.approx(1, abs=1e-6)
    assert ink_[15, 10] == pytest.approx(0.7, abs=1e-6)
    assert ink_[17, 10] == pytest.approx(0.7, abs=1e-6)
    assert ink_[18, 10] == pytest.approx(0, abs=1e-6)
    assert ink_[16, 26] == pytest.approx(0.5 + 1.2 - 1.2, abs=1e-6)
    assert ink_[16, 6] == pytest.approx(0.5 + 1.2 - 1.2, abs=1e-6)
    assert ink_[16, 5] == pytest.approx(0, abs=1e-6)


def test_a_dot_is_a_round_point_in_the_middle():
    ink_ = coverage(prepared([[(12, 250)]]))
    expected = [
        [max(0.0, min(1.0, 1.7 - math.hypot(r, c))) for c in (-1, 0, 1)] for r in (-1, 0, 1)
    ]
    np.testing.assert_allclose(ink_[15:18, 15:18], expected, atol=1e-6)
    assert ink_.sum() == pytest.approx(np.sum(expected), abs=1e-4)


@given(st.lists(st.tuples(st.floats(100, 109), st.floats(100, 109)), min_size=1, max_size=20))
def test_a_trembling_dot_is_a_dot(trembling):
    assert torch.equal(prepared([trembling]), prepared([[(100, 100)]]))


@pytest.mark.parametrize("nothing", [[], [[]], [[], []], [[(-50, -50), (-90, 300)]]])
def test_no_ink_gives_no_input(nothing):
    assert ink.from_strokes(nothing, SIZE) is None


def test_what_leaves_the_canvas_is_not_seen():
    leaving = [[(140, 40), (140, 240)], [(200, 140), (900, 140)]]
    pen = 20
    stopped = [[(140, 40), (140, 240)], [(200, 140), (280 + pen / 2, 140)]]
    torch.testing.assert_close(prepared(leaving, pen=pen), prepared(stopped, pen=pen))
    assert not torch.allclose(prepared(leaving), prepared(leaving, size=None))


def test_ink_never_leaves_the_image_however_lopsided_the_drawing():
    scribble = [(10 + 30 * (i % 2), 10 + i / 10) for i in range(300)]
    ink_ = coverage(prepared([[*scribble, (270, 270)]]))
    edges = np.concatenate([ink_[0], ink_[-1], ink_[:, 0], ink_[:, -1]])
    np.testing.assert_allclose(edges, 0, atol=1e-6)


@pytest.mark.parametrize(
    "strokes",
    [
        5,
        None,
        [[1, 2]],
        [[(1, 2, 3)]],
        [[("a", "b")]],
        [[(1, math.nan)]],
        [[(1, math.inf)]],
        [[(10**400, 1)]],
        [[(1, 2), (3,)]],
        [{"x": 1}],
        [[(1, 2)] * (MOST_POSITIONS + 1)],
    ],
    ids=lambda s: str(s)[:20],
)
def test_what_is_no_drawing_is_refused_in_a_sentence(strokes):
    with pytest.raises(ink.InkError, match=r"[A-Z].*\.$"):
        ink.from_strokes(strokes, SIZE)


@pytest.mark.parametrize("pen", [0, -3, math.nan, math.inf, "wide"])
def test_a_pen_without_width_is_refused(pen):
    with pytest.raises(ink.InkError, match="pen"):
        ink.from_strokes(SEVEN, SIZE, pen)


@pytest.mark.parametrize("size", [(0, 280), (280, -1), (math.nan, 280)])
def test_a_canvas_without_size_is_refused(size):
    with pytest.raises(ink.InkError, match="canvas"):
        ink.from_strokes(SEVEN, size)


def test_strokes_over_a_picture_stay_where_they_were_drawn():
    picture = prepared(SEVEN)
    assert torch.equal(ink.over(picture, [], SIZE), picture)
    # The canvas's lower left corner is white in the picture; a dot there is on pixel (30, 1).
    dotted = ink.over(picture, [[(1.5 * 280 / 32, 30.5 * 280 / 32)]], SIZE)
    assert dotted[0, 0, 30, 1] == pytest.approx(spec.INK)
    assert bool((dotted >= picture).all())
    assert torch.equal(dotted[..., :28, :], picture[..., :28, :])
