"""The geometry of receptive fields: how they grow, where their centres lie, who sees a pixel.

Everything follows from ``lenet.spec``; nothing here depends on a weight or on a drawing.

>>> [step.side for step in growth()]
[5, 6, 14, 16, 32]
>>> span(spec.C3)                           # the central 20x20 of the 32x32 input
(5.5, 25.5)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lenet import spec
from lenet.drawing.size_normalisation import BOX_SIZE
from lenet.spec import Layer, Square

PICTURED: tuple[Layer, ...] = tuple(layer for layer in spec.LAYERS if layer.kernel > 1)
"""The layers whose units see more than those below them: C1, S2, C3, S4 and C5."""


@dataclass(frozen=True)
class Step:
    """One step of the recursion: side and jump of the layer before, and what they become.

    side = side before + (kernel - 1) * jump before, jump = jump before * stride.
    """

    layer: Layer
    side_before: int
    jump_before: int

    @property
    def side(self) -> int:
        return self.layer.receptive_field

    @property
    def jump(self) -> int:
        return self.layer.jump


def growth() -> list[Step]:
    """The receptive field's side from C1 to C5, layer by layer."""
    return [
        Step(layer, layer.before.receptive_field, layer.before.jump)
        for layer in PICTURED
        if layer.before
    ]


def size_for(layer: Layer, pixels: int) -> int:
    """Rows (or columns) of a layer's maps for an input with ``pixels``; below 1 for none."""
    if layer.before is None:
        return pixels
    return layer.output_size(size_for(layer.before, pixels))


def centres(layer: Layer, pixels: int = spec.INPUT_SIZE) -> list[float]:
    """Pixel indices, down or across, of the centres of a layer's fields on such an input."""
    return [layer.centre(index) for index in range(size_for(layer, pixels))]


def span(layer: Layer, pixels: int = spec.INPUT_SIZE) -> tuple[float, float]:
    """First and last edge, in pixel indices, of the square that the layer's centres fill.

    Every centre stands for a cell as wide as the step to its neighbour. Raises ValueError
    where the input is too small for a single unit.
    """
    places = centres(layer, pixels)
    if not places:
        raise ValueError(f"{layer.name} has no unit for an input of {pixels} pixels.")
    return places[0] - layer.jump / 2, places[-1] + layer.jump / 2


def box(pixels: int = spec.INPUT_SIZE) -> tuple[float, float]:
    """First and last edge of the box that a digit may fill, in the middle of such an input."""
    first = (pixels - BOX_SIZE) / 2 - 0.5
    return first, first + BOX_SIZE


@dataclass(frozen=True)
class SeeingUnits:
    """The units of one layer that have a pixel in their receptive field."""

    layer: Layer
    maps: int
    per_map: int

    @property
    def units(self) -> int:
        return self.maps * self.per_map


def middle_pixel(field: Square) -> tuple[int, int]:
    """Row and column of the pixel in the middle of a field, or just after where that is an edge."""
    return field.row + field.side // 2, field.column + field.side // 2


def who_sees(row: int, column: int) -> list[SeeingUnits]:
    """Layer by layer, how many units see the input's pixel (row, column), 0 to 31 each.

    Raises ValueError for a pixel outside the input.
    """
    if not (0 <= row < spec.INPUT_SIZE and 0 <= column < spec.INPUT_SIZE):
        raise ValueError(f"The input has no pixel ({row},{column}).")
    seeing = []
    for layer in spec.LAYERS:
        block = spec.INPUT.feeds(row, column, layer)
        maps = len(spec.INPUT.feeds_maps(0, layer))
        seeing.append(SeeingUnits(layer, maps, max(0, block.height) * max(0, block.width)))
    return seeing


def units_per_pixel(layer: Layer) -> np.ndarray:
    """(32, 32): for every pixel, how many units of one map of ``layer`` see it."""
    seen = np.zeros(spec.INPUT_SIZE, dtype=int)
    for index in range(layer.size):
        field = layer.sees(index, index)
        seen[field.row : field.row + field.side] += 1
    return np.outer(seen, seen)
