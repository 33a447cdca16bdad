"""Invented pen drawings are digits, differ from each other, and repeat with their seed."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import torch

import lenet
from lenet import mnist
from lenet.ink import STROKE_RADIUS
from lenet.training import synthetic

STYLES = synthetic.read_styles()


def drawn(seed: int, count: int = 400) -> tuple[torch.Tensor, torch.Tensor]:
    return synthetic.draw(STYLES, count, STROKE_RADIUS, torch.Generator().manual_seed(seed))


def test_every_digit_has_many_styles_with_names_of_their_own() -> None:
    assert min(Counter(style.digit for style in STYLES).values()) >= 8
    assert len({(style.digit, style.name) for style in STYLES}) == len(STYLES)


def test_strokes_hold_together_at_their_corners() -> None:
    for style in STYLES:
        for stroke in style.strokes:
            assert min(len(piece) for piece in stroke) >= 2, style.name
            for piece, following in pairwise(stroke):
                assert torch.equal(piece[-1], following[0])


def test_a_curve_goes_through_its_points() -> None:
    points = torch.rand(3, 5, 2, generator=torch.Generator().manual_seed(2))
    curve = synthetic.smooth(points)
    assert torch.allclose(curve[:, :: synthetic.PER_INTERVAL], points, atol=1e-5)


def test_classes_are_even_and_no_two_drawings_alike() -> None:
    images, labels = drawn(1)
    counts = torch.bincount(labels)
    assert len(counts) == 10
    assert counts.max() <= 1.3 * counts.min()
    assert len(images.flatten(1).unique(dim=0)) == len(images)


def test_a_seed_repeats_its_drawings() -> None:
    (first, labels), (again, same), (other, _) = drawn(1), drawn(1), drawn(2)
    assert torch.equal(first, again)
    assert torch.equal(labels, same)
    assert not torch.equal(first, other)


def test_the_shipped_network_reads_drawings_of_a_seed_it_never_saw() -> None:
    images, labels = drawn(10_000, 1_000)
    read = lenet.load()(mnist.as_input(images)).argmin(1)
    assert (read == labels).float().mean() > 0.97
