"""All samples in one plane, and the drawing among them while it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
import torch
from streamlit.delta_generator import DeltaGenerator

from lenet import Trace, codes, samples, spec
from lenet.analysis.plane import Plane
from pages.parts.common import sample_units
from pages.parts.common.choice import choice
from pages.parts.common.figure import figure
from pages.parts.drawing import canvas
from pages.parts.network.network import Network
from pages.parts.shell.errors import attempt

_COMPONENTS, _DISTANCES = "principal components of F6", "two distances"
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
class Room:
    """Where the plane's controls and the plane stand, and what is drawn on the canvas."""

    beside: DeltaGenerator
    among: DeltaGenerator
    drawn: torch.Tensor | None


def draw(place: DeltaGenerator) -> Room:
    """Put the canvas there, and leave room for the rest."""
    place.caption("Where does the drawing lie among all samples? Draw, and the star moves.")
    beside, among = place.columns([1, 3], gap="medium")
    drawing = canvas.current()
    with beside:
        canvas.show()
        st.button("Clear", key="clear_here", on_click=drawing.clear)
        return Room(beside, among, attempt(drawing.prepared))


def show(net: Network, trace: Trace, room: Room) -> None:
    """Place what is drawn among the samples, or ``trace`` while the canvas is empty."""
    from lenet.figures.plane import plane

    shown = trace if room.drawn is None else net.trace(room.drawn)
    with room.beside:
        by = choice(
            "Plane of",
            (_COMPONENTS, _DISTANCES),
            _COMPONENTS,
            key="plane",
            bind="query-params",
        )
        known = sample_units.trace(net)
        view = _by_distances(known, shown) if by == _DISTANCES else _by_components(known, shown)
    with room.among:
        figure(
            plane(view.points, samples.load().labels, view.marks, view.star, view.axes),
            key="plane_figure",
            alt="All samples, the ten codes and the drawing in one plane",
        )


def _by_distances(known: Trace, shown: Trace) -> _View:
    across, up = (
        spec.CLASSES.index(
            st.selectbox(
                f"Distance {key}",
                spec.CLASSES,
                spec.CLASSES.index(start),
                key=key,
                bind="query-params",
            )
        )
        for key, start in zip(("across", "up"), _START, strict=True)
    )
    chosen = [across, up]
    return _View(
        known.output.numpy()[:, chosen],
        codes.distances()[:, chosen],
        shown.output.numpy()[0, chosen],
        (_axis(across), _axis(up)),
    )


def _by_components(known: Trace, shown: Trace) -> _View:
    points = known.f6.numpy()[:, :, 0, 0]
    flat = Plane.through(points)
    st.caption(f"They hold {flat.share:.0%} of the variance of F6.")
    return _View(
        flat.place(points),
        flat.place(codes.DIGITS),
        flat.place(shown.f6.numpy()[:, :, 0, 0])[0],
        ("first principal component", "second principal component"),
    )


def _axis(digit: int) -> str:
    return f"distance to the code of {spec.CLASSES[digit]}"
