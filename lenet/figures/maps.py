"""A whole layer, enlarged: every map with its values."""

from __future__ import annotations

import math

import numpy as np

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.figures.pictures import Picture, Sheet, term

_MOST_SIDE, _LEAST_SIDE = 190, 84
"""Of a map in CSS pixels: where there is room, and at least."""

_ACROSS = 30
"""Units of a strip."""


def layer_maps(layer: spec.Layer, values: np.ndarray, limit: float = spec.AMPLITUDE) -> Sheet:
    """Every map of C1, S2, C3 or S4 as a labelled picture; C5 and F6 as a strip of units.

    F6 is also shown as the 12 x 7 picture that is compared with the codes.

    Args:
        layer: the layer that ``values`` belong to.
        values: its activations, (maps, size, size).
        limit: the value that gets the full colour, on either side of zero.

    Raises:
        ValueError: if ``values`` has not the layer's shape.
    """
    expected = (layer.maps, layer.size, layer.size)
    if values.shape != expected:
        raise ValueError(f"{layer.name} has values of shape {expected}, not {values.shape}.")
    rows = _strips(layer, values, limit) if layer.size == 1 else _grid(layer, values, limit)
    return Sheet(
        [[(picture,) for picture in row] for row in rows],
        cell=_MOST_SIDE / layer.size if layer.size > 1 else 24,
        least=_LEAST_SIDE / layer.size if layer.size > 1 else 6,
        legend=(-limit, 0, limit),
    )


def _grid(layer: spec.Layer, values: np.ndarray, limit: float) -> list[list[Picture]]:
    pictures = [
        term(f"{layer.title}[{map_}]", values[map_], limit, scale=False)
        for map_ in range(layer.maps)
    ]
    across = 8 if layer.maps > 6 else 6
    return [pictures[first : first + across] for first in range(0, layer.maps, across)]


def _strips(layer: spec.Layer, values: np.ndarray, limit: float) -> list[list[Picture]]:
    """The units of a layer of single units, in as many strips as they are legible in."""
    units = values.reshape(-1)
    # Long strips are folded, or their cells would be too narrow to point at.
    across = layer.maps // math.ceil(layer.maps / _ACROSS)
    strips = [
        Picture(
            _("{first} to {last}").format(
                first=f"{layer.title}[{first}]", last=f"{layer.title}[{first + across - 1}]"
            ),
            units[None, first : first + across],
            (-limit, limit),
            _told(f"{layer.title}[{{column}}]"),
            origin=(0, first),
        )
        for first in range(0, layer.maps, across)
    ]
    if layer is not spec.F6:
        return [[strip] for strip in strips]
    rows, columns = spec.CODE_ROWS, spec.CODE_COLUMNS
    title = _("{layer} as a {columns}\u00d7{rows} picture")
    picture = Picture(
        title.format(layer=layer.title, columns=columns, rows=rows),
        units.reshape(rows, columns),
        (-limit, limit),
        _told(f"{layer.title}[{{index}}]"),
    )
    return [*([strip] for strip in strips), [picture]]


def _told(name: str) -> str:
    return _("{unit} = {value}").format(unit=name, value="{value}")
