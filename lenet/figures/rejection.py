"""When to accept an answer: the shares of digits that a threshold accepts, and non-digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.analysis.posterior import Rejection
from lenet.catalogue import gettext as _
from lenet.figures import markup
from lenet.figures.axes import plain_layout
from lenet.figures.palette import ACCENT, TEXT
from lenet.figures.pictures import Picture, sheet
from lenet.spec import Block


def shares(curve: Rejection, threshold: float) -> go.Figure:
    """Accepted and right, accepted and wrong, rejected, against the threshold, in percent."""
    figure = go.Figure()
    for name, values, colour in [
        (_("accepted and right"), curve.right, "rgb(52,122,206)"),
        (_("accepted and wrong"), curve.wrong, "rgb(221,118,38)"),
        (_("rejected"), curve.rejected, TEXT),
    ]:
        figure.add_scatter(
            x=curve.thresholds,
            y=100 * values,
            mode="lines",
            line={"color": colour, "width": 2, "shape": "hv"},
            name=markup.plain(name),
            hovertemplate=markup.hover(
                _("{name} {percent} % at {threshold}").format(
                    name=name, percent="%{y:.2f}", threshold="%{x:.1f}"
                )
            ),
        )
    figure.add_vline(x=threshold, line={"color": ACCENT, "dash": "dash"})
    figure.update_xaxes(
        title=markup.plain(_("threshold: largest distance accepted")), color=TEXT, showgrid=False
    )
    figure.update_yaxes(
        title=markup.plain(_("% of the samples")), range=[-2, 102], color=TEXT, showgrid=False
    )
    figure.update_layout(
        **{**plain_layout(height=300), "margin": {"l": 48, "r": 8, "t": 8, "b": 44}},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "font": {"color": TEXT}},
    )
    return figure


def non_digits(names: Sequence[str], inputs: np.ndarray, accepted: Sequence[bool]) -> go.Figure:
    """(n, 32, 32) inputs that are no digits; those accepted as one are outlined."""
    yes, no = _("{name}: accepted"), _("{name}: rejected")
    side = spec.INPUT_SIZE
    pictures = [
        Picture(
            name,
            values,
            np.full((side, side), (yes if taken else no).format(name=name), dtype=object),
            (Block(0, 0, side, side),) if taken else (),
        )
        for name, values, taken in zip(names, inputs, accepted, strict=True)
    ]
    limits = (spec.BACKGROUND, spec.INK)
    return sheet(pictures, 5, limits=limits, ink=True, gap=4, title_rows=9, cell=3, legend=False)
