"""What all figures share: axes that stay in the background, a layout without a page of its own."""

from __future__ import annotations

import plotly.graph_objects as go

from lenet.catalogue import language, symbols
from lenet.figures.palette import INK, PAGE, TEXT

FAINT = "rgba(128,128,128,0.22)"
"""Grid lines that can just be seen on a white and on a black page."""


FONT = '"Open Sans", verdana, arial, "Letters of the language", sans-serif'
"""Plotly's own, and where these have no letter the one of the language (assets/fonts)."""


def plain_axes(figure: go.Figure, *, grid: bool = True) -> go.Figure:
    """Grey letters, faint lines; dragging scrolls the page instead of zooming the figure."""
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(color=TEXT, gridcolor=FAINT, showgrid=grid, zeroline=False, fixedrange=True)
    return figure


def plain_layout(height: int) -> dict[str, object]:
    """No page of its own, letters for both themes, numbers as the visitor's language has them."""
    return {
        "template": "none",
        "margin": {"l": 22, "r": 8, "t": 8, "b": 22},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": TEXT, "family": FONT},
        "hoverlabel": {
            "bgcolor": PAGE,
            "bordercolor": TEXT,
            "font": {"color": INK, "family": FONT},
        },
        "separators": "".join(symbols(language())),
        "height": height,
    }


def curve_layout(height: int) -> dict[str, object]:
    """The same with room for the titles of both axes, and a legend above the curves."""
    return plain_layout(height) | {
        "margin": {"l": 52, "r": 12, "t": 8, "b": 44},
        "legend": {
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 0,
            "font": {"color": TEXT},
        },
    }
