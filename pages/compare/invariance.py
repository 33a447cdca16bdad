"""What a network still reads when the drawing is moved, turned, scaled or disturbed."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.common.errors import attempt
from pages.parts.compare import chosen
from pages.parts.drawing import pad
from pages.parts.invariance import disturbed_view, words
from pages.parts.network import bundle
from pages.parts.network.network import Network
from pages.parts.shell import page


@st.fragment
def under_the_pen(networks: list[Network], samples: str) -> None:
    """Everything that follows a stroke."""
    beside, view = st.columns([1, 3], gap="medium")
    with beside:
        state = pad.show()
        prepared = attempt(state.prepared)
    with view:
        if networks:
            disturbed_view.show(prepared, state, networks, samples)
    with beside, st.container(key="invariance_words"):
        words.show()


def main() -> None:
    page.heading(
        _("Invariance"), _("Draw a digit, disturb it, and see which network still reads it.")
    )
    networks = chosen.load(chosen.choose(chosen.ON_INVARIANCE))
    samples = attempt(bundle.send_samples)
    under_the_pen(networks, samples or "")


main()
