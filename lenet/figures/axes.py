"""Axes that stay in the background, in both themes."""

from __future__ import annotations

import plotly.graph_objects as go

from lenet.figures.palette import TEXT

FAINT = "rgba(128,128,128,0.22)"
"""Grid lines that can just be seen on a white and on a black page."""


def plain_axes(figure: go.Figure, *, grid: bool = True) -> go.Figure:
    """Grey letters, faint lines; dragging scrolls the page instead of zooming the figure."""
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(color=TEXT, gridcolor=FAINT, showgrid=grid, zeroline=False, fixedrange=True)
    return figure
