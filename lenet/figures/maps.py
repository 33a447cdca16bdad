"""A whole layer, enlarged: every map with its values."""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.figures import markup
from lenet.figures.axes import plain_layout
from lenet.figures.palette import colour_scale
from lenet.figures.pictures import Picture, Placed, add_heatmap, rectangles, titles
from lenet.units import Unit

_GAP = 2
"""Empty cells between two pictures."""


def layer_maps(layer: spec.Layer, values: np.ndarray, limit: float = spec.AMPLITUDE) -> go.Figure:
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
    placed = _strips(layer, values) if layer.size == 1 else _grid(layer, values)
    rows = max(each.block.last_row for each in placed) + 1
    columns = max(each.block.last_column for each in placed) + 1
    figure = go.Figure()
    add_heatmap(
        figure,
        placed,
        (rows, columns),
        scale=colour_scale(),
        limits=(-limit, limit),
        hover=_("{unit} = {value}").format(unit="%{customdata[0]}", value="%{customdata[1]}"),
        legend=True,
        ticks=[-limit, 0, limit],
    )
    figure.update_xaxes(visible=False, constrain="domain")
    figure.update_yaxes(visible=False, autorange="reversed", scaleanchor="x")
    height = max(150, min(760, round(1150 * rows / columns) + 40))
    return figure.update_layout(
        **plain_layout(height) | {"margin": {"l": 8, "r": 8, "t": 26, "b": 8}},
        shapes=rectangles(placed),
        annotations=titles(placed, letters=12),
    )


def _grid(layer: spec.Layer, values: np.ndarray) -> list[Placed]:
    across = min(layer.maps, 8 if layer.maps > 6 else 6)
    pitch = layer.size + _GAP + 1
    return [
        Placed(
            Picture(
                f"{layer.name}[{map_}]",
                values[map_],
                _with_values(_names(layer, map_), values[map_]),
            ),
            (map_ // across) * pitch,
            (map_ % across) * pitch,
        )
        for map_ in range(layer.maps)
    ]


def _names(layer: spec.Layer, map_: int) -> np.ndarray:
    places = range(layer.size)
    names = [[Unit(layer, map_, row, column).name for column in places] for row in places]
    return np.array(names, dtype=object)


def _with_values(names: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(..., 2): what pointing at a unit tells, its name and its value."""
    return np.stack([names, markup.numbers(values, 4)], axis=-1)


def _strips(layer: spec.Layer, values: np.ndarray) -> list[Placed]:
    """The units of a layer of single units, in as many strips as they are legible in."""
    units = values.reshape(-1)
    names = np.array([Unit(layer, unit).name for unit in range(layer.maps)], dtype=object)
    said = _with_values(names, units)
    # Long strips are folded, or their cells would be too narrow to point at.
    is_code = layer is spec.F6
    across = layer.maps // 2 if is_code else math.ceil(layer.maps / 4)
    first_row = 2 if is_code else 0
    strips = [
        Placed(
            Picture(
                _("{first} to {last}").format(
                    first=names[first], last=names[min(first + across, len(names)) - 1]
                ),
                units[None, first : first + across],
                said[None, first : first + across],
            ),
            first_row + index * (1 + _GAP),
            0,
        )
        for index, first in enumerate(range(0, layer.maps, across))
    ]
    if not is_code:
        return strips
    rows, columns = spec.CODE_ROWS, spec.CODE_COLUMNS
    title = _("{layer} as a {columns}\u00d7{rows} picture")
    picture = Picture(
        title.format(layer=layer.name, columns=columns, rows=rows),
        units.reshape(rows, columns),
        said.reshape(rows, columns, 2),
    )
    return [*strips, Placed(picture, 0, across + 2 * _GAP)]
