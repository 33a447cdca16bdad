"""LeNet-5 and its relatives under the same pen: what each choice of 1998 makes of a drawing."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.compare import chosen
from pages.parts.drawing import canvas, controls
from pages.parts.network.network import Network
from pages.parts.shell import page
from pages.parts.variants import measured


@st.fragment
def under_the_pen(networks: list[Network]) -> None:
    """Everything that follows a stroke."""
    with st.container(key="pad"):
        state = canvas.show()
    controls.beside(state)


def main() -> None:
    page.heading(
        _("Variants"), _("Draw a digit, and see what other networks than LeNet-5 make of it.")
    )
    networks = chosen.load(chosen.choose(chosen.ON_VARIANTS))
    under_the_pen(networks)
    measured.show([one.name for one in networks])


main()
