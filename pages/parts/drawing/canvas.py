"""The drawing canvas, and the drawing of record that it holds.

The canvas's own JSON is the record of what was drawn. The server changes it only by giving the
canvas a new initial drawing (Undo, Clear, a picture put under the pen, a link that was opened). A
running number in it makes the canvas load it even if its content is the same as before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import st_canvas

from lenet import ink
from lenet.catalogue import gettext as _
from lenet.drawing import Drawing, InkError, canvas_json, size_normalisation
from pages.parts.common import address, errors
from pages.serving import streamlit_internals

if TYPE_CHECKING:
    import torch

SIDE = 280
"""Rows and columns of the canvas in CSS pixels."""

PENS = (8, 20, 36)
"""Narrowest, usual and widest pen in canvas pixels."""

# White ink on a transparent canvas; the style sheet blends it with the paper below by
# difference, so it is dark on a light page and light on a dark one, also when the theme
# changes while nobody draws.
_PEN_COLOUR = "#ffffff"

_KEY = "drawing"
_VISIT = "visit_drawing"


class CanvasState:
    """A visitor's drawing, and what the canvas component was given to show it.

    ``revision`` counts what the canvas was given, ``initial`` is the JSON it starts from and
    ``backdrop`` the picture under the pen.
    """

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.backdrop = _backdrop(drawing.picture)
        self.revision = 0
        self.initial: dict[str, Any] = {}
        self.reload()

    def read(self, raw: Any) -> None:
        """Record the strokes that the canvas holds; the picture under them stays.

        Raises InkError for what no canvas draws, and then changes nothing.
        """
        self.drawing = replace(canvas_json.read(raw), picture=self.drawing.picture)

    def prepared(self) -> torch.Tensor | None:
        """(1, 1, 32, 32) input for the network, or None without ink."""
        return ink.from_drawing(self.drawing, size=(SIDE, SIDE))

    def described(self) -> tuple[dict[str, Any], list[np.ndarray]]:
        """A header and arrays from which the browser makes the same drawing."""
        strokes, picture = self.drawing.strokes, self.drawing.picture
        pen = self.drawing.widest_pen or chosen_pen()
        header = {
            "revision": self.revision,
            "initial": len(self.initial["objects"]),
            "canvas": {"width": SIDE, "height": SIDE, "pen": pen},
            "picture": picture is not None,
            "points": [len(stroke) for stroke in strokes],
        }
        arrays = [] if picture is None else [size_normalisation.values(picture / 255)]
        return header, arrays + [np.array(stroke) for stroke in strokes]

    def undo(self) -> None:
        """Take the last stroke back; when there is none, the picture."""
        self._replace(self.drawing.without_last_stroke())

    def clear(self) -> None:
        """An empty canvas."""
        self._replace(Drawing())

    def put(self, picture: torch.Tensor) -> None:
        """Start again with a prepared picture (1, 1, 32, 32) under the pen, as grey levels."""
        self._replace(Drawing(picture=size_normalisation.grey_levels(picture)))

    def reload(self) -> None:
        """Have the canvas load what is recorded here."""
        self.revision += 1
        loaded = canvas_json.write(self.drawing, _PEN_COLOUR)
        self.initial = {**loaded, "revision": self.revision}

    def reset_value(self) -> None:
        """Make what is recorded here the canvas's value, in place of what it sent last."""
        streamlit_internals.overwrite_component_value(
            _KEY, drawing={"raw": self.initial, "data": None}, backgroundFit=None
        )

    def _replace(self, drawing: Drawing) -> None:
        self.drawing, self.backdrop = drawing, _backdrop(drawing.picture)
        self.reload()
        self.reset_value()


def current() -> CanvasState:
    """This visitor's drawing, at first the one in the link; it outlives a walk to another page."""
    if _VISIT not in st.session_state:
        st.session_state[_VISIT] = CanvasState(address.linked_drawing())
    state: CanvasState = st.session_state[_VISIT]
    return state


def chosen_pen() -> int:
    """The pen's width for what is drawn next."""
    return st.session_state.get("pen", PENS[1])


def show() -> CanvasState:
    """The canvas; returns what is on it now, and puts the same into the address."""
    state = current()
    arrived = _KEY not in st.session_state  # first time here, or back from another page
    if arrived:
        state.reload()
    else:
        errors.attempt_show_later(lambda: _read_value(state, st.session_state[_KEY]))
    with st.container(key="canvas"):
        content = errors.attempt_show_later(lambda: _canvas(state))
    # No message may stand above the canvas: a canvas that is moved on the page is a new, empty one.
    with st.container(key="canvas_errors"):
        errors.show_pending()
    if arrived and content is not None:
        before = state.drawing.strokes
        errors.attempt_show_later(lambda: state.read(content))
        if state.drawing.strokes != before:
            # A canvas that outlived the server has the last word; it was just given less to load.
            state.reload()
            st.rerun()
    address.put_drawing(state.drawing)
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
        result = st_canvas(
            stroke_width=chosen_pen(),
            stroke_color=_PEN_COLOUR,
            width=SIDE,
            height=SIDE,
            initial_drawing=state.initial,
            background_image=state.backdrop,
            key=_KEY,
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise _no_drawing_sent() from error
    return result.json_data


def _no_drawing_sent() -> InkError:
    return InkError(_("The canvas sent no drawing; what was drawn before is still there."))


def _backdrop(picture: np.ndarray | None) -> Image.Image | None:
    """The picture in the pen's colour, one block of canvas pixels for each of its pixels."""
    if picture is None:
        return None
    alpha = Image.fromarray(picture)
    white = Image.new("L", alpha.size, 255)
    return Image.merge("LA", (white, alpha)).resize((SIDE, SIDE), Image.Resampling.NEAREST)
