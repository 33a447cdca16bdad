"""The canvas component: with ink in the theme's colour, without buttons of its own, and its pen.

Its package has no option for either, so ``assets/canvas/canvas.html`` is put before the markup that
the package declares, and is there before the first stroke can be.
"""

from __future__ import annotations

import re

import streamlit as st

from lenet.browser.assets import asset
from pages.parts.common.component import component
from pages.parts.network import bundle
from pages.serving import streamlit_internals


def _for_every_stroke(markup: str) -> str:
    """The same markup without comments and indents: it is sent with each stroke."""
    return re.sub(r"/\*.*?\*/|<!--.*?-->|^\s+|\n", "", markup, flags=re.DOTALL | re.MULTILINE)


streamlit_internals.import_with_markup(
    "streamlit_drawable_canvas", _for_every_stroke(asset("canvas", "canvas.html"))
)

from streamlit_drawable_canvas import st_canvas  # noqa: E402 - after what it is imported with

__all__ = ["pen", "st_canvas"]

_pen = component("canvas", "index")


def pen(canvas: str) -> None:
    """What understands mouse and fingers for the canvas in the container of that key."""
    with st.container(key=f"{canvas}_pen"):
        _pen(key=f"pen_of_{canvas}", data=bundle.packed(canvas=canvas), height=1)
