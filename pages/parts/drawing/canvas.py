"""The drawing canvas: it shows the visitor's drawing, and what is drawn on it is recorded."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lenet.catalogue import gettext as _
from lenet.drawing import InkError
from lenet.drawing.strokes import SIDE
from pages.parts.common import address, errors
from pages.parts.drawing import canvas_component, canvas_state
from pages.parts.drawing.canvas_state import FIRST, PEN_COLOUR, CanvasState


def show(which: str = FIRST) -> CanvasState:
    """A canvas; returns what is on it now, and puts the same into the address."""
    state = canvas_state.current(which)
    key = f"canvas{which}"
    arrived = state.key not in st.session_state  # first time here, or back from another page
    if arrived:
        state.reload()
    else:
        errors.attempt_show_later(lambda: _read_value(state, st.session_state[state.key]))
    with st.container(key=key):
        content = errors.attempt_show_later(lambda: _canvas(state))
    canvas_component.pen(key)
    # No message may stand above the canvas: a canvas that is moved on the page is a new, empty one.
    with st.container(key=f"{key}_errors"):
        errors.show_pending()
    if arrived and content is not None:
        before = state.drawing.strokes
        errors.attempt_show_later(lambda: state.read(content))
        if state.drawing.strokes != before:
            # A canvas that outlived the server has the last word; it was just given less to load.
            state.reload()
            st.rerun()
    address.put_drawing(state.key, state.drawing)
    return state


def _read_value(state: CanvasState, value: Any) -> None:
    """Record what the canvas has sent, before anything else reads it.

    Raises InkError for what no canvas sends; the canvas is then given back what was recorded.
    """
    try:
        sent = value.get("drawing") if isinstance(value, dict) else None
        if not isinstance(sent, dict):
            raise _no_drawing_sent()
        state.read(sent.get("raw"))
    except InkError:
        state.reload()
        state.reset_value()
        raise


def _canvas(state: CanvasState) -> Any:
    """Show the canvas and return what it holds. Raises InkError for what no canvas holds."""
    try:
        result = canvas_component.st_canvas(
            stroke_width=canvas_state.chosen_pen(),
            stroke_color=PEN_COLOUR,
            width=SIDE,
            height=SIDE,
            initial_drawing=state.initial,
            background_image=state.backdrop,
            key=state.key,
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise _no_drawing_sent() from error
    return result.json_data


def _no_drawing_sent() -> InkError:
    return InkError(_("The canvas sent no drawing; what was drawn before is still there."))
