"""Many drawings at once, from short pen segments to the 28x28 images a network trains on.

``lenet.ink`` says what a pen leaves on paper and renders one drawing; this is the same rule for
tens of thousands of them. Segments must be short, because each one only looks at the few
pixels around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from lenet import spec
from lenet.drawing import size_normalisation

SIDE = 28
"""Rows and columns of an image of MNIST."""

CENTRE = size_normalisation.CENTRE - (spec.INPUT_SIZE - SIDE) / 2
"""Row and column of the centre of mass in such an image."""

LONGEST = 1.0
"""Pixels; longer segments could ink pixels outside the neighbourhood that is looked at."""


@dataclass(frozen=True)
class Segments:
    """The segments of many drawings in one flat list.

    ``start`` and ``end`` are (M, 2) float32 points (x, y), in any unit; ``owner`` (M,) int64
    says to which of the ``drawings`` each belongs. Every drawing owns at least one.
    """

    start: Tensor
    end: Tensor
    owner: Tensor
    drawings: int

    @classmethod
    def of_curves(cls, curves: Sequence[Tensor]) -> Segments:
        """N drawings of the same strokes, each stroke the (N, points, 2) positions along it."""
        start = torch.cat([curve[:, :-1] for curve in curves], 1)
        end = torch.cat([curve[:, 1:] for curve in curves], 1)
        owner = torch.arange(len(start))[:, None].expand(start.shape[:2])
        return cls(start.flatten(0, 1), end.flatten(0, 1), owner.flatten(), len(start))

    def moved(self, scale: Tensor, shift: Tensor) -> Segments:
        """``scale * (x, y) + shift`` with (N, 1) scales and (N, 2) shifts, one per drawing."""
        scale, shift = scale[self.owner], shift[self.owner]
        return Segments(
            self.start * scale + shift, self.end * scale + shift, self.owner, self.drawings
        )

    def extent(self) -> tuple[Tensor, Tensor]:
        """(N, 2) smallest and (N, 2) largest x and y of each drawing."""
        both = torch.cat([self.start, self.end])
        owner = torch.cat([self.owner, self.owner])[:, None].expand(-1, 2)
        empty = both.new_zeros(self.drawings, 2)
        low = empty.scatter_reduce(0, owner, both, "amin", include_self=False)
        high = empty.scatter_reduce(0, owner, both, "amax", include_self=False)
        return low, high


def render(segments: Segments, radius: float) -> Tensor:
    """(N, 28, 28) float32 coverage 0 ... 1, fitted and centred as ``lenet.ink`` does it.

    The longest side, with the stroke's own width, becomes 20 pixels; then the centre of mass
    is moved to the centre of the image.
    """
    low, high = segments.extent()
    longest = (high - low).amax(1, keepdim=True).clamp_min(1e-6)
    scale = (size_normalisation.BOX_SIZE - 2 * radius) / longest
    fitted = segments.moved(scale, CENTRE - scale * (low + high) / 2)
    ink = coverage(fitted, radius)
    return coverage(fitted.moved(torch.ones_like(scale), CENTRE - centre_of_mass(ink)), radius)


def grey_levels(ink: Tensor) -> Tensor:
    """Coverage from 0 to 1 as MNIST stores it: uint8, ink 255."""
    return (ink * 255).round().to(torch.uint8)


def coverage(segments: Segments, radius: float) -> Tensor:
    """(N, 28, 28): clamp(1/2 + radius - distance to the nearest segment) at pixel centres."""
    reach = int(radius + 0.5 + LONGEST / 2 + 0.5) + 1
    middle = ((segments.start + segments.end) / 2).round().long()
    along = segments.end - segments.start
    length2 = along.square().sum(1, keepdim=True).clamp_min(1e-12)
    # One pixel beyond the border on every side collects what would fall outside.
    padded = SIDE + 2
    nearest = torch.full((segments.drawings * padded * padded,), 4.0 * SIDE**2)
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            pixel = middle + torch.tensor([dx, dy])
            from_start = pixel - segments.start
            part = ((from_start * along).sum(1, keepdim=True) / length2).clamp(0, 1)
            distance2 = (from_start - part * along).square().sum(1)
            column, row = (pixel + 1).clamp(0, padded - 1).unbind(1)
            place = (segments.owner * padded + row) * padded + column
            nearest.scatter_reduce_(0, place, distance2, "amin")
    distance = nearest.view(segments.drawings, padded, padded)[:, 1:-1, 1:-1].sqrt()
    return (0.5 + radius - distance).clamp(0, 1)


def centre_of_mass(ink: Tensor) -> Tensor:
    """(N, H, W) -> (N, 2): x and y, in pixels, of the mean position of the ink."""
    mass = ink.sum((1, 2)).clamp_min(1e-6)
    x = (ink.sum(1) * torch.arange(ink.shape[2])).sum(1) / mass
    y = (ink.sum(2) * torch.arange(ink.shape[1])).sum(1) / mass
    return torch.stack([x, y], 1)
