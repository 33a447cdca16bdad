"""The network view: the component that shows a trace."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from lenet.browser.assets import asset, component_js
from lenet.browser.packing import pack, zipped
from lenet.browser.place import DRAW_PAGE, Place
from lenet.catalogue import gettext as _
from lenet.catalogue import language
from pages.parts.common import component_value
from pages.parts.network import bundle
from pages.parts.network.network import Network

if TYPE_CHECKING:
    from lenet import Trace
    from pages.parts.drawing.canvas_state import CanvasState


def show(
    trace: Trace | None,
    canvas: CanvasState,
    network: Network,
    *,
    empty: bool,
    place: Place = DRAW_PAGE,
) -> None:
    """Show the trace of what is on the canvas; without ink (``empty``) it has no answer.

    Without a trace the browser shows its own, and does not call it verified.
    """
    layers = [trace[key][0].numpy() for key in network.architecture.by_key] if trace else []
    before = {key: sums[0].numpy() for key, sums in trace.before.items()} if trace else {}
    described, values = canvas.described()
    header = {
        "needs": bundle.needs(network),
        "place": place.described(network.architecture),
        "traced": trace is not None,
        "before": list(before),
        "empty": empty,
        "drawing": described,
    }
    with st.container(key=place.key):
        # The view asks for its fragment to run where a button was pressed or an answer is overdue.
        data = zipped(pack(header, [*layers, *before.values(), *values]))
        key = f"{place.key}_view"

        def asked() -> None:
            canvas.take_presses(component_value.get(key, "asked"))

        _view(language())(key=key, data=data, on_asked_change=asked)


@cache
def _view(name: str) -> Any:
    """The component in a language: its one text stands there before any module has come."""
    waiting = _("The network\u2019s weights are on their way. You can draw already.")
    return st.components.v2.component(
        f"lenet_view_{name}",
        html=asset("network_view", "view.html").replace("></p>", f">{escape(waiting)}</p>"),
        js=component_js("network_view/index.js"),
    )
