"""The figure shows what was computed, and nothing where there is nothing."""

from __future__ import annotations

import numpy as np

from lenet.analysis.mistakes import FIGURE_10, rejection
from lenet.figures.error_of_the_rest import MOST, error_of_the_rest


def test_curves_begin_with_the_whole_error_and_end_with_what_is_left() -> None:
    wrong = np.arange(200) % 50 == 0
    curves = {
        "one": rejection(np.arange(200.0), wrong),
        "other": rejection(np.arange(200.0) % 7, wrong),
    }
    figure = error_of_the_rest(curves, 1.5)
    one, other, paper = figure.data
    assert one.y[0] == other.y[0] == 100 * wrong.mean()
    assert one.y[-1] == other.y[-1] == 0
    assert one.x[0] == 0
    assert one.x[-1] == 100
    assert one.line.dash != other.line.dash
    assert list(paper.x) == list(FIGURE_10.values())
    assert figure.layout.shapes[0].x0 == 1.5
    assert max(FIGURE_10.values()) < MOST
