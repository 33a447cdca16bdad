"""Every learned parameter as a picture."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.figures import markup
from lenet.figures.axes import plain_axes, plain_layout
from lenet.figures.palette import TEXT, colour_scale
from lenet.figures.terms import Term, largest, term_rows

_GAP = 1


def c1_kernels(kernels: np.ndarray) -> go.Figure:
    """C1's six kernels (6, 5, 5), all on one scale."""
    limit = largest(kernels)
    row = [
        Term(f"C1[{k}]", kernel, limit, magnify=2, scale=k == 0) for k, kernel in enumerate(kernels)
    ]
    return term_rows([row], cell=10)


def c3_kernels(kernels: np.ndarray) -> go.Figure:
    """C3's 60 kernels (16, 6, 5, 5) in the shape of Table I: rows S2, columns C3, gaps empty."""
    side = kernels.shape[-1]
    pitch = side + _GAP
    cells = np.full((spec.S2.maps * pitch - _GAP, spec.C3.maps * pitch - _GAP), np.nan)
    names = np.full(cells.shape, "", dtype=object)
    for c3, s2 in spec.C3.pairs():
        place = np.s_[s2 * pitch : s2 * pitch + side, c3 * pitch : c3 * pitch + side]
        cells[place] = kernels[c3, s2]
        names[place] = [
            [f"S2[{s2}]→C3[{c3}] ({row},{column})" for column in range(side)] for row in range(side)
        ]
    told = np.stack([names, np.where(names == "", "", markup.numbers(cells, 4))], axis=-1)
    hover = _("{unit} = {value}").format(unit="%{customdata[0]}", value="%{customdata[1]}")
    figure = _heatmap(cells, told, hover)
    for axis, maps in ((figure.update_xaxes, spec.C3.maps), (figure.update_yaxes, spec.S2.maps)):
        ticks = [k * pitch + (side - 1) / 2 for k in range(maps)]
        axis(tickvals=ticks, ticktext=[str(k) for k in range(maps)], visible=True)
    figure.update_xaxes(title=markup.plain(_("C3 map")), side="top")
    figure.update_yaxes(title=markup.plain(_("S2 map")))
    margin = {"l": 44, "r": 8, "t": 44, "b": 8}
    return figure.update_layout(**plain_layout(height=440) | {"margin": margin})


def matrix(values: np.ndarray, rows: str, columns: str) -> go.Figure:
    """Weights (units, inputs) as one map; ``rows`` and ``columns`` name what stands there."""
    place = _("{unit} {row}, {input} {column}").format(
        unit=rows, row="%{y}", input=columns, column="%{x}"
    )
    hover = _("{unit} = {value}").format(unit=place, value="%{customdata}")
    figure = _heatmap(values, markup.numbers(values, 4), hover)
    figure.update_xaxes(title=markup.plain(columns), visible=True, constrain="domain")
    figure.update_yaxes(title=markup.plain(rows), visible=True, scaleanchor=None)
    margin = {"l": 48, "r": 8, "t": 8, "b": 40}
    return figure.update_layout(**plain_layout(height=480) | {"margin": margin})


def c5_unit(kernels: np.ndarray) -> go.Figure:
    """The sixteen kernels (16, 5, 5) of one C5 unit, one for each S4 map."""
    limit, half = largest(kernels), spec.S4.maps // 2
    pictures = [
        Term(f"S4[{k}]", kernel, limit, magnify=2, scale=k == 0) for k, kernel in enumerate(kernels)
    ]
    return term_rows([pictures[:half], pictures[half:]], cell=9)


def coefficients(coefficient: np.ndarray, bias: np.ndarray) -> go.Figure:
    """Coefficients and biases (maps,) of a sub-sampling layer as bars."""
    figure = go.Figure()
    maps = list(range(len(coefficient)))
    for name, values, opacity in (
        (_("coefficient"), coefficient, 0.95),
        (_("bias"), bias, 0.4),
    ):
        figure.add_bar(
            name=markup.plain(name),
            x=maps,
            y=values,
            customdata=markup.numbers(values, 4),
            marker={"color": TEXT, "opacity": opacity},
            hovertemplate=markup.hover(
                _("map {map}: {name} {value}").format(map="%{x}", name=name, value="%{customdata}")
            ),
        )
    plain_axes(figure)
    figure.update_xaxes(tickvals=maps, title=markup.plain(_("map")), showgrid=False)
    margin = {"l": 40, "r": 8, "t": 30, "b": 40}
    return figure.update_layout(
        **plain_layout(height=260) | {"margin": margin},
        legend={"orientation": "h", "y": 1.04, "yanchor": "bottom", "x": 0},
        barmode="group",
    )


def _heatmap(cells: np.ndarray, told: np.ndarray, hover: str) -> go.Figure:
    """Weights as colours; pointing at one shows ``hover``, in which Plotly fills in ``told``."""
    limit = largest(cells[~np.isnan(cells)])
    figure = go.Figure()
    figure.add_heatmap(
        z=cells,
        customdata=told,
        hovertemplate=markup.hover(hover),
        hoverongaps=False,
        colorscale=colour_scale(),
        zmin=-limit,
        zmax=limit,
        colorbar={"thickness": 10, "tickfont": {"color": TEXT}},
    )
    plain_axes(figure, grid=False)
    figure.update_xaxes(constrain="domain")
    figure.update_yaxes(autorange="reversed", scaleanchor="x", constrain="domain")
    return figure
