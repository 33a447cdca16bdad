"""Paper is what a closing leaves, edges of what is no stroke stay, and strokes are found."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lenet.drawing import inked
from tests.support import pens, photographs


@pytest.mark.parametrize("width", [3, 7, 15, 31])
def test_the_closing_is_opencvs(width: int) -> None:
    levels = np.random.default_rng(0).integers(0, 255, (40, 53), np.uint8)
    square = np.ones((width, width), np.uint8)
    alone = cv2.morphologyEx(levels, cv2.MORPH_CLOSE, square)
    np.testing.assert_array_equal(inked._closed(levels, width, False), alone)
    wide = cv2.copyMakeBorder(levels, width, width, width, width, cv2.BORDER_REPLICATE)
    whole = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, square)[width:-width, width:-width]
    np.testing.assert_array_equal(inked._closed(levels, width, True), whole)


@pytest.mark.parametrize("turn", range(4))
def test_an_edge_of_shadow_is_no_ink_and_a_stroke_in_it_is(turn: int) -> None:
    levels = np.full((200, 200), 220.0)
    levels[:, :90] = 110
    edge: np.ndarray = cv2.GaussianBlur(levels, (0, 0), 3)
    assert inked.coverages(np.rot90(edge / 255, turn)) == []
    edge[60:150, 40:48] *= 0.2
    (coverage,) = inked.coverages(np.rot90(edge / 255, turn))
    rows, columns = np.nonzero(np.rot90(coverage, -turn) > 0.5)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == pytest.approx(
        (60, 149, 40, 47), abs=2
    )


DRAWN = [drawing for drawing in pens.drawings(writers=1, seed=11) if drawing.digit in (2, 8)]


@pytest.mark.parametrize("kind", sorted(set(photographs.KINDS) - {"small"}))
def test_one_digit_is_found_whatever_befalls_the_photograph(kind: str) -> None:
    for number, drawing in enumerate(DRAWN):
        random = np.random.default_rng((4, number))
        coverage = photographs.of_strokes(drawing, random)
        picture = photographs.altered([(drawing.digit, coverage)], kind, random, "black")
        grey = cv2.cvtColor(picture.levels, cv2.COLOR_RGB2GRAY) / 255
        assert len(inked.coverages(grey)) == 1
