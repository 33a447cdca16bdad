"""What a unit likes best: the samples that excite it most and least, cropped to its field."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lenet.spec import Layer

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


def of_unit(
    values: np.ndarray, images: np.ndarray, layer: Layer, map: int, row: int, column: int
) -> tuple[list[Patch], list[Patch]]:
    """The samples that excite one unit most, and least, the extreme first.

    Args:
        values: the layer's activations for N samples, (N, maps, size, size).
        images: the samples themselves, (N, 32, 32) input values.
        layer: the layer that ``values`` belong to.
        map: the unit's map, and so on.
    """
    answers = values[:, map, row, column]
    places = np.zeros(len(values), dtype=int)
    return _extremes(answers[:, None], places, places, images, layer, row, column)


def of_map(
    values: np.ndarray, images: np.ndarray, layer: Layer, map: int
) -> tuple[list[Patch], list[Patch]]:
    """The same for a whole map: of every sample the place that excites it most, or least.

    One patch a sample, because a digit's neighbouring patches hardly differ.
    """
    answers = values[:, map].reshape(len(values), -1)
    return _extremes(answers, answers.argmax(1), answers.argmin(1), images, layer, 0, 0)


def _extremes(
    answers: np.ndarray,
    highest: np.ndarray,
    lowest: np.ndarray,
    images: np.ndarray,
    layer: Layer,
    first_row: int,
    first_column: int,
) -> tuple[list[Patch], list[Patch]]:
    """``answers`` (N, places), and for every sample the place that counts at either end."""

    def patches(places: np.ndarray, sign: int) -> list[Patch]:
        best = np.take_along_axis(answers, places[:, None], 1)[:, 0]
        made = []
        for sample in np.argsort(sign * best, kind="stable")[:SHOWN]:
            row, column = divmod(int(places[sample]), layer.size)
            row, column = row + first_row, column + first_column
            field = layer.sees(row, column)
            pixels = images[
                sample, field.row : field.last_row + 1, field.column : field.last_column + 1
            ]
            made.append(Patch(int(sample), row, column, float(best[sample]), pixels))
        return made

    return patches(highest, -1), patches(lowest, 1)
