"""A drawing is a value: its strokes, their pens and the picture under them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from lenet import ink
from lenet.drawing import Drawing, size_normalisation

SIZE = (280.0, 280.0)
DOT, LINE = [(40.0, 50.0)], [(90.0, 60.0), (190.0, 60.0), (130.0, 220.0)]
PICTURE = np.pad(np.full((20, 20), 77, np.uint8), 6)


def test_without_its_last_stroke_it_is_what_it_was_before() -> None:
    drawing = Drawing([LINE, DOT], [8, 36], PICTURE)
    assert drawing.widest_pen == 36
    before = drawing.without_last_stroke()
    assert (before.strokes, before.pens) == ([LINE], [8])
    assert before.picture is PICTURE
    assert drawing.strokes == [LINE, DOT], "the drawing itself has not changed"
    under = before.without_last_stroke()
    assert under.widest_pen is None
    assert not under.is_empty, "the picture is left"
    assert under.without_last_stroke().is_empty


def test_strokes_become_the_input_that_their_widest_pen_makes_of_them() -> None:
    small = [(100.0, 100.0), (112.0, 100.0)]  # less than half of a 36 pixel pen: a dot
    drawn = ink.from_drawing(Drawing([small], [36]), SIZE)
    dot, line = (ink.from_strokes([small], SIZE, pen) for pen in (36, 8))
    assert drawn is not None
    assert dot is not None
    assert line is not None
    assert torch.equal(drawn, dot)
    assert not torch.equal(drawn, line)


@pytest.mark.parametrize("strokes", [[], [LINE]])
def test_strokes_over_a_picture_stay_where_they_are(strokes: list) -> None:
    drawn = ink.from_drawing(Drawing(strokes, [20] * len(strokes), PICTURE), SIZE)
    expected = ink.over(size_normalisation.as_input(PICTURE / 255), strokes, SIZE)
    assert drawn is not None
    assert torch.equal(drawn, expected)


def test_nothing_drawn_is_no_input() -> None:
    assert ink.from_drawing(Drawing(), SIZE) is None
