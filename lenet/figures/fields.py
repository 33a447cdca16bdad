"""Receptive fields: how they grow, where their centres lie, and what in them has an effect."""

from __future__ import annotations

from collections.abc import Sequence

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
from lenet.figures.palette import ACCENT, ONE, TEXT, faint, unsigned_scale
from lenet.figures.pictures import Picture, Scale, sheet
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
            fillcolor=faint(ONE, 0.12),
            line={"color": ONE, "width": 1.5},
            name=markup.plain(step.layer.name),
            hoverinfo="skip",
            showlegend=False,
        )
        # A field that is hardly larger than the one before leaves no place for its label inside.
        outside = step.side - step.side_before <= _NARROW
        figure.add_annotation(
            x=edge[1],
            y=edge[1],
            text=f"<b>{markup.plain(step.layer.name)}</b> {step.side}\u00d7{step.side}",
            showarrow=False,
            xanchor="left" if outside else "right",
            yanchor="top" if outside else "bottom",
            font={"size": 12, "color": TEXT},
        )
    _input_axes(figure, spec.INPUT_SIZE)
    figure.update_layout(**plain_layout(height=340))
    return figure


def centre_grid(layer: Layer, pixels: int = spec.INPUT_SIZE) -> go.Figure:
    """The centres of a layer's fields on an input that wide, and the box that a digit fills.

    Three squares: the input's edge, the digit's box, and what the centres fill.
    """
    figure = go.Figure()
    squares = [
        ((-0.5, pixels - 0.5), TEXT, "solid", _("input, {size}").format(size=_square(pixels))),
        (box(pixels), ACCENT, "dash", _("where a digit's ink may lie")),
        (
            span(layer, pixels),
            ONE,
            "solid",
            _("filled by {layer}'s centres").format(layer=layer.name),
        ),
    ]
    for (first, last), colour, dash, name in squares:
        figure.add_scatter(
            x=[first, last, last, first, first],
            y=[first, first, last, last, first],
            mode="lines",
            line={"color": colour, "dash": dash, "width": 2},
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
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "font": {"color": TEXT}},
    )
    return figure


def effective(here: np.ndarray, average: np.ndarray, field: Square, samples: int) -> go.Figure:
    """Two gradients (32, 32), each scaled to its own largest value: this drawing, and the mean
    size over ``samples`` digits. The outer square is what the unit can see, the inner its middle.
    """
    averaged = _("its size, averaged over {count} digits").format(count=number(samples))
    pictures = [
        Picture(title, _scaled(values), _gradients(values, field), (field, middle(field)), scale)
        for title, values, scale in [
            (_("on this drawing"), here, None),
            (averaged, average, Scale(tuple(unsigned_scale()), (0, 1))),
        ]
    ]
    return sheet(pictures, 2, limits=(-1, 1), gap=4, title_rows=3, cell=9, legend=False)


def pixel_counts(row: int, column: int) -> go.Figure:
    """How many units of one map see each pixel, layer by layer, the chosen pixel outlined.

    Every picture is scaled to its own largest count.
    """
    pictures = []
    hover = _("pixel ({row},{column}): {count} of {all}")
    for layer in PICTURED:
        counts = units_per_pixel(layer)
        texts = np.array(
            [
                [
                    hover.format(row=r, column=c, count=number(n), all=number(layer.units_per_map))
                    for c, n in enumerate(line)
                ]
                for r, line in enumerate(counts)
            ],
            dtype=object,
        )
        title = _("{layer}: 1 to {most}") if layer.size > 1 else _("{layer}: 1")
        title = title.format(layer=layer.name, most=number(counts.max()))
        pixel = (Block(row, column, 1, 1),)
        pictures.append(Picture(title, counts / counts.max(), texts, pixel))
    return sheet(
        pictures, len(pictures), limits=(0, 1), ink=True, gap=3, title_rows=5, cell=6, legend=False
    )


def patches(most: Sequence[Patch], least: Sequence[Patch]) -> go.Figure:
    """The patches that activate a unit most above, those that activate it least below."""
    pictures = []
    for patch in (*most, *least):
        hover = _("sample {sample}, value {value}").format(
            sample=patch.sample, value=number(patch.value, 4)
        )
        texts = np.full(patch.pixels.shape, hover, dtype=object)
        pictures.append(Picture(number(patch.value, 2, signed=True), patch.pixels, texts))
    side = pictures[0].values.shape[0]
    across = len(most)
    scale = 640 / (across * (side + side / 5))
    return sheet(
        pictures,
        across,
        limits=(spec.BACKGROUND, spec.INK),
        ink=True,
        gap=max(1, side // 5),
        title_rows=max(1, round(side * 0.45)),
        cell=scale,
        legend=False,
    )


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


def _scaled(values: np.ndarray) -> np.ndarray:
    largest = np.abs(values).max()
    return values / largest if largest else values


def _square(side: float) -> str:
    return f"{number(side)}\u00d7{number(side)}"


def _gradients(values: np.ndarray, field: Square) -> np.ndarray:
    """What a reader who points at a pixel reads: its gradient, and whether the unit sees it."""
    seen = _("pixel ({row},{column}): gradient {value}")
    unseen = _("pixel ({row},{column}): gradient {value}, out of sight")
    return np.array(
        [
            [
                (seen if field.contains(row, column) else unseen).format(
                    row=row, column=column, value=number(value, 4)
                )
                for column, value in enumerate(line)
            ]
            for row, line in enumerate(values)
        ],
        dtype=object,
    )
