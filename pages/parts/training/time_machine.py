"""The time machine: what is recorded of trainings."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.common import errors
from pages.parts.common.choice import selection
from pages.parts.common.errors import attempt
from pages.parts.training import errors_figures, recorded

FIRST = "1998"
"""The run that is shown at first."""


def show() -> None:
    """The whole part, or a sentence where nothing is recorded."""
    found = attempt(recorded.runs)
    if found is None:
        return
    for sentence in found.missing.values():
        errors.show(sentence)
    titles = {name: title for name, title in recorded.titles().items() if name in found.runs}
    if not titles:
        return
    first = FIRST if FIRST in titles else next(iter(titles))
    name = selection(_("Run"), titles, first, key="run", label_visibility="collapsed", width=340)
    st.caption(recorded.about(name))
    errors_figures.show(found, name)
