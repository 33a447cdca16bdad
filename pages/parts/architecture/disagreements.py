"""The points on which textbooks and the paper disagree, as a table."""

from __future__ import annotations

from html import escape

import streamlit as st

from lenet.analysis import disagreements
from pages.parts.common.section import section

_HEAD = ("point", "often seen", "the paper", "section", "what it does to the counts")


def settled() -> None:
    """Every disagreement with the paper's section."""
    section("What is often said about LeNet-5, and what does the paper say?")
    head = "".join(f"<th>{title}</th>" for title in _HEAD)
    rows = "".join(
        f"<tr><th>{escape(one.point)}</th>"
        + "".join(
            f"<td>{escape(text)}</td>" for text in (one.often, one.paper, one.section, one.effect)
        )
        + "</tr>"
        for one in disagreements.all_of_them()
    )
    st.html(
        '<div class="facts words"><table><thead><tr>'
        f"{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
