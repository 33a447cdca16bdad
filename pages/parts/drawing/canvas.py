"""The drawing canvas, and the drawing of record that it holds.

The canvas's own JSON says what was drawn. The server only ever changes it by handing the canvas
a new initial drawing (Undo, Clear, a picture put under the pen, a link that was opened); a
running number in it tells the canvas that even the same content is meant anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import st_canvas

from lenet import ink
from lenet.drawing import canvas_json, size_normalisation
from lenet.drawing.link import Sketch
from lenet.drawing.size_normalisation import InkError
from pages.parts.shell import address, errors

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


class Drawing:
    """What the visitor has drawn: strokes, and a picture under them if one was chosen."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch
        self.backdrop = _backdrop(sketch.picture)
        self.revision = 0
        self.initial: dict[str, Any] = {}
        self.restart()

    def read(self, raw: Any) -> None:
        """Take over what the canvas says.

        Raises InkError for what no canvas draws, and then keeps what was drawn before.
        """
        self.sketch.strokes, self.sketch.pens = canvas_json.strokes_and_pens(raw)

    def prepared(self) -> torch.Tensor | None:
        """(1, 1, 32, 32) input for the network, or None without ink."""
        strokes, picture = self.sketch.strokes, self.sketch.picture
        if picture is None:
            return ink.from_strokes(strokes, size=(SIDE, SIDE), pen=self.pen)
        return ink.over(size_normalisation.as_input(picture / 255), strokes, size=(SIDE, SIDE))

    @property
    def pen(self) -> int:
        """The widest pen it was drawn with, which says how large a dot may be."""
        return max(self.sketch.pens, default=chosen_pen())

    def described(self) -> tuple[dict[str, Any], list[np.ndarray]]:
        """A header and arrays from which the browser makes the same drawing."""
        strokes, picture = self.sketch.strokes, self.sketch.picture
        header = {
            "revision": self.revision,
            "initial": len(self.initial["objects"]),
            "canvas": {"width": SIDE, "height": SIDE, "pen": self.pen},
            "picture": picture is not None,
            "points": [len(stroke) for stroke in strokes],
        }
        arrays = [] if picture is None else [size_normalisation.values(picture / 255)]
        return header, arrays + [np.array(stroke) for stroke in strokes]

    def undo(self) -> None:
        """Take the last stroke back; when there is none, the picture."""
        if self.sketch.strokes:
            self.sketch.strokes, self.sketch.pens = self.sketch.strokes[:-1], self.sketch.pens[:-1]
            self._replace(self.sketch)
        else:
            self.clear()

    def clear(self) -> None:
        """An empty canvas."""
        self._replace(Sketch())

    def put(self, picture: torch.Tensor) -> None:
        """Start again with a prepared picture (1, 1, 32, 32) under the pen, as grey levels."""
        self._replace(Sketch(picture=size_normalisation.grey_levels(picture)))

    def restart(self) -> None:
        """Have the canvas load what is recorded here."""
        self.revision += 1
        loaded = canvas_json.canvas_of_strokes(self.sketch.strokes, self.sketch.pens, _PEN_COLOUR)
        self.initial = {**loaded, "revision": self.revision}

    def _replace(self, sketch: Sketch) -> None:
        self.sketch, self.backdrop = sketch, _backdrop(sketch.picture)
        self.restart()
        self.overrule()

    def overrule(self) -> None:
        """What the canvas said last no longer holds; what is recorded here does."""
        if _KEY in st.session_state:
            st.session_state[_KEY]["drawing"] = {"raw": self.initial, "data": None}
            st.session_state[_KEY]["backgroundFit"] = None


def current() -> Drawing:
    """This visitor's drawing, at first the one in the link; it outlives a walk to another page."""
    if _VISIT not in st.session_state:
        st.session_state[_VISIT] = Drawing(address.linked_drawing())
    drawing: Drawing = st.session_state[_VISIT]
    return drawing


def chosen_pen() -> int:
    """The pen's width for what is drawn next."""
    return st.session_state.get("pen", PENS[1])


def show() -> Drawing:
    """The canvas; returns what is on it now, and keeps the address saying the same."""
    drawing = current()
    arrived = _KEY not in st.session_state  # first time here, or back from another page
    if arrived:
        drawing.restart()
    else:
        errors.attempt_show_later(lambda: _hear(drawing, st.session_state[_KEY]))
    with st.container(key="canvas"):
        said = errors.attempt_show_later(lambda: _shown(drawing))
    # Nothing may be said above the canvas: a canvas that is moved on the page is a new, empty one.
    with st.container(key="canvas_errors"):
        errors.show_pending()
    if arrived and said is not None:
        before = drawing.sketch.strokes
        errors.attempt_show_later(lambda: drawing.read(said))
        if drawing.sketch.strokes != before:
            # A canvas that outlived the server has the last word; it was just told to load less.
            drawing.restart()
            st.rerun()
    address.tell_drawing(drawing.sketch)
    return drawing


def _hear(drawing: Drawing, said: Any) -> None:
    """Take over what the canvas has said, before anything else reads it.

    Raises InkError for what no canvas says; the canvas is then given back what was recorded.
    """
    try:
        told = said.get("drawing") if isinstance(said, dict) else None
        if not isinstance(told, dict):
            raise _unheard()
        drawing.read(told.get("raw"))
    except InkError:
        drawing.restart()
        drawing.overrule()
        raise


def _shown(drawing: Drawing) -> Any:
    """Show the canvas and return what it holds. Raises InkError for what no canvas holds."""
    try:
        result = st_canvas(
            stroke_width=chosen_pen(),
            stroke_color=_PEN_COLOUR,
            width=SIDE,
            height=SIDE,
            initial_drawing=drawing.initial,
            background_image=drawing.backdrop,
            key=_KEY,
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise _unheard() from error
    return result.json_data


def _unheard() -> InkError:
    return InkError("The canvas sent no drawing; what was drawn before is still there.")


def _backdrop(picture: np.ndarray | None) -> Image.Image | None:
    """The picture in the pen's colour, one block of canvas pixels for each of its pixels."""
    if picture is None:
        return None
    alpha = Image.fromarray(picture)
    white = Image.new("L", alpha.size, 255)
    return Image.merge("LA", (white, alpha)).resize((SIDE, SIDE), Image.Resampling.NEAREST)
