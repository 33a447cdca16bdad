"""The points on which textbooks and the paper disagree, as a table."""

from __future__ import annotations

from html import escape

import streamlit as st

from lenet.analysis import disagreements
from lenet.catalogue import gettext as _
from pages.parts.common.section import section


def settled() -> None:
    """Every disagreement with the paper's section."""
    section(_("What is often said about LeNet-5, and what does the paper say?"))
    titles = (
        _("point"),
        _("often seen"),
        _("the paper"),
        _("section"),
        _("what it does to the counts"),
    )
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    rows = "".join(
        f"<tr><th>{escape(one.point)}</th>"
        + "".join(
            f"<td>{escape(text)}</td>" for text in (one.often, one.paper, one.section, one.effect)
        )
        + "</tr>"
        for one in disagreements.all_of_them()
    )
    st.html(
        '<div class="facts words" tabindex="0"><table><thead><tr>'
        f"{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
