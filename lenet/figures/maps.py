"""A whole layer, enlarged: every map with its values."""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.figures.palette import TEXT, colour_scale
from lenet.kinds.base import Unit

_GAP = 2
"""Empty cells between two pictures."""


def layer_maps(layer: spec.Layer, values: np.ndarray, limit: float = spec.AMPLITUDE) -> go.Figure:
    """Every map of C1, S2, C3 or S4 as a labelled picture; C5 and F6 as a strip of units.

    F6 is also shown as the 12 x 7 picture that is compared with the codes. All pictures are
    one heatmap, because one for each map would take a browser a second to draw.

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
    pictures = _strips(layer, values) if layer.size == 1 else _grid(layer, values)
    rows = max(p.row + p.height for p in pictures)
    columns = max(p.column + p.width for p in pictures)
    cells = np.full((rows, columns), np.nan)
    names = np.full((rows, columns), "", dtype=object)
    figure = go.Figure()
    for picture in pictures:
        place = np.s_[
            picture.row : picture.row + picture.height,
            picture.column : picture.column + picture.width,
        ]
        cells[place], names[place] = picture.values, picture.names
        figure.add_annotation(
            x=picture.column - 0.5,
            y=picture.row - 0.5,
            text=picture.title,
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            font={"size": 12, "color": TEXT},
        )
        figure.add_shape(
            type="rect",
            x0=picture.column - 0.5,
            x1=picture.column + picture.width - 0.5,
            y0=picture.row - 0.5,
            y1=picture.row + picture.height - 0.5,
            line={"color": TEXT, "width": 0.5},
        )
    figure.add_heatmap(
        z=cells,
        customdata=names,
        hovertemplate="%{customdata} = %{z:.4f}<extra></extra>",
        hoverongaps=False,
        colorscale=colour_scale(),
        zmin=-limit,
        zmax=limit,
        colorbar={"thickness": 10, "tickvals": [-limit, 0, limit], "tickfont": {"color": TEXT}},
    )
    figure.update_xaxes(visible=False, constrain="domain")
    figure.update_yaxes(visible=False, autorange="reversed", scaleanchor="x")
    figure.update_layout(
        template="none",
        margin={"l": 8, "r": 8, "t": 26, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        height=max(150, min(760, round(1150 * rows / columns) + 40)),
    )
    return figure


class _Picture:
    """Some units of a layer, placed on the common grid of cells."""

    def __init__(
        self, title: str, row: int, column: int, values: np.ndarray, names: np.ndarray
    ) -> None:
        self.title, self.row, self.column = title, row, column
        self.values, self.names = values, names
        self.height, self.width = values.shape


def _grid(layer: spec.Layer, values: np.ndarray) -> list[_Picture]:
    across = min(layer.maps, 8 if layer.maps > 6 else 6)
    pitch = layer.size + _GAP + 1
    return [
        _Picture(
            f"{layer.name}[{map_}]",
            (map_ // across) * pitch,
            (map_ % across) * pitch,
            values[map_],
            np.array(
                [
                    [Unit(layer, map_, row, column).name for column in range(layer.size)]
                    for row in range(layer.size)
                ],
                dtype=object,
            ),
        )
        for map_ in range(layer.maps)
    ]


def _strips(layer: spec.Layer, values: np.ndarray) -> list[_Picture]:
    units = values.reshape(-1)
    names = np.array([Unit(layer, unit).name for unit in range(layer.maps)], dtype=object)
    if layer is not spec.F6:
        # Long strips are folded, or their cells would be too narrow to point at.
        across = math.ceil(layer.maps / 4)
        return [
            _Picture(
                f"{layer.name}[{first}] to {layer.name}[{first + across - 1}]",
                index * (1 + _GAP),
                0,
                units[None, first : first + across],
                names[None, first : first + across],
            )
            for index, first in enumerate(range(0, layer.maps, across))
        ]
    shape = (spec.CODE_ROWS, spec.CODE_COLUMNS)
    half = layer.maps // 2
    strips = [
        _Picture(
            f"{layer.name}[{first}] to {layer.name}[{first + half - 1}]",
            2 + index * (1 + _GAP),
            0,
            units[None, first : first + half],
            names[None, first : first + half],
        )
        for index, first in enumerate((0, half))
    ]
    picture = _Picture(
        f"{layer.name} as a {shape[1]}\u00d7{shape[0]} picture",
        0,
        half + 2 * _GAP,
        units.reshape(shape),
        names.reshape(shape),
    )
    return [*strips, picture]
