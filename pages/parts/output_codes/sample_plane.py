"""All samples in one plane, and the drawing among them while it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
import torch
from streamlit.delta_generator import DeltaGenerator

from lenet import Trace, codes, samples, spec
from lenet.analysis.plane import Plane
from lenet.catalogue import gettext as _
from lenet.catalogue import percent
from lenet.figures.plane import Scatter
from pages.parts.common.choice import choice
from pages.parts.common.errors import attempt
from pages.parts.drawing import canvas, canvas_state
from pages.parts.network import sample_units
from pages.parts.network.network import Network
from pages.parts.output_codes import scatter

_COMPONENTS, _DISTANCES = "principal-components-of-f6", "two-distances"
_START = ("4", "9")
"""Two classes that are often confused."""


@dataclass(frozen=True, eq=False)
class _View:
    """Coordinates (n, 2) of the samples and of the codes, (2,) of the drawing."""

    points: np.ndarray
    marks: np.ndarray
    star: np.ndarray
    axes: tuple[str, str]


@dataclass(frozen=True)
class Places:
    """Where the controls and the plane stand, and what is drawn on the canvas."""

    controls: DeltaGenerator
    plane: DeltaGenerator
    drawn: torch.Tensor | None


def draw() -> Places:
    """Show the canvas, and make places for the rest."""
    st.caption(_("Where does the drawing lie among all samples? Draw, and the star moves."))
    controls, plane = st.columns([1, 3], gap="medium")
    drawing = canvas_state.current()
    with controls:
        canvas.show()
        st.button(_("Clear"), key="clear_here", on_click=drawing.clear)
        return Places(controls, plane, attempt(drawing.prepared))


def show(net: Network, trace: Trace, places: Places) -> None:
    """Place what is drawn among the samples, or ``trace`` while the canvas is empty."""
    shown = trace if places.drawn is None else net.trace(places.drawn)
    with places.controls:
        by = choice(
            _("Plane of"),
            {_COMPONENTS: _("principal components of F6"), _DISTANCES: _("two distances")},
            _COMPONENTS,
            key="plane",
        )
        known = sample_units.trace(net)
        view = _by_distances(known, shown) if by == _DISTANCES else _by_components(known, shown)
    with places.plane:
        scatter.show(
            Scatter(view.points, samples.load().labels, view.marks, view.star, view.axes),
            key="plane_figure",
            alt=_("All samples, the ten codes and the drawing in one plane"),
        )


def _by_distances(known: Trace, shown: Trace) -> _View:
    across = _class(_("Distance across"), _START[0], key="across")
    up = _class(_("Distance up"), _START[1], key="up")
    chosen = [across, up]
    return _View(
        known.output.numpy()[:, chosen],
        codes.distances()[:, chosen],
        shown.output.numpy()[0, chosen],
        (_axis(across), _axis(up)),
    )


def _class(label: str, start: str, key: str) -> int:
    """The place of a class that the visitor chooses."""
    first = spec.CLASSES.index(start)
    chosen = st.selectbox(label, spec.CLASSES, first, key=key, bind="query-params")
    return spec.CLASSES.index(chosen)


def _by_components(known: Trace, shown: Trace) -> _View:
    points = known.f6.numpy()[:, :, 0, 0]
    flat = Plane.through(points)
    st.caption(_("They hold {share} of the variance of F6.").format(share=percent(flat.share)))
    return _View(
        flat.place(points),
        flat.place(codes.DIGITS),
        flat.place(shown.f6.numpy()[:, :, 0, 0])[0],
        (_("first principal component"), _("second principal component")),
    )


def _axis(digit: int) -> str:
    return _("distance to the code of {digit}").format(digit=spec.CLASSES[digit])
