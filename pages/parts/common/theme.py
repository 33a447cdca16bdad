"""The theme that the visitor sees, light or dark, also after it has changed under the page."""

from __future__ import annotations

import streamlit as st

from lenet.browser.assets import asset
from lenet.figures import palette
from pages.parts.common import component_value

_KEY = "theme"

_theme = st.components.v2.component("lenet_theme", js=asset("loaders", "theme.js"))


def current() -> str:
    """ "light" or "dark": what the browser has said last."""
    said = component_value.get(_KEY, "seen") or st.context.theme.type
    return "dark" if said == "dark" else "light"


def follow() -> None:
    """Run the page again when the theme changes, which Streamlit alone does not.

    What the figures' colours become on paper goes with it.
    """
    theme = current()
    data = {
        "made_for": theme,
        "values_onto_paper": palette.values_onto_paper(theme),
        "onto_paper": palette.onto_paper(theme),
    }
    with st.container(key="theme_followed"):
        _theme(key=_KEY, data=data, on_seen_change=lambda: None, height=1)
