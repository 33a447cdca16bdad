"""A Plotly figure on a page: the theme's exact colours, no tool bar, a text alternative."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts.common import theme


def figure(made: Any, *, key: str, alt: str) -> None:
    """Show a ``go.Figure`` as wide as its column."""
    from lenet.figures.themes import (
        in_theme,
    )  # with Plotly, which a page without figures need not load

    shown = in_theme(made, theme.current())
    st.plotly_chart(shown, key=key, theme=None, config={"displayModeBar": False}, alt=alt)
