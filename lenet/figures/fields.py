"""Receptive fields: how they grow, where their centres lie, what is heeded in them, by whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.analysis.effective_field import middle
from lenet.analysis.fields import PICTURED, box, centres, crowd, growth, span
from lenet.analysis.top_activations import Patch
from lenet.figures.palette import TEXT
from lenet.figures.sheet import ACCENT, Picture, plain, sheet
from lenet.spec import Block, Layer, Square


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
            fillcolor="rgba(52,122,206,0.12)",
            line={"color": "rgb(52,122,206)", "width": 1.5},
            name=step.layer.name,
            hoverinfo="skip",
            showlegend=False,
        )
        # A sub-sampling's field is hardly larger than the one before: its label stands outside.
        outside = step.layer.kind == "sub-sampling"
        figure.add_annotation(
            x=edge[1],
            y=edge[1],
            text=f"<b>{step.layer.name}</b> {step.side}\u00d7{step.side}",
            showarrow=False,
            xanchor="left" if outside else "right",
            yanchor="top" if outside else "bottom",
            font={"size": 12, "color": TEXT},
        )
    _input_axes(figure, spec.INPUT_SIZE)
    figure.update_layout(**plain(height=340))
    return figure


def centre_grid(layer: Layer, pixels: int = spec.INPUT_SIZE) -> go.Figure:
    """The centres of a layer's fields on an input that wide, and the box that a digit fills.

    Three squares: the input's edge, the digit's box, and what the centres fill.
    """
    figure = go.Figure()
    squares = [
        ((-0.5, pixels - 0.5), TEXT, "solid", f"input, {pixels}\u00d7{pixels}"),
        (box(pixels), ACCENT, "dash", "where a digit's ink may lie"),
        (span(layer, pixels), "rgb(52,122,206)", "solid", f"filled by {layer.name}'s centres"),
    ]
    for (first, last), colour, dash, name in squares:
        figure.add_scatter(
            x=[first, last, last, first, first],
            y=[first, first, last, last, first],
            mode="lines",
            line={"color": colour, "dash": dash, "width": 2},
            name=f"{name} ({last - first:g}\u00d7{last - first:g})",
            hoverinfo="skip",
        )
    places = centres(layer, pixels)
    columns, rows = np.meshgrid(places, places)
    indices = range(len(places))
    figure.add_scatter(
        x=columns.ravel(),
        y=rows.ravel(),
        mode="markers",
        marker={"size": 4, "color": "rgb(52,122,206)"},
        name="centres",
        showlegend=False,
        customdata=[f"row {row}, column {column}" for row in indices for column in indices],
        hovertemplate="%{customdata}: centre at pixel (%{y}, %{x})<extra></extra>",
    )
    _input_axes(figure, spec.INPUT_SIZE)
    figure.update_layout(
        **plain(height=430),
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "font": {"color": TEXT}},
    )
    return figure


def effective(here: np.ndarray, average: np.ndarray, field: Square, samples: int) -> go.Figure:
    """Two gradients (32, 32), each scaled to its own largest value: this drawing, and the mean
    size over ``samples`` digits. The outer square is what the unit can see, the inner its middle.
    """
    pictures = [
        Picture(title, _scaled(values), _told("gradient", values, field), (field, middle(field)))
        for title, values in [
            ("on this drawing", here),
            (f"its size, averaged over {samples} digits", average),
        ]
    ]
    return sheet(pictures, 2, limits=(-1, 1), gap=4, title_rows=3, cell=9, legend=False)


def crowds(row: int, column: int) -> go.Figure:
    """How many units of one map see each pixel, layer by layer, the chosen pixel outlined.

    Every picture is scaled to its own largest count.
    """
    pictures = []
    for layer in PICTURED:
        counts = crowd(layer)
        told = np.array(
            [
                [f"pixel ({r},{c}): {n} of {layer.units_per_map}" for c, n in enumerate(line)]
                for r, line in enumerate(counts)
            ],
            dtype=object,
        )
        title = f"{layer.name}: 1 to {counts.max()}" if layer.size > 1 else f"{layer.name}: 1"
        pixel = (Block(row, column, 1, 1),)
        pictures.append(Picture(title, counts / counts.max(), told, pixel))
    return sheet(
        pictures, len(pictures), limits=(0, 1), ink=True, gap=3, title_rows=5, cell=6, legend=False
    )


def favourites(most: Sequence[Patch], least: Sequence[Patch]) -> go.Figure:
    """The patches that excite a unit most above, those that excite it least below."""
    pictures = []
    for patch in (*most, *least):
        side = patch.pixels.shape[0]
        told = np.full((side, side), f"sample {patch.sample}, value {patch.value:.4f}", object)
        value = f"{patch.value:+.2f}".replace("-", "\u2212")
        pictures.append(Picture(value, patch.pixels, told))
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


def _told(what: str, values: np.ndarray, field: Square) -> np.ndarray:
    return np.array(
        [
            [
                f"pixel ({row},{column}): {what} {value:.4f}"
                + ("" if field.contains(row, column) else ", out of sight")
                for column, value in enumerate(line)
            ]
            for row, line in enumerate(values)
        ],
        dtype=object,
    )
