"""What stands around the canvas: pen, Undo, Clear, samples and uploads."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lenet.catalogue import gettext as _
from lenet.drawing.strokes import PENS
from pages.parts.drawing import gallery, picture_sources
from pages.parts.drawing.canvas_state import CanvasState


def pen_slider() -> None:
    """It changes what one sees; what the network sees does not depend on the pen.

    It stands below the canvas and must be made before it: a link may name another pen.
    """
    narrowest, usual, widest = PENS
    st.slider(_("Pen"), narrowest, widest, usual, key="pen", format="%d px", bind="query-params")


def below_the_second(state: CanvasState, first: CanvasState) -> None:
    """Undo and Clear of the second drawing, and a copy of the first to be changed."""
    with _sources(state):
        st.button(
            _("Copy the first"), key="copy", on_click=lambda: state.put_drawing(first.drawing)
        )


def beside(state: CanvasState) -> None:
    """Undo and Clear, and what others wrote: packaged digits and non-digits, or a picture."""
    with _sources(state):
        samples = st.popover(_("Samples"), on_change="rerun", key="samples")
        if samples.open:
            with samples:
                gallery.show(state.put, state.put_drawing)
        picture_sources.show(state)


def _sources(state: CanvasState) -> DeltaGenerator:
    """A row that begins with Undo and Clear."""
    row = st.container(horizontal=True, key=f"sources{state.which}")
    row.button(_("Undo"), key=f"undo{state.which}", on_click=state.undo)
    row.button(_("Clear"), key=f"clear{state.which}", on_click=state.clear)
    return row
