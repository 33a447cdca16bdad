"""How alike the C3 maps are: every pair, and pairs by what they have in common."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from lenet.figures import markup
from lenet.figures.axes import plain_axes, plain_layout
from lenet.figures.palette import ONE, OTHER, TEXT, colour_scale

_MARGIN = {"l": 48, "r": 8, "t": 8, "b": 44}


def between_maps(similarity: np.ndarray) -> go.Figure:
    """(16, 16) correlations of the C3 maps as a heatmap from -1 to 1."""
    figure = go.Figure()
    figure.add_heatmap(
        z=similarity,
        customdata=markup.numbers(similarity, 2),
        hovertemplate=markup.hover(
            _("{one} and {other}: {correlation}").format(
                one="C3[%{y}]", other="C3[%{x}]", correlation="%{customdata}"
            )
        ),
        colorscale=colour_scale(),
        zmin=-1,
        zmax=1,
        colorbar={"thickness": 10, "tickvals": [-1, 0, 1], "tickfont": {"color": TEXT}},
    )
    maps = list(range(spec.C3.maps))
    plain_axes(figure, grid=False)
    figure.update_xaxes(tickvals=maps, title=markup.plain(_("C3 map")), constrain="domain")
    figure.update_yaxes(
        tickvals=maps, title=markup.plain(_("C3 map")), autorange="reversed", scaleanchor="x"
    )
    return figure.update_layout(**plain_layout(height=420) | {"margin": _MARGIN})


def by_shared_inputs(groups: dict[int, np.ndarray]) -> go.Figure:
    """A dot for each pair of C3 maps, by how many S2 maps both read; a bar at each mean."""
    figure = go.Figure()
    for shared, sizes in groups.items():
        # Dots side by side in the order of their size: none hides another.
        places = shared + np.linspace(-0.3, 0.3, len(sizes)) if len(sizes) > 1 else [shared]
        figure.add_scatter(
            x=places,
            y=np.sort(sizes),
            mode="markers",
            marker={"color": ONE, "size": 6, "opacity": 0.6},
            hovertemplate=markup.hover(
                _("{count} shared: {correlation}").format(count=shared, correlation="%{y:.2f}")
            ),
            showlegend=False,
        )
        mean = float(sizes.mean())
        figure.add_scatter(
            x=[shared - 0.38, shared + 0.38],
            y=[mean, mean],
            mode="lines",
            line={"color": OTHER, "width": 3},
            hovertemplate=markup.hover(
                ngettext(
                    "mean of {count} pair: {mean}", "mean of {count} pairs: {mean}", len(sizes)
                ).format(count=len(sizes), mean=number(mean, 3))
            ),
            showlegend=False,
        )
    plain_axes(figure)
    figure.update_xaxes(
        title=markup.plain(_("S2 maps that both read")), tickvals=list(groups), showgrid=False
    )
    figure.update_yaxes(title=markup.plain(_("size of the correlation")), range=[0, 1])
    return figure.update_layout(**plain_layout(height=420) | {"margin": _MARGIN})
