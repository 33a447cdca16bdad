"""The samples that activate a unit most and least, cropped to its receptive field."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lenet.spec import Layer
from lenet.units import Unit

SHOWN = 9
"""Patches at either end."""


@dataclass(frozen=True, eq=False)
class Patch:
    """What one unit saw of one sample: ``pixels`` is its field, (side, side) input values."""

    sample: int
    row: int
    column: int
    value: float
    pixels: np.ndarray


def of_unit(values: np.ndarray, images: np.ndarray, unit: Unit) -> tuple[list[Patch], list[Patch]]:
    """The samples that activate one unit most, and least, the extreme first.

    Args:
        values: the activations of the unit's layer for N samples, (N, maps, size, size).
        images: the samples themselves, (N, 32, 32) input values.
        unit: the unit.
    """
    own = values[:, unit.map, unit.row, unit.column]
    places = np.full(len(values), unit.row * unit.layer.size + unit.column)
    return _extremes(own, own, places, places, images, unit.layer)


def of_map(
    values: np.ndarray, images: np.ndarray, layer: Layer, map: int
) -> tuple[list[Patch], list[Patch]]:
    """The same for a whole map: of every sample the place that activates it most, or least.

    One patch a sample, because a digit's neighbouring patches hardly differ.
    """
    units = values[:, map].reshape(len(values), -1)
    return _extremes(units.max(1), units.min(1), units.argmax(1), units.argmin(1), images, layer)


def _extremes(
    highest: np.ndarray,
    lowest: np.ndarray,
    highest_at: np.ndarray,
    lowest_at: np.ndarray,
    images: np.ndarray,
    layer: Layer,
) -> tuple[list[Patch], list[Patch]]:
    """Patches from every sample's highest and lowest value (N,) and the places of the two (N,)."""

    def patches(best: np.ndarray, places: np.ndarray, sign: int) -> list[Patch]:
        made = []
        for sample in np.argsort(sign * best, kind="stable")[:SHOWN]:
            row, column = divmod(int(places[sample]), layer.size)
            field = layer.sees(row, column)
            pixels = images[
                sample, field.row : field.last_row + 1, field.column : field.last_column + 1
            ]
            made.append(Patch(int(sample), row, column, float(best[sample]), pixels))
        return made

    return patches(highest, highest_at, -1), patches(lowest, lowest_at, 1)
