"""The points on which textbooks and the paper disagree, as a table."""

from __future__ import annotations

import streamlit as st

from lenet.analysis import disagreements
from lenet.catalogue import gettext as _
from pages.parts.common.section import section
from pages.parts.common.table import as_html


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
    rows = [
        (one.point, one.often, one.paper, one.section, one.effect)
        for one in disagreements.all_of_them()
    ]
    st.html(as_html(titles, rows, kind="points"))
