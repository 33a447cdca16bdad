"""What turning digits down gains: the error of the others against the share that is turned down."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from lenet.analysis.mistakes import FIGURE_10, FIGURE_10_ERROR, Rejection
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.figures import markup
from lenet.figures.axes import curve_layout, plain_axes
from lenet.figures.palette import ACCENT, TEXT

MOST = 5.0
"""Percent of the digits that are turned down at the right end."""

_DASHES = ("solid", "dot")


def error_of_the_rest(curves: Mapping[str, Rejection], share: float) -> go.Figure:
    """Curves by their names, the paper's networks beside them, and a line at ``share`` percent."""
    names = {"boosted-lenet4": _("boosted LeNet-4"), "lenet4": "LeNet-4", "lenet1": "LeNet-1"}
    figure = go.Figure()
    for (name, curve), dash in zip(curves.items(), _DASHES, strict=True):
        rejected = np.append(100 * curve.rejected, 100)
        error = np.append(100 * curve.error, 100 * curve.error[-1])
        figure.add_scatter(
            x=rejected,
            y=error,
            mode="lines",
            line={"color": TEXT, "width": 2.5, "dash": dash, "shape": "hv"},
            name=markup.plain(name),
            hovertemplate=markup.hover(
                _("{name}: {error} % left when {share} % are turned down").format(
                    name=name, error="%{y:.2f}", share="%{x:.2f}"
                )
            ),
        )
    figure.add_scatter(
        x=list(FIGURE_10.values()),
        y=[FIGURE_10_ERROR] * len(FIGURE_10),
        mode="markers+text",
        marker={"color": TEXT, "size": 9, "symbol": "diamond"},
        text=[markup.plain(names[name]) for name in FIGURE_10],
        textposition=["bottom right", "top center", "top center"],
        textfont={"color": TEXT, "size": 13},
        name=markup.plain(_("the paper’s Fig. 10")),
        hovertemplate=markup.hover(
            _("{name}: {error} % left when {share} % are turned down").format(
                name="%{text}", error="%{y:.1f}", share="%{x:.1f}"
            )
        ),
    )
    figure.add_vline(x=share, line={"color": ACCENT, "dash": "dash", "width": 1.5})
    plain_axes(figure)
    figure.update_xaxes(
        title=markup.plain(_("share that is turned down, in percent")), range=[-0.1, MOST]
    )
    ticks = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
    figure.update_yaxes(
        title=markup.plain(_("error of the others, in percent")),
        range=[0, 0.62],
        tickvals=ticks,
        ticktext=[number(tick, 1) for tick in ticks],
    )
    return figure.update_layout(**curve_layout(height=330))
