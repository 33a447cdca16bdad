"""A Plotly figure on a page: exact colours, no tool bar, a text alternative."""

from __future__ import annotations

from typing import Any

import streamlit as st


def figure(made: Any, *, key: str, alt: str) -> None:
    """Show a ``go.Figure`` as wide as its column."""
    st.plotly_chart(made, key=key, theme=None, config={"displayModeBar": False}, alt=alt)
