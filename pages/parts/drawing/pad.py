"""The canvas with its controls, for pages that show something else beside the drawing."""

from __future__ import annotations

import streamlit as st

from pages.parts.drawing import canvas, controls
from pages.parts.drawing.canvas_state import CanvasState


def show() -> CanvasState:
    """The canvas, and below it the controls; what is on the canvas."""
    with st.container(key="pad"):
        state = canvas.show()
    controls.beside(state)
    return state
