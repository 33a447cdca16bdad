"""The tour's strip on every page, as long as a tour is on."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from lenet import catalogue
from lenet.catalogue import gettext as _
from lenet.tour import shelf
from lenet.tour.reading import TourError
from pages.parts.common import component_value
from pages.parts.common.component import component
from pages.parts.network import bundle

STEP, TOUR = "step", "tour"
"""Names in the address: where one is in a tour, and in which, if not in the built-in one."""

_ON = "tour_on"
_KEY = "tour_strip"
_KEPT = ("lang", "present", TOUR)

_strip = component("tour")


def follow(here: str, pages: Mapping[str, Any]) -> None:
    """Show the tour that the address names, and take the visitor to the page of a step.

    ``here`` and ``pages`` have pages by the names that tours know them by. Other pages keep the
    tour until it is ended.
    """
    name = st.query_params.get(TOUR, "")
    if STEP in st.query_params:
        st.session_state[_ON] = name
    if component_value.get(_KEY, "ended"):
        st.session_state.pop(_ON, None)
    if _ON not in st.session_state:
        return
    name = st.session_state[_ON]
    try:
        tour = shelf.named(name)
    except TourError:
        del st.session_state[_ON]
        _say_faulty()
        return
    asked = component_value.get(_KEY, "go")
    step = next((step for step in tour.steps if step.id == asked), None)
    if step and (page := pages.get(step.page)):
        for key in step.state:
            st.session_state.pop(key, None)  # the address comes first where nothing is chosen
        kept = {key: st.query_params[key] for key in _KEPT if key in st.query_params}
        st.switch_page(page, query_params={**kept, **step.address, STEP: step.id})
    translated = catalogue.gettext if name == shelf.BUILT_IN else str  # a teacher's own: as written
    data = bundle.packed(tour=tour.described(translated), page=here, name=name)
    with st.container(key="tour"):
        _strip(
            key=_KEY, data=data, on_go_change=lambda: None, on_ended_change=lambda: None, height=1
        )


def _say_faulty() -> None:
    text = escape(_("This tour has faults and cannot be shown."))
    link = escape(_("Take the built-in tour instead."))
    st.html(f'<p class="tour-faulty">{text} <a href="tour" target="_self">{link}</a></p>')
