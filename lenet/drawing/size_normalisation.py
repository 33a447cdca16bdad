"""Size normalisation: size and place of every digit that the network sees (sections II.B, III.A).

A character's longest side becomes 20 pixels, its centre of mass the middle of the image, and
grey levels are coded linearly between the values of paper and of ink. What MNIST did with its
scanned characters, ``lenet.ink`` does with pen strokes and ``lenet.drawing.photo`` with pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lenet import spec

if TYPE_CHECKING:
    from torch import Tensor

BOX_SIZE = 20
"""Pixels of a character's longest side, its strokes' own width included."""

CENTRE = spec.INPUT_SIZE / 2
"""Row and column, counted from zero, of the centre of mass.

Measured on MNIST: the centres of mass of its 28x28 images lie at 14.00 +- 0.29 both ways, which
is the even spread of a shift rounded to whole pixels, and become 16 with a margin of two.
"""


def centre_of_mass(coverage: np.ndarray) -> tuple[float, float]:
    """(row, column), counted from zero, of the mean position of the ink in an (h, w) array."""
    mass = coverage.sum()
    row = (coverage.sum(1) * np.arange(coverage.shape[0])).sum() / mass
    column = (coverage.sum(0) * np.arange(coverage.shape[1])).sum() / mass
    return float(row), float(column)


def values(coverage: np.ndarray) -> np.ndarray:
    """(32, 32) of paper 0 to ink 1 -> what the network is shown, float32, -0.1 to 1.175."""
    return (spec.BACKGROUND + (spec.INK - spec.BACKGROUND) * coverage).astype(np.float32)


def as_input(coverage: np.ndarray) -> Tensor:
    """The same as the network takes it: (1, 1, 32, 32)."""
    import torch  # seconds of import, which nothing else here needs

    return torch.from_numpy(values(coverage))[None, None]


def grey_levels(prepared: Tensor) -> np.ndarray:
    """The nearest grey levels (32, 32) uint8, 0 to 255, of a prepared (1, 1, 32, 32) input.

    MNIST's own images come out exactly; ``as_input(levels / 255)`` goes the other way.
    """
    coverage = (prepared[0, 0].numpy() - spec.BACKGROUND) / (spec.INK - spec.BACKGROUND)
    return np.rint(coverage.clip(0, 1) * 255).astype(np.uint8)
