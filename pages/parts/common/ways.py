"""Ways from one page to another, which take the drawing along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import streamlit as st

from lenet.catalogue import gettext as _

if TYPE_CHECKING:
    from lenet.units import Unit

DRAW = ""
"""The address of the page where one draws."""

_PAGES = "pages_by_address"


def remember(pages: Iterable[st.Page]) -> None:
    """Know the pages of the navigation, by their addresses."""
    st.session_state[_PAGES] = {page.url_path: page for page in pages}


def to(address: str, label: str, chosen: Mapping[str, str] | None = None) -> None:
    """A link to the page of that address with what is ``chosen`` there.

    A page that is run by itself, without the navigation, knows no other.
    """
    page = st.session_state.get(_PAGES, {}).get(address)
    if page is not None:
        st.page_link(page, label=label, query_params=dict(chosen or {}))


def to_drawing(unit: Unit | str) -> None:
    """A link to a unit of the draw page, pinned there on the visitor's drawing."""
    pinned = unit if isinstance(unit, str) else unit.key
    to(DRAW, _("See it on your drawing"), {"pin": pinned})
