"""What changes when the network is changed: C3 and the ten distances, before and after."""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.figures import markup
from lenet.figures.axes import plain_axes, plain_layout
from lenet.figures.palette import ACCENT, ONE, OTHER, TEXT
from lenet.figures.pictures import Sheet, term

_ACROSS = 8


def c3_maps(published: np.ndarray, changed: np.ndarray) -> Sheet:
    """The C3 maps (16, 10, 10) as published, and below each how the changed network has it."""
    pairs = [
        (
            term(f"C3[{c3}]", published[c3], spec.AMPLITUDE, scale=False),
            term(_("now"), changed[c3], spec.AMPLITUDE, scale=False),
        )
        for c3 in range(spec.C3.maps)
    ]
    return Sheet([pairs[:_ACROSS], pairs[_ACROSS:]], cell=9, least=6)


def distances(
    published: np.ndarray,
    changed: np.ndarray,
    winners: tuple[int | None, int | None],
    rejection: float,
) -> go.Figure:
    """The ten distances (10,) of both networks, in digit order.

    ``winners`` are the digits that the two recognise, None where the drawing is no digit, because
    its nearest code is beyond ``rejection``; a line stands there, if that is finite.
    """
    figure = go.Figure()
    for name, values, winner, colour in zip(
        (_("as published"), _("changed")), (published, changed), winners, (ONE, OTHER), strict=True
    ):
        said = (
            _("{network}: no digit").format(network=name)
            if winner is None
            else _("{network}: {digit}").format(network=name, digit=spec.CLASSES[winner])
        )
        figure.add_bar(
            name=markup.plain(said),
            x=values,
            y=list(spec.CLASSES),
            orientation="h",
            marker={
                "color": colour,
                "opacity": [1.0 if digit == winner else 0.35 for digit in range(len(values))],
            },
            text=[number(value, 1) for value in values],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 11, "color": TEXT},
            hovertemplate=markup.hover(
                _("{network}: {distance} from the code of {digit}").format(
                    network=name, distance="%{x:.2f}", digit="%{y}"
                )
            ),
        )
    plain_axes(figure)
    if math.isfinite(rejection):
        figure.add_vline(x=rejection, line={"color": ACCENT, "dash": "dash", "width": 1.5})
    figure.update_xaxes(title=markup.plain(_("distance to the code")), rangemode="tozero")
    figure.update_yaxes(type="category", autorange="reversed", dtick=1, showgrid=False)
    return figure.update_layout(
        **plain_layout(height=560) | {"margin": {"l": 28, "r": 36, "t": 30, "b": 40}},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        barmode="group",
        bargap=0.2,
    )
