"""What a network still reads when the drawing is moved, turned, scaled or disturbed."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.compare import chosen
from pages.parts.drawing import canvas, controls
from pages.parts.network.network import Network
from pages.parts.shell import page


@st.fragment
def under_the_pen(networks: list[Network]) -> None:
    """Everything that follows a stroke."""
    with st.container(key="pad"):
        state = canvas.show()
    controls.beside(state)


def main() -> None:
    page.heading(
        _("Invariance"), _("Draw a digit, disturb it, and see which network still reads it.")
    )
    networks = chosen.load(chosen.choose(chosen.ON_INVARIANCE))
    under_the_pen(networks)


main()
