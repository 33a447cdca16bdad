"""Many drawings rendered at once are what ``lenet.ink`` renders one by one."""

from __future__ import annotations

import numpy as np
import torch

from lenet import ink, spec
from lenet.training.strokes import SIDE, Segments, centre_of_mass, render

Path = list[tuple[float, float]]

ZIGZAG: Path = [(90, 60), (190, 60), (130, 220), (60, 100), (200, 180)]
SLOPE: Path = [(20, 20), (40, 260)]
ROOF: Path = [(10, 100), (140, 40), (270, 100), (30, 130)]


def finely(path: Path, number: int = 40) -> torch.Tensor:
    """(k, 2): positions along the path, so close that they are less than a pixel apart."""
    points = torch.tensor(path)
    steps = (torch.arange(number) / number)[:, None]
    between = points[:-1, None] + steps * (points[1:] - points[:-1])[:, None]
    return torch.cat([between.flatten(0, 1), points[-1:]])


def segments(*paths: Path) -> Segments:
    lines = [finely(path) for path in paths]
    owner = torch.cat([torch.full((len(line) - 1,), i) for i, line in enumerate(lines)])
    starts, ends = torch.cat([x[:-1] for x in lines]), torch.cat([x[1:] for x in lines])
    return Segments(starts, ends, owner, len(paths))


def test_it_is_the_ink_of_the_app() -> None:
    drawn = render(segments(ZIGZAG, SLOPE, ROOF), ink.STROKE_RADIUS)
    for image, path in zip(drawn, (ZIGZAG, SLOPE, ROOF), strict=True):
        x = ink.from_strokes([path], size=(280, 280))
        assert x is not None
        coverage = (x[0, 0] - spec.BACKGROUND) / (spec.INK - spec.BACKGROUND)
        margin = (spec.INPUT_SIZE - SIDE) // 2
        assert torch.allclose(image, coverage[margin:-margin, margin:-margin], atol=2e-3)


def test_where_and_how_large_makes_no_difference() -> None:
    here = segments(ZIGZAG, ROOF)
    there = here.moved(torch.tensor([[0.01], [3.0]]), torch.tensor([[500.0, -3], [7, 7]]))
    assert torch.allclose(render(here, 1.2), render(there, 1.2), atol=5e-3)


def test_a_drawing_that_is_one_point_is_a_dot_in_the_middle() -> None:
    point = torch.tensor([[5.0, 5.0]])
    dot = render(Segments(point, point, torch.tensor([0]), 1), 1.2)
    assert torch.allclose(centre_of_mass(dot), torch.tensor([[14.0, 14.0]]), atol=1e-3)
    # Half a pixel of soft edge on a disc of 1.2: close to the disc's area.
    assert np.isclose(float(dot.sum()), np.pi * 1.2**2, rtol=0.1)
