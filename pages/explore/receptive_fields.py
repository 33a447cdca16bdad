"""What a unit can see, which pixels change it, and which samples activate it most."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.common import shown_input, unit_picker
from pages.parts.network import network
from pages.parts.receptive_fields import fields_view, sections
from pages.parts.shell import page
from pages.parts.shell.errors import attempt


@st.fragment
def explore(net: network.Network) -> None:
    """Everything that follows the unit; of the tabs only the open one is made."""
    left, right = st.columns([6, 5], gap="medium")
    with left:
        unit = unit_picker.pick()
        x = shown_input.choose()
        fields_view.show(net.trace(x), unit, unit_picker.put)
    with right:
        show = {
            _("Effective field"): sections.effective,
            _("Top activations"): sections.top_activated,
            _("Who sees it"): sections.who_sees_it,
            _("How fields grow"): sections.growth,
            _("Centres"): sections.centres,
        }
        opened = st.tabs(list(show), key="about", on_change="rerun", bind="query-params")
        for tab, section in zip(opened, show.values(), strict=True):
            if tab.open:
                with tab:
                    section(net, x, unit)


def main() -> None:
    page.heading(
        _("Receptive fields"),
        _("Point at any unit and see exactly what it can see; click to keep it."),
    )
    if (net := attempt(network.load)) is not None:
        explore(net)


main()
