"""What was measured of all networks, a tab for each question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from lenet.browser.assets import asset
from lenet.catalogue import gettext as _
from pages.parts.common.choice import tabs
from pages.parts.variants import claims, curves, disagreeing, table

_TABS: dict[str, Callable[[Sequence[str]], None]] = {
    "networks": table.show,
    "training": curves.show,
    "alexnet": claims.show,
    "disagreeing": disagreeing.show,
}


def show(chosen: Sequence[str]) -> None:
    """Figures of all networks, in which the chosen ones are marked."""
    st.html(f"<style>{asset('comparison', 'measured.css')}</style>")
    titles = {
        "networks": _("All networks"),
        "training": _("Training"),
        "alexnet": _("AlexNet’s claims"),
        "disagreeing": _("Who disagrees"),
    }
    for name, tab in tabs(titles, key="measured").items():
        if tab.open:
            with tab:
                _TABS[name](chosen)
