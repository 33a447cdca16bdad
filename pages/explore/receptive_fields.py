"""What a unit can see, which pixels change it, and which samples activate it most."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.common import unit_picker, ways
from pages.parts.common.choice import tabs
from pages.parts.common.errors import attempt
from pages.parts.drawing import shown_input
from pages.parts.network import network
from pages.parts.receptive_fields import fields_view, sections
from pages.parts.shell import page


@st.fragment
def explore(net: network.Network) -> None:
    """Everything that follows the unit; of the tabs only the open one is made."""
    left, right = st.columns([6, 5], gap="medium")
    with left:
        unit = unit_picker.pick()
        x = shown_input.choose()
        fields_view.show(net.trace(x), unit, unit_picker.put)
        ways.to_drawing(unit)
    with right:
        for name, tab in tabs(sections.titles(), key="about", formerly=sections.FORMERLY).items():
            if tab.open:
                with tab:
                    sections.SECTIONS[name](net, x, unit)


def main() -> None:
    page.heading(
        _("Receptive fields"),
        _("Point at any unit and see exactly what it can see; click to keep it."),
    )
    if (net := attempt(network.load)) is not None:
        explore(net)


main()
