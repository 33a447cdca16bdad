"""The drawing canvas, and the drawing of record that it holds.

The canvas's own JSON is the drawing. The server only ever changes it by handing the canvas a
new initial drawing (Undo, Clear, a picture put under the pen); a running number in it tells
the canvas that even the same content is meant anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import st_canvas

from lenet import ink, spec
from pages.parts.trouble import or_sentence

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

Points = list[tuple[float, float]]


class Drawing:
    """What the visitor has drawn: strokes, and a picture under them if one was chosen."""

    def __init__(self) -> None:
        self.raw: dict[str, Any] = {"objects": []}
        self.strokes: list[Points] = []
        self.picture: torch.Tensor | None = None
        self.backdrop: Image.Image | None = None
        self.revision = 0
        self.initial: dict[str, Any] = {}
        self.restart()

    def read(self, raw: Any) -> None:
        """Take over what the canvas says. Raises InkError for what no canvas draws."""
        self.raw, self.strokes = {"objects": []}, []
        if isinstance(raw, dict) and isinstance(raw.get("objects"), list):
            self.strokes = ink.strokes_of_canvas(raw)
            self.raw = raw

    def has_ink(self) -> bool:
        """Whether there is anything to read; what lies beside the canvas counts, too."""
        return bool(self.strokes) or self.picture is not None

    def prepared(self, pen: int) -> torch.Tensor | None:
        """(1, 1, 32, 32) input for the network, or None without ink."""
        if self.picture is None:
            return ink.from_strokes(self.strokes, size=(SIDE, SIDE), pen=pen)
        return ink.over(self.picture, self.strokes, size=(SIDE, SIDE))

    def described(self) -> tuple[dict[str, Any], list[np.ndarray]]:
        """A header and arrays from which the browser makes the same drawing."""
        header = {
            "revision": self.revision,
            "initial": len(self.initial["objects"]),
            "canvas": {"width": SIDE, "height": SIDE, "pen": chosen_pen()},
            "picture": self.picture is not None,
            "points": [len(stroke) for stroke in self.strokes],
        }
        arrays = [] if self.picture is None else [self.picture.numpy()]
        return header, arrays + [np.array(stroke) for stroke in self.strokes]

    def undo(self) -> None:
        """Take the last stroke back; when there is none, the picture."""
        objects = self.raw["objects"]
        if not objects:
            self.picture = self.backdrop = None
        self._replace(objects[:-1])

    def clear(self) -> None:
        """An empty canvas."""
        self.picture = self.backdrop = None
        self._replace([])

    def put(self, picture: torch.Tensor) -> None:
        """Start again with a prepared picture (1, 1, 32, 32) under the pen."""
        self.picture, self.backdrop = picture, _backdrop(picture)
        self._replace([])

    def restart(self) -> None:
        """Have the canvas load what is recorded here."""
        self.revision += 1
        self.initial = {**self.raw, "revision": self.revision}

    def _replace(self, objects: list[Any]) -> None:
        self.raw = {**self.raw, "objects": objects}
        self.restart()
        if _KEY in st.session_state:  # what the canvas said last no longer holds
            st.session_state[_KEY]["drawing"] = {"raw": self.raw, "data": None}


def current() -> Drawing:
    """This visitor's drawing; it outlives a walk to another page."""
    return st.session_state.setdefault("visit_drawing", Drawing())


def chosen_pen() -> int:
    """The pen's width; its slider stands further down the page."""
    return st.session_state.get("pen", PENS[1])


def show(pen: int) -> Drawing:
    """The canvas, drawing with a pen of that many pixels; returns what is on it now."""
    drawing = current()
    if _KEY not in st.session_state:  # first time here, or back from another page
        drawing.restart()
    with st.container(key="canvas"):
        result = st_canvas(
            stroke_width=pen,
            stroke_color=_PEN_COLOUR,
            width=SIDE,
            height=SIDE,
            initial_drawing=drawing.initial,
            background_image=drawing.backdrop,
            key=_KEY,
        )
    or_sentence(lambda: drawing.read(result.json_data))
    return drawing


def _backdrop(picture: torch.Tensor) -> Image.Image:
    """The picture in the pen's colour, one block of canvas pixels for each of its pixels."""
    coverage = (picture[0, 0].numpy() - spec.BACKGROUND) / (spec.INK - spec.BACKGROUND)
    alpha = Image.fromarray((coverage.clip(0, 1) * 255).round().astype(np.uint8))
    white = Image.new("L", alpha.size, 255)
    return Image.merge("LA", (white, alpha)).resize((SIDE, SIDE), Image.Resampling.NEAREST)
