"""Disturbed inputs: what must hold for any drawing, and torch's own sampling as an oracle."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from lenet import ink, spec
from lenet.analysis import lost_positions
from lenet.analysis.disturbing import Disturbance, hashed
from tests.support import pens

SIDE, CENTRE = 32, 16


def drawing(number: int = 0) -> torch.Tensor:
    x = ink.from_strokes(pens.drawings(writers=2)[number].strokes)
    assert x is not None
    return x


def mass(x: torch.Tensor) -> float:
    return float((x - spec.BACKGROUND).sum() / (spec.INK - spec.BACKGROUND))


def test_no_disturbance_gives_the_very_same() -> None:
    x = drawing()
    assert torch.equal(Disturbance().applied(x), x)
    assert torch.equal(Disturbance(seed=5).applied(x), x)


@given(st.integers(-40, 40), st.integers(-40, 40))
def test_whole_pixels_are_a_plain_copy(rows: int, columns: int) -> None:
    x = torch.linspace(-0.1, 1.1, 1024).reshape(1, 1, SIDE, SIDE)
    moved = Disturbance(right=columns, down=rows).applied(x)
    assert torch.equal(moved, lost_positions.shifted(x, rows, columns))


def test_quarter_turns_exchange_pixels_about_the_centre_of_mass() -> None:
    x = torch.linspace(-0.1, 1.1, 1024).reshape(1, 1, SIDE, SIDE)
    for quarters in range(-4, 5):
        turned = Disturbance(turn=90 * quarters).applied(x)
        # Rows and columns from 1 to 31 are what lies as far to one side of 16 as to the other.
        expected = np.rot90(x[0, 0, 1:, 1:].numpy(), -quarters)
        np.testing.assert_array_equal(turned[0, 0, 1:, 1:].numpy(), expected)


def test_a_turn_is_clockwise() -> None:
    x = torch.full((1, 1, SIDE, SIDE), spec.BACKGROUND)
    x[0, 0, 4:8, 15:18] = spec.INK  # at twelve o'clock
    row, column = np.argwhere(Disturbance(turn=60).applied(x)[0, 0].numpy() > 0.5).mean(0)
    assert column > CENTRE + 5, "and then at two"
    assert row < CENTRE


@settings(deadline=None)
@given(
    right=st.floats(-20, 20),
    down=st.floats(-20, 20),
    turn=st.floats(-180, 180),
    scale=st.floats(0.3, 3),
    squeeze=st.floats(0.5, 2),
)
def test_torch_samples_the_same_values(
    right: float, down: float, turn: float, scale: float, squeeze: float
) -> None:
    """With its own homogeneous matrices, inverted by linear algebra."""
    x = drawing(1)
    angle = math.radians(turn)
    factors = np.diag([scale / squeeze, scale * squeeze])
    rotation = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    whole = np.eye(3)
    whole[:2, :2] = rotation @ factors
    whole[:2, 2] = right, down
    # Pixels from their centre to torch's coordinates, where +-1 are the outermost pixels' centres.
    to_pixels = np.array([[15.5, 0, 15.5 - CENTRE], [0, 15.5, 15.5 - CENTRE], [0, 0, 1]])
    theta = np.linalg.inv(to_pixels) @ np.linalg.inv(whole) @ to_pixels
    grid = F.affine_grid(torch.from_numpy(theta[None, :2]), [1, 1, SIDE, SIDE], align_corners=True)
    sampled = F.grid_sample(x.double() - spec.BACKGROUND, grid, align_corners=True)
    found = Disturbance(right, down, turn, scale, squeeze).applied(x)
    np.testing.assert_allclose(found, sampled + spec.BACKGROUND, atol=2e-6)


@pytest.mark.parametrize("scale", [0.6, 0.8, 1.25, 1.5])
def test_ink_grows_with_the_square_of_the_scale(scale: float) -> None:
    x = drawing()
    assert mass(Disturbance(scale=scale).applied(x)) == pytest.approx(scale**2 * mass(x), rel=0.06)


@pytest.mark.parametrize("squeeze", [0.7, 1.4])
def test_squeezing_keeps_the_ink_and_exchanges_width_for_height(squeeze: float) -> None:
    x = drawing()

    def extent(picture: torch.Tensor, axis: int) -> float:
        weights = (picture - spec.BACKGROUND)[0, 0].sum(axis).numpy()
        places = np.arange(SIDE) - CENTRE
        return math.sqrt((weights * places**2).sum() / weights.sum())

    squeezed = Disturbance(squeeze=squeeze).applied(x)
    assert mass(squeezed) == pytest.approx(mass(x), rel=0.06)
    assert extent(squeezed, 0) == pytest.approx(extent(x, 0) / squeeze, rel=0.05)  # width
    assert extent(squeezed, 1) == pytest.approx(extent(x, 1) * squeeze, rel=0.05)


def test_turning_back_gives_nearly_what_there_was() -> None:
    block = torch.full((1, 1, SIDE, SIDE), spec.BACKGROUND)
    block[0, 0, 10:22, 12:20] = spec.INK
    back = Disturbance(turn=-30).applied(Disturbance(turn=30).applied(block))
    assert float((back - block).abs().mean()) < 0.05
    assert mass(back) == pytest.approx(mass(block), rel=0.01)
    back = Disturbance(scale=0.5).applied(Disturbance(scale=2).applied(drawing()))
    middle = (..., slice(9, 23), slice(9, 23))  # what a doubled drawing still shows
    torch.testing.assert_close(back[middle], drawing()[middle])


def test_strokes_become_wider_and_thinner_steadily() -> None:
    x = drawing()
    widths = [Disturbance(stroke=step / 4).applied(x) for step in range(-8, 17)]
    for thinner, wider in itertools.pairwise(widths):
        assert bool((thinner <= wider + 1e-6).all())
        assert mass(thinner) < mass(wider)


def test_a_bar_becomes_wider_by_what_is_asked_for() -> None:
    bar = torch.full((1, 1, SIDE, SIDE), spec.BACKGROUND)
    bar[..., 8:24, 14:18] = spec.INK
    for change in (-3, -2, -1, 1, 2, 2.5, 4):
        across = Disturbance(stroke=change).applied(bar)[0, 0, 16].numpy()
        width = ((across - spec.BACKGROUND) / (spec.INK - spec.BACKGROUND)).sum()
        assert width == pytest.approx(4 + change, abs=1e-5)


def test_noise_inverts_its_share_and_more_noise_inverts_more() -> None:
    x = drawing()
    inverted_before = np.zeros((SIDE, SIDE), bool)
    for share in (0.02, 0.1, 0.3, 0.7):
        noisy = Disturbance(noise=share).applied(x)
        inverted = (noisy != x)[0, 0].numpy()
        # Four standard deviations of so many independent pixels.
        assert abs(inverted.mean() - share) < 4 * math.sqrt(share * (1 - share) / SIDE**2)
        assert bool((inverted | ~inverted_before).all())
        np.testing.assert_allclose(
            noisy[0, 0][inverted], (spec.BACKGROUND + spec.INK - x)[0, 0][inverted], atol=1e-6
        )
        inverted_before = inverted
    everything = Disturbance(noise=1).applied(x)
    np.testing.assert_allclose(everything, spec.BACKGROUND + spec.INK - x, atol=1e-6)
    assert not torch.equal(
        Disturbance(noise=0.1, seed=1).applied(x), Disturbance(noise=0.1).applied(x)
    )


def test_the_hash_is_spread_evenly_and_neighbours_have_nothing_in_common() -> None:
    for seed in (0, 1, 12345):
        shares = hashed(seed, 4096) / 2**32
        counts = np.histogram(shares, bins=16, range=(0, 1))[0]
        assert ((counts - 256) ** 2 / 256).sum() < 45  # chi-squared of 15: 1 in 10,000
        assert abs(np.corrcoef(shares[:-1], shares[1:])[0, 1]) < 0.06


@pytest.mark.parametrize(
    "bad", [{"scale": 0}, {"squeeze": -1}, {"turn": math.nan}, {"noise": math.inf}]
)
def test_what_is_no_disturbance_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="finite"):
        Disturbance(**bad).applied(drawing())  # type: ignore[arg-type]
