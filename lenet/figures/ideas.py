"""The paper's three ideas at work: local fields, shared weights, sub-sampling."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from lenet.figures import markup
from lenet.figures.axes import plain_axes, plain_layout
from lenet.figures.palette import ONE, OTHER, faint
from lenet.figures.pictures import Sheet, alone, inked, largest, term
from lenet.spec import Block
from lenet.units import WeightedSum


def one_kernel(drawing: np.ndarray, unit: WeightedSum, c1_map: np.ndarray) -> Sheet:
    """A C1 unit: its field on the drawing (32, 32), patch times kernel, and its place in the map.

    ``c1_map`` (28, 28) is what the same kernel makes of the whole drawing.
    """
    field = unit.layer.sees(unit.row, unit.column)
    patch, kernel, products = unit.patches[0], unit.kernels[0], unit.products[0]
    name, place = f"{unit.layer.name}[{unit.map}]", Block(unit.row, unit.column, 1, 1)
    return alone(
        [
            inked(_("input"), drawing, outlines=(field,)),
            term(name, c1_map, spec.AMPLITUDE, sign="→", outlines=(place,)),
        ],
        [
            inked(_("patch"), patch, magnify=3),
            term(_("kernel"), kernel, largest(kernel), magnify=3, sign="×"),
            term(_("products"), products, largest(products), magnify=3, sign="="),
        ],
        cell=8,
        least=4,
    )


def gates(c1_map: np.ndarray, learned: np.ndarray, turned: np.ndarray, map_: int) -> Sheet:
    """A C1 map (28, 28), and S2's map (14, 14) of it as learned and with other parameters."""
    as_learned = _("{map} as learned").format(map=f"S2[{map_}]")
    return alone(
        [
            term(f"C1[{map_}]", c1_map, spec.AMPLITUDE),
            term(as_learned, learned, spec.AMPLITUDE, magnify=2, sign="→"),
            term(_("as turned"), turned, spec.AMPLITUDE, magnify=2),
        ],
        cell=7,
        least=4,
    )


def changes(by_pixels: Mapping[int, Mapping[str, float]]) -> go.Figure:
    """How much each layer changes, in percent of itself, for each number of pixels."""
    figure = go.Figure()
    for (pixels, changed), colour in zip(by_pixels.items(), (ONE, OTHER), strict=False):
        figure.add_bar(
            name=markup.plain(
                ngettext("{count} pixel", "{count} pixels", pixels).format(count=pixels)
            ),
            x=[spec.BY_KEY[key].name for key in changed],
            y=[100 * change for change in changed.values()],
            marker={"color": colour},
            text=[number(100 * change) for change in changed.values()],
            textposition="outside",
            hovertemplate=markup.hover(
                _("{layer} changes by {percent} %").format(layer="%{x}", percent="%{y:.1f}")
            ),
            cliponaxis=False,
        )
    plain_axes(figure)
    figure.update_xaxes(type="category", showgrid=False)
    figure.update_yaxes(title=markup.plain(_("change, % of the layer")), rangemode="tozero")
    return figure.update_layout(
        **plain_layout(height=330) | {"margin": {"l": 52, "r": 8, "t": 34, "b": 30}},
        legend={"orientation": "h", "y": 1.04, "yanchor": "bottom", "x": 0},
        barmode="group",
    )


def positions(pixels: int, kernel: int, stride: int, padding: int, outputs: int) -> go.Figure:
    """One row of pixels, its padding, and below it what each output reads."""
    figure = go.Figure()
    padded = _("{count} of padding")
    input_ = ngettext("{count} pixel", "{count} pixels", pixels)
    for first, last, colour, hover in (
        (-padding, 0, faint(ONE, 0.25), padded),
        (0, pixels, faint(ONE, 0.9), input_),
        (pixels, pixels + padding, faint(ONE, 0.25), padded),
    ):
        if last > first:
            figure.add_bar(
                x=[last - first],
                base=[first],
                y=[0],
                orientation="h",
                width=0.9,
                marker={"color": colour},
                hovertemplate=markup.hover(hover.format(count=last - first)),
            )
    starts = [place * stride - padding for place in range(outputs)]
    figure.add_bar(
        x=[kernel] * outputs,
        base=starts,
        y=[place + 2 for place in range(outputs)],
        orientation="h",
        width=0.8,
        marker={"color": faint(OTHER, 0.85)},
        customdata=[[number(place), number(start)] for place, start in enumerate(starts)],
        hovertemplate=markup.hover(
            _("output {output} reads pixel {pixel} and on").format(
                output="%{customdata[0]}", pixel="%{customdata[1]}"
            )
        ),
    )
    plain_axes(figure, grid=False)
    figure.update_xaxes(title=markup.plain(_("pixel")))
    figure.update_yaxes(visible=False, autorange="reversed")
    return figure.update_layout(
        **plain_layout(height=280) | {"margin": {"l": 8, "r": 8, "t": 8, "b": 40}},
        barmode="overlay",
        showlegend=False,
    )
