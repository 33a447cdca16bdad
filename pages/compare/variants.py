"""LeNet-5 and its relatives under the same pen: what each choice of 1998 makes of a drawing."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.common.errors import attempt
from pages.parts.compare import chosen
from pages.parts.drawing import canvas, controls
from pages.parts.network.network import Network
from pages.parts.shell import page
from pages.parts.variants import comparison, measured


@st.fragment
def under_the_pen(networks: list[Network]) -> None:
    """Everything that follows a stroke."""
    beside, view = st.columns([1, 3], gap="medium")
    with beside:
        with st.container(key="compare_pad"):
            state = canvas.show()
            controls.beside(state)
            prepared = attempt(state.prepared)
        controls.pen_slider()
    traces = [network.trace(prepared) for network in networks]
    with view, st.container(key="compared"):
        if networks:
            comparison.show(networks, traces, state, empty=prepared is None)


def main() -> None:
    page.heading(
        _("Variants"), _("Draw a digit, and see what other networks than LeNet-5 make of it.")
    )
    networks = chosen.load(chosen.choose(chosen.ON_VARIANTS))
    with st.container(key="compare"):
        under_the_pen(networks)
    measured.show([one.name for one in networks])


main()
