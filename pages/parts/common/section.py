"""The head of a section: the question that its figures answer."""

from __future__ import annotations

from html import escape

import streamlit as st


def section(question: str) -> None:
    """A heading one step below the page's title."""
    st.html(
        '<h2 style="font-size: 1.15rem; font-weight: 700; margin: 1rem 0 0; padding: 0">'
        f"{escape(question)}</h2>"
    )
