"""What LeNet-5 gets wrong: beside the paper's mistakes, by class, by writer, and in F6."""

from __future__ import annotations

import streamlit as st

from lenet.browser.assets import asset
from lenet.catalogue import gettext as _
from pages.parts.common.errors import attempt
from pages.parts.drawing import pad
from pages.parts.mistakes import pen, sections
from pages.parts.network import network
from pages.parts.shell import page


@st.fragment
def under_the_pen(net: network.Network) -> None:
    """Everything that follows a stroke."""
    state = pad.show()
    pen.show(net, state)


def main() -> None:
    st.html(f"<style>{asset('mistakes', 'page.css')}</style>")
    page.heading(
        _("Mistakes"), _("See which digits LeNet-5 misreads, and put any of them under the pen.")
    )
    if (net := attempt(network.load)) is None:
        return
    beside, rest = st.columns([1, 3], gap="medium")
    with beside, st.container(key="mistakes_pen"):
        under_the_pen(net)
    with rest, st.container(key="mistakes"):
        sections.show()


main()
