"""The canvas component: with ink in the theme's colour, without buttons of its own, and its pen.

The component lives in a shadow root that no style sheet of the page reaches, and its package has
no option for either. So what ``assets/canvas/canvas.html`` holds is put before the markup that the
package declares, while it declares it: it is there before the first stroke can be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.parts.common.assets import asset, component_js
from pages.parts.network import bundle


def _import_with(markup: str) -> Callable[..., Any]:
    declare = st.components.v2.component

    def declare_with_markup(*arguments: Any, html: str, **named: Any) -> Any:
        return declare(*arguments, html=markup + html, **named)

    components: Any = st.components.v2
    components.component = declare_with_markup
    try:
        from streamlit_drawable_canvas import st_canvas
    finally:
        components.component = declare
    return st_canvas


st_canvas = _import_with(asset("canvas", "canvas.html"))

_pen = st.components.v2.component("lenet_pen", js=component_js("canvas/index.js"))


def pen(canvas: str) -> None:
    """What understands mouse and fingers for the canvas in the container of that key."""
    with st.container(key=f"{canvas}_pen"):
        _pen(key="pen_of_canvas", data=bundle.packed(canvas=canvas), height=1)
