"""What a rejection distance costs: digits that are lost, and non-digits that are believed."""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go

from lenet.catalogue import gettext as _
from lenet.catalogue import number, percent
from lenet.figures import markup
from lenet.figures.axes import curve_layout, plain_axes
from lenet.figures.palette import ACCENT, TEXT

_FLOOR = 0.1
"""Percent; a logarithmic scale has no zero, so what is less stands here, where it says 0."""

_TICKS = (0.3, 1, 3, 10, 30, 100)
_LINES = ("solid", "dot")
_MIDDLE = 45
"""A threshold from which on the room beside its line is larger on the left."""


def errors(
    thresholds: np.ndarray, lost: np.ndarray, believed: np.ndarray, threshold: float
) -> go.Figure:
    """Two shares (T,) from 0 to 1 against the thresholds (T,), and their values at one of them.

    The scale is logarithmic, so that one in a hundred is seen beside nine in ten.
    """
    at = int(np.searchsorted(thresholds, threshold))
    figure = go.Figure()
    # The upper of the two values has its text above it, so that they never lie on one another.
    places = ("top", "bottom") if lost[at] >= believed[at] else ("bottom", "top")
    for name, shares, dash, place in [
        (_("digits lost"), lost, _LINES[0], places[0]),
        (_("non-digits believed"), believed, _LINES[1], places[1]),
    ]:
        shown = np.maximum(100 * shares, _FLOOR)
        figure.add_scatter(
            x=thresholds,
            y=shown,
            customdata=[percent(share, 1) for share in shares],
            mode="lines",
            line={"color": TEXT, "width": 2.5, "dash": dash, "shape": "hv"},
            name=markup.plain(name),
            hovertemplate=markup.hover(
                _("{name}: {percent} at {threshold}").format(
                    name=name, percent="%{customdata}", threshold="%{x:.1f}"
                )
            ),
        )
        figure.add_scatter(
            x=thresholds[at : at + 1],
            y=shown[at : at + 1],
            mode="markers+text",
            marker={"color": ACCENT, "size": 9},
            text=[
                markup.plain(
                    _("{name}: {percent}").format(name=name, percent=percent(float(shares[at]), 1))
                )
            ],
            textposition=f"{place} {'right' if threshold < _MIDDLE else 'left'}",
            textfont={"color": TEXT, "size": 13},
            hoverinfo="skip",
            showlegend=False,
        )
    figure.add_vline(x=threshold, line={"color": ACCENT, "dash": "dash", "width": 1.5})
    plain_axes(figure)
    figure.update_xaxes(
        title=markup.plain(_("threshold: largest distance that is believed")), range=[0, 100]
    )
    figure.update_yaxes(
        title=markup.plain(_("share of the drawings in percent, logarithmic")),
        type="log",
        range=[math.log10(_FLOOR * 0.8), math.log10(140)],
        tickvals=[_FLOOR, *_TICKS],
        ticktext=[number(0), *(number(tick, 1 if tick < 1 else 0) for tick in _TICKS)],
    )
    return figure.update_layout(**curve_layout(height=340))
