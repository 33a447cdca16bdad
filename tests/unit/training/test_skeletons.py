"""A skeleton follows a handwritten line, which is redrawn without changing its shape."""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest
import torch

from lenet import samples
from lenet.ink import STROKE_RADIUS
from lenet.training import synthetic
from lenet.training.skeletons import lines, thin, without_specks
from lenet.training.strokes import render


def pieces(image: np.ndarray) -> int:
    """How many parts of a (h, w) bool image hang together, corners included: flood fill."""
    left = {(int(row), int(column)) for row, column in np.argwhere(image)}
    found = 0
    while left:
        found += 1
        queue = deque([left.pop()])
        while queue:
            row, column = queue.popleft()
            for near in [(row + dy, column + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]:
                if near in left:
                    left.remove(near)
                    queue.append(near)
    return found


@pytest.fixture(scope="module")
def written() -> np.ndarray:
    return samples.load().images[::8] > 127


def test_thinning_takes_away_and_tears_nothing_apart(written: np.ndarray) -> None:
    thinned = thin(written)
    assert not (thinned & ~written).any()
    for before, after in zip(written, thinned, strict=True):
        assert pieces(after) == pieces(before)


def test_what_is_left_is_a_line_that_thins_no_further(written: np.ndarray) -> None:
    thinned = thin(written)
    assert (thin(thinned) == thinned).all()
    block = thinned[:, :-1, :-1] & thinned[:, 1:, :-1] & thinned[:, :-1, 1:] & thinned[:, 1:, 1:]
    assert block.sum() < 0.01 * thinned.sum()


def test_a_bar_becomes_its_middle_line() -> None:
    bar = np.zeros((1, 20, 20), bool)
    bar[0, 3:17, 8:13] = True
    rows, columns = np.nonzero(thin(bar)[0])
    assert set(columns) == {10}
    assert len(rows) >= 8


def test_specks_go_but_a_lone_dot_stays() -> None:
    grid = torch.zeros(2, 8, 8, dtype=torch.bool)
    grid[0, 2, 1:6] = grid[0, 6, 6] = grid[1, 4, 4] = True
    cleaned = without_specks(grid)
    assert cleaned[0].sum() == 5
    assert cleaned[1].sum() == 1


def test_re_inking_a_pen_drawing_gives_back_that_drawing() -> None:
    generator = torch.Generator().manual_seed(8)
    drawn, _ = synthetic.draw(synthetic.read_styles(), 100, STROKE_RADIUS, generator)
    again = render(lines(drawn), STROKE_RADIUS)
    before, after = drawn.flatten(1).float() / 255, again.flatten(1)
    alike = torch.nn.functional.cosine_similarity(before, after)
    assert alike.median() > 0.92
    others = torch.nn.functional.cosine_similarity(before, after.roll(1, 0))
    assert others.median() < 0.7


def test_an_image_too_faint_for_a_line_is_a_dot_and_not_an_error() -> None:
    faint = torch.zeros(1, 28, 28, dtype=torch.uint8)
    faint[0, 10, 10] = 40
    assert 2 < float(render(lines(faint), STROKE_RADIUS).sum()) < 8
