"""The points on which textbooks and the paper disagree, as a table."""

from __future__ import annotations

import streamlit as st

from lenet.analysis import disagreements
from lenet.catalogue import as_list
from lenet.catalogue import gettext as _
from lenet.variants import COMPARED_WITH, VARIANTS
from pages.parts.common import ways
from pages.parts.common.section import section
from pages.parts.common.table import as_html


def settled() -> None:
    """Every disagreement with the paper's section, and the way to what each choice does."""
    section(_("What is often said about LeNet-5, and what does the paper say?"))
    titles = (
        _("point"),
        _("often seen"),
        _("the paper"),
        _("section"),
        _("what it does to the counts"),
    )
    points = disagreements.all_of_them()
    rows = [(one.point, one.often, one.paper, one.section, one.effect) for one in points]
    st.html(as_html(titles, rows, kind="points"))
    section(_("And what does each choice do?"))
    st.caption(
        _("Each was trained, and LeNet-5 with the same budget: compare them under the same pen.")
    )
    with st.container(horizontal=True, key="disagreeing_networks"):
        for one in points:
            if one.networks:
                _way_to(one)


def _way_to(one: disagreements.Disagreement) -> None:
    """A link to the networks that were built as is often seen, beside LeNet-5."""
    label = _("{point}: {networks}").format(
        point=one.point, networks=as_list(VARIANTS[name].title() for name in one.networks)
    )
    ways.to("variants", label, {"networks": ",".join((COMPARED_WITH, *one.networks))})
