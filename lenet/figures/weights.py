"""Every learned parameter as a picture."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.figures import markup
from lenet.figures.axes import plain_axes, plain_layout
from lenet.figures.palette import TEXT
from lenet.figures.pictures import Heads, Picture, Sheet, alone, largest, term, told_of


def c1_kernels(kernels: np.ndarray) -> Sheet:
    """C1's six kernels (6, 5, 5), all on one scale."""
    limit = largest(kernels)
    row = [term(f"C1[{k}]", kernel, limit, scale=k == 0) for k, kernel in enumerate(kernels)]
    return alone(row, cell=26, least=16)


def c3_kernels(kernels: np.ndarray) -> Sheet:
    """C3's 60 kernels (16, 6, 5, 5) in the shape of Table I: rows S2, columns C3, gaps empty."""
    limit = largest(kernels)
    there = set(spec.C3.pairs())
    rows = [
        [
            (_c3_kernel(kernels[c3, s2], f"S2[{s2}]→C3[{c3}]", limit),) if (c3, s2) in there else ()
            for c3 in range(spec.C3.maps)
        ]
        for s2 in range(spec.S2.maps)
    ]
    heads = Heads(
        _("S2\u2193 C3\u2192"),
        _("C3\u2193 S2\u2192"),
        tuple(str(s2) for s2 in range(spec.S2.maps)),
        tuple(str(c3) for c3 in range(spec.C3.maps)),
    )
    return Sheet(rows, cell=11, least=6, legend=(-limit, 0, limit), heads=heads)


def _c3_kernel(kernel: np.ndarray, name: str, limit: float) -> Picture:
    return Picture("", kernel, (-limit, limit), told_of(name))


def c5_units(weights: np.ndarray) -> Sheet:
    """C5's weights (units, 16, 5, 5): a picture for each S4 map, in it a row for each unit."""
    limit = largest(weights)
    place = _("{unit} {row}, {input} {column}").format(
        unit=_("C5 unit"), row="{row}", input=_("input from S4"), column="{column}"
    )
    units, maps, *sides = weights.shape
    inputs = int(np.prod(sides))
    pictures = [
        Picture(
            f"S4[{k}]",
            weights[:, k].reshape(units, inputs),
            (-limit, limit),
            _("{unit} = {value}").format(unit=place, value="{value}"),
            origin=(0, k * inputs),
        )
        for k in range(maps)
    ]
    return Sheet([[(picture,) for picture in pictures]], cell=3, least=2, legend=(-limit, 0, limit))


def f6_units(weights: np.ndarray) -> Sheet:
    """F6's weights (84, 120): a row for each unit, a column for each C5 unit."""
    limit = largest(weights)
    place = _("{unit} {row}, {input} {column}").format(
        unit=_("F6 unit"), row="{row}", input=_("C5 unit"), column="{column}"
    )
    told = _("{unit} = {value}").format(unit=place, value="{value}")
    picture = Picture(_("a row is an F6 unit, a column a C5 unit"), weights, (-limit, limit), told)
    return Sheet([[(picture,)]], cell=5, least=2, legend=(-limit, 0, limit))


def c5_unit(kernels: np.ndarray) -> Sheet:
    """The sixteen kernels (16, 5, 5) of one C5 unit, one for each S4 map."""
    limit, half = largest(kernels), spec.S4.maps // 2
    pictures = [term(f"S4[{k}]", kernel, limit, scale=k == 0) for k, kernel in enumerate(kernels)]
    return alone(pictures[:half], pictures[half:], cell=16, least=12)


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
