"""One word of the glossary: its scheme, what it means, and the ways to where it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Any

import streamlit as st

from lenet.catalogue import gettext as _
from lenet.figures.schemes import schemes
from lenet.glossary import Entry
from pages.parts.common import ways

_COLUMNS = 3


def show_all(entries: Sequence[Entry]) -> None:
    """Side by side, as many as there is room for."""
    for first in range(0, len(entries), _COLUMNS):
        for column, one in zip(
            st.columns(_COLUMNS, gap="medium"), entries[first : first + _COLUMNS], strict=False
        ):
            with column:
                _show(one)


def _show(entry: Entry) -> None:
    with st.container(key=f"entry_{entry.key.replace('-', '_')}", gap="xsmall"):
        st.html(
            f'<h3 class="entry-name" id="{escape(entry.key)}">{escape(entry.name)}</h3>'
            f'<p class="entry-text">{escape(entry.text)}</p>'
        )
        if entry.key in schemes():
            _scheme(entry.key)(key=f"scheme_{entry.key}", height="content")
        with st.container(horizontal=True, gap="small"):
            if entry.unit:
                ways.to_drawing(entry.unit)
            if entry.page:
                ways.to(entry.page, _("See more of it"), entry.chosen)


@cache
def _scheme(key: str) -> Any:
    """A component, because Streamlit takes SVG out of markup."""
    return st.components.v2.component(f"lenet_scheme_{key}", html=schemes()[key])
