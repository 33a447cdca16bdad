"""Draw a digit and see the whole network answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lenet.browser.place import DRAW_PAGE, TWO_DRAWINGS, Place
from lenet.catalogue import gettext as _
from pages.parts.common import address, waiting
from pages.parts.common.errors import attempt
from pages.parts.drawing import (
    canvas,
    canvas_state,
    controls,
    downloads,
    found,
    gallery,
    picture_sources,
)
from pages.parts.network import answer, enlarged, network, network_view
from pages.parts.shell import page

if TYPE_CHECKING:
    from lenet import Trace

_PENS = "pens"  # in the address


@st.fragment
def watch(net: network.Network, place: Place) -> None:
    """Everything that follows a stroke."""
    beside, view = st.columns([1, 3], gap="medium")
    with beside:
        pad = st.container(key="pad")
        controls.pen_slider()
    with pad:
        picture_sources.take_photo(canvas_state.current())
        state = canvas.show()
        controls.beside(state)
        trace, inked = _read(net, state, place)
        found.show(state)
    with view:
        network_view.show(trace, state, net, empty=not inked, place=place)


@st.fragment
def watch_second(net: network.Network, place: Place) -> None:
    """A second drawing, read by the same network."""
    beside, view = st.columns([1, 3], gap="medium")
    with beside, st.container(key="pad_2"):
        state = canvas.show(canvas_state.SECOND)
        controls.below_the_second(state, canvas_state.current())
        trace, inked = _read(net, state, place)
    with view:
        network_view.show(trace, state, net, empty=not inked, place=place)


def _two_drawings() -> bool:
    """Whether there are two drawings, which the address says and a button changes."""
    two = st.query_params.get(_PENS) == "2"
    st.button(
        _("One drawing alone") if two else _("A second drawing below the first"),
        key="two",
        on_click=lambda: address.put(_PENS, None if two else "2"),
    )
    return two


def _read(
    net: network.Network, state: canvas_state.CanvasState, place: Place
) -> tuple[Trace | None, bool]:
    """Say what is read, and return (the trace or None, whether there is ink)."""
    assert place.answer
    if not waiting.pytorch_is_ready():
        answer.leave_to_the_browser(drawn=not state.drawing.is_empty, key=place.answer)
        return None, False
    prepared = attempt(state.prepared)
    trace = net.trace(prepared)
    answer.show(None if prepared is None else net.answer(trace), place.answer)
    return trace, prepared is not None


def main() -> None:
    tools = page.heading(
        _("Inside LeNet-5"), _("Draw a digit. Every unit of the 1998 network answers.")
    )
    with st.container(key="page_errors"):  # always there, so that what follows never moves
        net = attempt(network.load)
    if net is not None:
        with tools:
            downloads.show(net)
        gallery.listen_to_digit_keys(canvas_state.current().put)
        rows = st.container(key="watch"), st.container(key="watch_2")
        two = _two_drawings()
        places = TWO_DRAWINGS if two else (DRAW_PAGE,)
        for row, show, place in zip(rows, (watch, watch_second), places, strict=False):
            with row:
                show(net, place)
        enlarged.show(net, lambda: canvas_state.current().prepared())


main()
