"""How F6 becomes an answer: codes, distances, probabilities, and where drawings lie."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.common.choice import tabs
from pages.parts.common.errors import attempt
from pages.parts.drawing import shown_input
from pages.parts.network import network
from pages.parts.output_codes import rejection, sample_plane, sections
from pages.parts.shell import page


@st.fragment
def explore(net: network.Network) -> None:
    """Everything that follows the drawing; only the open part is made."""
    top = st.container()
    opened = tabs(sections.titles(), key="part", formerly=sections.FORMERLY)
    # A canvas comes first: what is on it now is what all the rest is about.
    planes = errors = None
    if opened[sections.ALL_SAMPLES].open:
        with opened[sections.ALL_SAMPLES]:
            planes = sample_plane.draw()
    if opened[sections.REJECTION].open:
        with opened[sections.REJECTION]:
            errors = rejection.draw()
    with top:
        trace = net.trace(shown_input.choose())
    for name, section in sections.SECTIONS.items():
        if opened[name].open:
            with opened[name]:
                section(net, trace)
    if planes:
        sample_plane.show(net, trace, planes)
    if errors:
        rejection.show(net, trace, errors)


def main() -> None:
    page.heading(
        _("Output codes"), _("See how far the network's last picture is from the ten it knows.")
    )
    if (net := attempt(network.load)) is not None:
        explore(net)


main()
