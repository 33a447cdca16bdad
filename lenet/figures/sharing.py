"""Weight sharing to scale: for each layer the parameters and the connections they serve."""

from __future__ import annotations

import math

import plotly.graph_objects as go

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from lenet.figures import markup
from lenet.figures.axes import plain_axes, plain_layout
from lenet.figures.palette import ONE, OTHER, TEXT, faint

_ACROSS = 3
"""Layers side by side: six would be too narrow for their numbers on a phone."""


def shared_weights() -> go.Figure:
    """Two squares a layer whose areas are its parameters and its connections, all to one scale."""
    largest = math.sqrt(max(layer.connections for layer in spec.SQUASHED))
    letters = 0.46 * largest
    figure = go.Figure()
    floor, right = 0.0, 0.0
    for first in range(0, len(spec.SQUASHED), _ACROSS):
        row = spec.SQUASHED[first : first + _ACROSS]
        floor -= math.sqrt(max(layer.connections for layer in row)) + (letters if first else 0)
        left = 0.0
        for layer in row:
            _squares(figure, layer, left, floor)
            left += max(math.sqrt(layer.connections), letters / 1.4) + letters / 4
        right = max(right, left)
    plain_axes(figure, grid=False)
    figure.update_xaxes(visible=False, range=[-letters / 20, right], constrain="domain")
    figure.update_yaxes(
        visible=False, scaleanchor="x", range=[floor - letters, letters / 20], constrain="domain"
    )
    return figure.update_layout(
        **plain_layout(height=560) | {"margin": {"l": 8, "r": 8, "t": 30, "b": 8}},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
    )


def _squares(figure: go.Figure, layer: spec.Layer, left: float, floor: float) -> None:
    connections, parameters = number(layer.connections), number(layer.parameters)
    for name, hover, many, colour in (
        (
            _("connections"),
            ngettext(
                "{layer}: {count} connection", "{layer}: {count} connections", layer.connections
            ).format(layer=layer.name, count=connections),
            layer.connections,
            faint(ONE, 0.28),
        ),
        (
            _("parameters"),
            ngettext(
                "{layer}: {count} parameter", "{layer}: {count} parameters", layer.parameters
            ).format(layer=layer.name, count=parameters),
            layer.parameters,
            OTHER,
        ),
    ):
        side = math.sqrt(many)
        figure.add_scatter(
            x=[left, left + side, left + side, left],
            y=[floor, floor, floor + side, floor + side],
            fill="toself",
            mode="lines",
            line={"width": 0.5, "color": colour},
            fillcolor=colour,
            name=markup.plain(name),
            legendgroup=markup.plain(name),
            showlegend=layer is spec.C1,
            text=markup.plain(hover),
            hoverinfo="text",
        )
    times = layer.connections / layer.parameters
    decimals = 0 if times == round(times) else 1
    used = ngettext("{count} time", "{count} times", math.ceil(times)).format(
        count=number(times, decimals)
    )
    figure.add_annotation(
        x=left,
        y=floor,
        text=f"<b>{markup.plain(layer.name)}</b><br>"
        f"{parameters}<br>{connections}<br>{markup.plain(used)}",
        showarrow=False,
        xanchor="left",
        yanchor="top",
        align="left",
        font={"size": 11, "color": TEXT},
    )
