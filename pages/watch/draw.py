"""Draw a digit and see the whole network answer."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.common import waiting
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
from pages.parts.shell import keys, page


@st.fragment
def watch(net: network.Network) -> None:
    """Everything that follows a stroke."""
    beside, view = st.columns([1, 3], gap="medium")
    with beside:
        place = st.container(key="pad")
        controls.pen_slider()
    with place:
        picture_sources.take_photo(canvas_state.current())
        state = canvas.show()
        controls.beside(state)
        gallery.listen_to_digit_keys(state.put)
        prepared = trace = None
        if waiting.pytorch_is_ready():
            prepared = attempt(state.prepared)
            trace = net.trace(prepared)
            answer.show(None if prepared is None else net.answer(trace))
        else:
            answer.leave_to_the_browser(drawn=not state.drawing.is_empty)
        found.show(state)
    with view:
        network_view.show(trace, state, net, empty=prepared is None)


def main() -> None:
    tools = page.heading(
        _("Inside LeNet-5"), _("Draw a digit. Every unit of the 1998 network answers.")
    )
    with st.container(key="page_errors"):  # always there, so that what follows never moves
        net = attempt(network.load)
    if net is not None:
        with tools:
            downloads.show(net)
            keys.show()
        with st.container(key="watch"):
            watch(net)
        enlarged.show(net, lambda: canvas_state.current().prepared())


main()
