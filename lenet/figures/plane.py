"""All samples in one plane, the codes marked, and one drawing placed among them."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.figures import markup
from lenet.figures.axes import plain_layout
from lenet.figures.palette import ACCENT, ONE, PAGE, TEXT

_PLACE = "(%{customdata[0]}, %{customdata[1]})"
"""Coordinates of a point, for Plotly to fill in."""


def plane(
    samples: np.ndarray,
    labels: np.ndarray,
    marks: np.ndarray,
    drawing: np.ndarray,
    axes: tuple[str, str],
) -> go.Figure:
    """Every sample is its own digit, every code a digit in a box, the drawing a star.

    Args:
        samples: (n, 2) coordinates, and ``labels`` (n,) their classes.
        marks: (10, 2), the codes'.
        drawing: (2,), the drawing's.
        axes: what the two coordinates are.
    """
    figure = go.Figure()
    names = np.array(spec.CLASSES)
    figure.add_scatter(
        x=samples[:, 0],
        y=samples[:, 1],
        mode="text",
        text=names[labels],
        textfont={"color": TEXT, "size": 11},
        customdata=np.column_stack(
            [markup.numbers(samples, 2), [number(sample) for sample in range(len(samples))]]
        ),
        hovertemplate=markup.hover(
            _("sample {sample}, a {digit}: {place}").format(
                sample="%{customdata[2]}", digit="%{text}", place=_PLACE
            )
        ),
        name=markup.plain(_("samples")),
    )
    figure.add_scatter(
        customdata=markup.numbers(marks, 2),
        x=marks[:, 0],
        y=marks[:, 1],
        mode="markers+text",
        text=names,
        textfont={"color": PAGE, "size": 13},
        marker={"symbol": "square", "size": 20, "color": ONE},
        hovertemplate=markup.hover(
            _("code of {digit}: {place}").format(digit="%{text}", place=_PLACE)
        ),
        name=markup.plain(_("codes")),
    )
    figure.add_scatter(
        customdata=markup.numbers(drawing[None], 2),
        x=drawing[:1],
        y=drawing[1:],
        mode="markers",
        marker={"symbol": "star", "size": 20, "color": ACCENT},
        hovertemplate=markup.hover(_("the drawing: {place}").format(place=_PLACE)),
        name=markup.plain(_("the drawing")),
    )
    for update, title in zip((figure.update_xaxes, figure.update_yaxes), axes, strict=True):
        update(title=markup.plain(title), color=TEXT, showgrid=False, zeroline=False)
    figure.update_layout(
        **{**plain_layout(height=560), "margin": {"l": 50, "r": 8, "t": 8, "b": 44}},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "font": {"color": TEXT}},
    )
    return figure
