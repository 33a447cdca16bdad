"""Distortions move, turn and stretch digits as far as they say and no further."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from lenet.spec import BACKGROUND, INK, INPUT_SIZE
from lenet.training.distortions import distort
from lenet.training.recipes import Ranges

STILL = Ranges(scale=0, squeeze=0, shear=0, rotation=0, shift=0)


@pytest.fixture
def generator() -> torch.Generator:
    return torch.Generator().manual_seed(4)


def bars(count: int, width: int, height: int) -> Tensor:
    """(count, 1, 32, 32): an upright bar of even width and height in the middle."""
    x = torch.full((count, 1, INPUT_SIZE, INPUT_SIZE), BACKGROUND)
    middle = INPUT_SIZE // 2
    rows = slice(middle - height // 2, middle + height // 2)
    x[:, :, rows, middle - width // 2 : middle + width // 2] = INK
    return x


def spread(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Per image: (N, 2) centre, (N, 2) standard deviations (x, y), (N,) columns per row."""
    mass = (x[:, 0] - BACKGROUND) / (x - BACKGROUND).sum((1, 2, 3))[:, None, None]
    place = torch.arange(INPUT_SIZE).float()
    horizontal, vertical = mass.sum(1), mass.sum(2)
    centre = torch.stack([horizontal @ place, vertical @ place], 1)
    dx, dy = place - centre[:, :1], place - centre[:, 1:]
    variance = torch.stack([(horizontal * dx**2).sum(1), (vertical * dy**2).sum(1)], 1)
    together = (mass * dx[:, None, :] * dy[:, :, None]).sum((1, 2))
    return centre, variance.sqrt(), together / variance[:, 1]


def test_no_distortion_changes_nothing(generator: torch.Generator) -> None:
    x = torch.rand(3, 1, 32, 32, generator=generator)
    assert torch.allclose(distort(x, STILL, generator), x, atol=1e-4)


def test_a_shift_stays_within_its_limit_and_uses_it_both_ways(generator: torch.Generator) -> None:
    x = bars(300, 4, 12)
    ranges = Ranges(scale=0, squeeze=0, shear=0, rotation=0, shift=2)
    moved = spread(distort(x, ranges, generator))[0] - spread(x)[0]
    assert moved.abs().max() <= 2.001
    assert moved.amax() > 1.8
    assert moved.amin() < -1.8
    assert torch.corrcoef(moved.T)[0, 1].abs() < 0.2, "across and down are independent"


def test_scaling_changes_both_sides_alike_and_squeezing_one_against_the_other(
    generator: torch.Generator,
) -> None:
    x = bars(300, 8, 16)
    before = spread(x)[1]
    for ranges, power in ((Ranges(0.2, 0, 0, 0, 0), 1), (Ranges(0, 0.2, 0, 0, 0), -1)):
        wide, tall = (spread(distort(x, ranges, generator))[1] / before).log().T
        assert torch.allclose(wide, power * tall, atol=0.05)
        assert 0.18 < wide.abs().max() < 0.23


def test_shearing_slants_and_leaves_the_height(generator: torch.Generator) -> None:
    x = bars(300, 4, 16)
    _, deviations, slant = spread(distort(x, Ranges(0, 0, 0.3, 0, 0), generator))
    assert 0.27 < slant.abs().max() < 0.31
    assert torch.allclose(deviations[:, 1], spread(x)[1][:, 1], rtol=0.02)


def test_turning_keeps_the_ink(generator: torch.Generator) -> None:
    x = bars(300, 4, 16)
    turned = distort(x, Ranges(0, 0, 0, 20, 0), generator)
    ink = (turned - BACKGROUND).sum((1, 2, 3))
    assert torch.allclose(ink, (x - BACKGROUND).sum((1, 2, 3)), rtol=0.03)
    angle = torch.rad2deg(torch.atan(spread(turned)[2])).abs()
    assert 17 < angle.max() < 21


def test_what_comes_in_from_outside_is_paper_and_values_stay_in_range(
    generator: torch.Generator,
) -> None:
    x = distort(bars(50, 4, 12), Ranges(0.3, 0.2, 0.3, 20, 4), generator)
    assert torch.allclose(x[:, :, 0, 0], torch.tensor(BACKGROUND), atol=1e-6)
    assert x.min() >= BACKGROUND - 1e-5
    assert x.max() <= INK + 1e-5


def test_the_same_generator_gives_the_same_distortions() -> None:
    x = bars(5, 4, 12)
    first, again, other = (
        distort(x, Ranges(), torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert not torch.equal(first[0], first[1]), "every image has its own"
