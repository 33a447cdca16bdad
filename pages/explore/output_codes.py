"""How F6 becomes an answer: codes, distances, probabilities, and where drawings lie."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.common import shown_input
from pages.parts.network import network
from pages.parts.output_codes import sample_plane, sections
from pages.parts.shell import page
from pages.parts.shell.errors import attempt


@st.fragment
def explore(net: network.Network) -> None:
    """Everything that follows the drawing; only the open part is made."""
    top = st.container()
    show = {
        _("Distances"): sections.distances,
        _("F6 by hand"): sections.by_hand,
        _("The codes"): sections.code_set,
        _("Probabilities"): sections.probabilities,
        _("Rejection"): sections.rejection,
    }
    opened = st.tabs([*show, _("All samples")], key="part", on_change="rerun", bind="query-params")
    *tabs, last = opened
    # The canvas comes first: what is on it now is what all the rest is about.
    places = sample_plane.draw(last) if last.open else None
    with top:
        trace = net.trace(shown_input.choose())
    for tab, section in zip(tabs, show.values(), strict=True):
        if tab.open:
            with tab:
                section(net, trace)
    if places:
        sample_plane.show(net, trace, places)


def main() -> None:
    page.heading(
        _("Output codes"), _("See how far the network's last picture is from the ten it knows.")
    )
    if (net := attempt(network.load)) is not None:
        explore(net)


main()
