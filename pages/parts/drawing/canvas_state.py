"""A visitor's drawing, and what the canvas is given so that it shows it.

The canvas's own JSON is the record of what was drawn. The server changes it only by giving the
canvas a new initial drawing (Undo, Clear, a picture put under the pen, a link that was opened). A
running number in it makes the canvas load it even if its content is the same as before.

Undo takes back what was done last: a stroke, Clear, or what put another drawing there (a sample, a
picture). It goes back as far as ``pages.parts.drawing.earlier`` keeps, within one visit.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from PIL import Image

from lenet import ink
from lenet.drawing import Drawing, InkError, canvas_json, link, size_normalisation
from lenet.drawing.strokes import PENS, SIDE
from pages.parts.common import address, component_value
from pages.parts.drawing import presses
from pages.parts.drawing.earlier import Earlier
from pages.serving import streamlit_internals

if TYPE_CHECKING:
    import torch

# On a transparent canvas; where the paper is white too, assets/canvas/canvas.html turns it dark.
PEN_COLOUR = "#ffffff"

FIRST, SECOND = "", "_2"
"""The two drawings of a page: the ends of the keys of everything that belongs to one of them."""

KEY = "drawing"
"""The key of the first drawing's canvas component, and its name in the address."""

_VISIT = "visit_drawing"


class CanvasState:
    """A visitor's drawing, and what the canvas component was given to show it.

    ``revision`` counts what the canvas was given, ``replaced`` how often that was another drawing
    than the one on it; ``initial`` is the JSON it starts from, ``backdrop`` the picture under the
    pen. The drawing took the place of the last one in ``earlier`` with its first ``began`` strokes.
    ``handled`` is the number of the browser's last press of a button that is done here.
    """

    def __init__(self, drawing: Drawing, which: str = FIRST) -> None:
        self.which = which
        self.key = KEY + which
        self.drawing = drawing
        self.backdrop = _backdrop(drawing.picture)
        self.revision = self.replaced = self.began = self.handled = 0
        self.earlier = Earlier()
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
            "under": None if picture is None else _base64(link.picture_bytes(picture)),
            "points": [len(stroke) for stroke in strokes],
            "pens": self.drawing.pens,
            "nextPen": chosen_pen(),
            "began": self.began,
            "level": self.earlier.level,
            "oldest": self.earlier.oldest,
            "handled": self.handled,
        }
        arrays = [] if picture is None else [size_normalisation.values(picture / 255)]
        return header, arrays + [np.array(stroke) for stroke in strokes]

    def undo(self) -> None:
        """Take back the last stroke, or what cleared or replaced the drawing before."""
        if self.earlier and len(self.drawing.strokes) <= self.began:
            self._show(*self.earlier.take())
        else:
            self._show(self.drawing.without_last_stroke(), self.began)

    def clear(self) -> None:
        """An empty canvas."""
        if not self.drawing.is_empty:
            self.earlier.keep(self.drawing, self.began)
        self._show(Drawing(), 0)

    def put(self, picture: torch.Tensor) -> None:
        """Start again with a prepared picture (1, 1, 32, 32) under the pen, as grey levels."""
        self.put_drawing(Drawing(picture=size_normalisation.grey_levels(picture)))

    def put_drawing(self, drawing: Drawing) -> None:
        """Start again with another drawing."""
        self.earlier.keep(self.drawing, self.began)
        self._show(drawing, len(drawing.strokes))

    def take_presses(self, sent: object) -> None:
        """Do what the browser says that was pressed there."""
        for press in presses.read(sent, after=self.handled):
            self.handled = press.number
            if not press.clear:
                self.undo()
                continue
            if press.drawing is not None:  # with what the canvas had not sent yet
                self.drawing = press.drawing
            if press.done:
                self._has_cleared_itself()
            else:
                self.clear()

    def _has_cleared_itself(self) -> None:
        """Record what was on the canvas, which has been emptied by its own history."""
        before = self.drawing
        if before.is_empty:
            return
        self.earlier.keep(before, self.began)
        self.drawing, self.backdrop, self.began = Drawing(), None, 0
        self.replaced += 1
        sent = component_value.get(self.key, "drawing")
        try:
            strokes = canvas_json.read(sent.get("raw") if isinstance(sent, dict) else None).strokes
        except InkError:
            return
        if strokes == before.strokes[: len(strokes)]:  # not what was drawn since
            self.reset_value()

    def reload(self) -> None:
        """Have the canvas load what is recorded here."""
        self.revision += 1
        loaded = canvas_json.write(self.drawing, PEN_COLOUR)
        self.initial = {**loaded, "revision": self.revision}

    def reset_value(self) -> None:
        """Make what is recorded here the canvas's value, in place of what it sent last."""
        streamlit_internals.overwrite_component_value(
            self.key, drawing={"raw": self.initial, "data": None}, backgroundFit=None
        )

    def _show(self, drawing: Drawing, began: int) -> None:
        self.drawing, self.backdrop, self.began = drawing, _backdrop(drawing.picture), began
        self.replaced += 1
        self.reload()
        self.reset_value()


def current(which: str = FIRST) -> CanvasState:
    """This visitor's drawing, at first the one in the link; it outlives a walk to another page."""
    key = _VISIT + which
    if key not in st.session_state:
        st.session_state[key] = CanvasState(address.linked_drawing(KEY + which), which)
    state: CanvasState = st.session_state[key]
    return state


def chosen_pen() -> int:
    """The pen's width for what is drawn next."""
    return st.session_state.get("pen", PENS[1])


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _backdrop(picture: np.ndarray | None) -> Image.Image | None:
    """The picture in the pen's colour, one block of canvas pixels for each of its pixels."""
    if picture is None:
        return None
    alpha = Image.fromarray(picture)
    white = Image.new("L", alpha.size, 255)
    return Image.merge("LA", (white, alpha)).resize((SIDE, SIDE), Image.Resampling.NEAREST)
