"""The sample digits as pen strokes: on the canvas, as a mouse reports them, and legible."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch

import lenet
from lenet import ink, samples
from tests.support import handwriting

SOME = range(0, 400, 7)


@pytest.fixture(scope="module")
def written() -> dict[int, list[list[tuple[float, float]]]]:
    pictures = samples.load().images
    return {index: handwriting.strokes_of(pictures[index]) for index in SOME}


def test_the_pen_stays_on_the_canvas_and_reports_whole_pixels(
    written: dict[int, list[list[tuple[float, float]]]],
) -> None:
    for strokes in written.values():
        for x, y in (point for stroke in strokes for point in stroke):
            assert 0 <= x <= handwriting.CANVAS
            assert 0 <= y <= handwriting.CANVAS
            assert x == int(x)
            assert y == int(y)


def test_the_pen_neither_rests_nor_jumps(
    written: dict[int, list[list[tuple[float, float]]]],
) -> None:
    for strokes in written.values():
        for stroke in strokes:
            for one, other in pairwise(stroke):
                assert 0 < np.hypot(*np.subtract(one, other)) < 3 * handwriting.STEP


def test_the_network_reads_what_was_written_as_the_digit_it_was_taken_from(
    written: dict[int, list[list[tuple[float, float]]]],
) -> None:
    model, labels = lenet.load(), samples.load().labels
    with torch.inference_mode():
        right = [
            int(model(ink.from_strokes(strokes, size=(280, 280))).argmin()) == labels[index]
            for index, strokes in written.items()
        ]
    assert np.mean(right) > 0.95


def test_the_canvas_s_objects_hold_the_same_positions() -> None:
    label, objects = handwriting.drawing(123)
    assert label == samples.load().labels[123]
    read = ink.strokes_of_canvas({"objects": objects})
    assert len(read) == len(handwriting.strokes_of(samples.load().images[123]))
    lenet.ink.from_strokes(read, size=(280, 280))


def test_a_plus_is_thinned_to_one_pixel_and_drawn_in_strokes_that_cross_it() -> None:
    picture = np.zeros((28, 28), np.uint8)
    picture[12:16, 4:24] = 255
    picture[4:24, 12:16] = 255
    thin = handwriting.thinned(picture > 0)
    assert (thin <= (picture > 0)).all()
    assert thin[14 - 8 : 14 - 4].sum(axis=1).max() == 1
    longest = max(handwriting.strokes_of(picture), key=len)
    assert np.ptp(np.array(longest), axis=0).max() > 150
