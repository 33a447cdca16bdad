"""Receptive fields: how they grow, where their centres lie, and what in them has an effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.analysis.effective_field import middle
from lenet.analysis.fields import PICTURED, box, centres, growth, span, units_per_pixel
from lenet.analysis.top_activations import Patch
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.figures import markup
from lenet.figures.axes import plain_layout
from lenet.figures.palette import ACCENT, INK, ONE, TEXT, faint
from lenet.figures.pictures import Picture, Sheet, alone, largest
from lenet.spec import Block, Layer, Square

_NARROW = 2
"""Pixels of difference between two nested squares that are too few for a label."""


def nested() -> go.Figure:
    """The fields of the layers' first units, from C1 to C5, on the input's grid."""
    figure = go.Figure()
    for step in reversed(growth()):
        edge = [-0.5, step.side - 0.5]
        figure.add_scatter(
            x=[edge[0], edge[1], edge[1], edge[0], edge[0]],
            y=[edge[0], edge[0], edge[1], edge[1], edge[0]],
            mode="lines",
            fill="toself",
            fillcolor=faint(ONE, 0.07),
            line={"color": ONE, "width": 1.5},
            name=markup.plain(step.layer.title),
            hoverinfo="skip",
            showlegend=False,
        )
        # A field that is hardly larger than the one before leaves no place for its label inside.
        outside = step.side - step.side_before <= _NARROW
        figure.add_annotation(
            x=edge[1],
            y=edge[1],
            text=f"<b>{markup.plain(step.layer.title)}</b> {step.side}\u00d7{step.side}",
            showarrow=False,
            xanchor="left" if outside else "right",
            yanchor="top" if outside else "bottom",
            font={"size": 12, "color": INK},
        )
    _input_axes(figure, spec.INPUT_SIZE)
    figure.update_layout(**plain_layout(height=380))
    return figure


def centre_grid(layer: Layer, pixels: int = spec.INPUT_SIZE) -> go.Figure:
    """The centres of a layer's fields on an input that wide, and the box that a digit fills.

    Three squares: what the centres fill, the input's edge, and the digit's box.
    """
    figure = go.Figure()
    # What is filled lies below as an area; of two outlines in one place the dashed one is above,
    # and the solid one is seen between its dashes.
    squares = [
        (
            span(layer, pixels),
            {"color": ONE, "width": 1},
            _("filled by {layer}'s centres").format(layer=layer.title),
        ),
        (
            (-0.5, pixels - 0.5),
            {"color": TEXT, "width": 2},
            _("input, {size}").format(size=_square(pixels)),
        ),
        (
            box(pixels),
            {"color": ACCENT, "dash": "6px,5px", "width": 2.5},
            _("where a digit's ink may lie"),
        ),
    ]
    for (first, last), line, name in squares:
        figure.add_scatter(
            x=[first, last, last, first, first],
            y=[first, first, last, last, first],
            mode="lines",
            line=line,
            fill="toself" if line["color"] == ONE else "none",
            fillcolor=faint(ONE, 0.16),
            name=markup.plain(f"{name} ({_square(last - first)})"),
            hoverinfo="skip",
        )
    places = centres(layer, pixels)
    columns, rows = np.meshgrid(places, places)
    indices = range(len(places))
    index = _("row {row}, column {column}")
    figure.add_scatter(
        x=columns.ravel(),
        y=rows.ravel(),
        mode="markers",
        marker={"size": 4, "color": ONE},
        name=markup.plain(_("centres")),
        showlegend=False,
        customdata=[
            markup.plain(index.format(row=row, column=column))
            for row in indices
            for column in indices
        ],
        hovertemplate=markup.hover(
            _("{unit}: centre at pixel ({row}, {column})").format(
                unit="%{customdata}", row="%{y}", column="%{x}"
            )
        ),
    )
    _input_axes(figure, spec.INPUT_SIZE)
    figure.update_layout(
        **plain_layout(height=430),
        legend={"orientation": "h", "y": -0.08, "yanchor": "top", "font": {"color": TEXT}},
    )
    return figure


def effective(here: np.ndarray, average: np.ndarray, field: Square, samples: int) -> Sheet:
    """Two gradients (32, 32), each scaled to its own largest value: this drawing, and the mean
    size over ``samples`` digits. The outer square is what the unit can see, the inner its middle.
    """
    averaged = _("its size, averaged over {count} digits").format(count=number(samples))
    limit, most = largest(here), largest(average)
    gradient = Picture(
        _("on this drawing"),
        here,
        (-limit, limit),
        _("pixel ({row},{column}): gradient {value}"),
        told_outside=_("pixel ({row},{column}): gradient {value}, out of sight"),
        field=field,
        outlines=(field, middle(field)),
    )
    size = replace(gradient, title=averaged, values=average, limits=(0, most), colours="unsigned")
    return alone([gradient, size], cell=10, least=5)


def pixel_counts(row: int, column: int) -> Sheet:
    """How many units of one map see each pixel, layer by layer, the chosen pixel outlined.

    Every picture is scaled to its own largest count.
    """
    pictures = []
    for layer in PICTURED:
        counts = units_per_pixel(layer)
        title = _("{layer}: 1 to {most}") if layer.size > 1 else _("{layer}: 1")
        pictures.append(
            Picture(
                title.format(layer=layer.title, most=number(counts.max())),
                counts,
                (0, float(counts.max())),
                _("pixel ({row},{column}): {count} of {all}").format(
                    row="{row}",
                    column="{column}",
                    count="{value}",
                    all=number(layer.units_per_map),
                ),
                colours="ink",
                decimals=0,
                outlines=(Block(row, column, 1, 1),),
            )
        )
    return alone(pictures, cell=6, least=3)


def patches(most: Sequence[Patch], least: Sequence[Patch]) -> Sheet:
    """The patches that activate a unit most above, those that activate it least below."""
    rows = [[_patch(patch) for patch in found] for found in (most, least)]
    side = most[0].pixels.shape[0]
    return alone(*rows, cell=max(2.0, 100 / side), least=max(1.5, 52 / side))


def _patch(patch: Patch) -> Picture:
    told = _("sample {sample}, value {value}").format(
        sample=patch.sample, value=number(patch.value, 4)
    )
    title = number(patch.value, 2, signed=True)
    return Picture(title, patch.pixels, (spec.BACKGROUND, spec.INK), told, colours="ink")


def _input_axes(figure: go.Figure, pixels: int) -> None:
    """Axes in pixels, rows downwards, one as long as the other."""
    ticks = {"tickvals": [0, pixels // 2, pixels - 1], "color": TEXT, "zeroline": False}
    figure.update_xaxes(
        range=[-1, pixels], constrain="domain", showgrid=False, fixedrange=True, **ticks
    )
    figure.update_yaxes(
        range=[pixels, -1], scaleanchor="x", constrain="domain", showgrid=False, fixedrange=True,
        **ticks,
    )  # fmt: skip


def _square(side: float) -> str:
    return f"{number(side)}\u00d7{number(side)}"
