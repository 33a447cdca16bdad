"""The time machine: one's own drawing in a network at every moment of its training."""

from __future__ import annotations

import streamlit as st

from lenet.analysis.recorded_runs import RecordedRun
from lenet.catalogue import gettext as _
from pages.parts.common import errors
from pages.parts.common.choice import selection
from pages.parts.common.errors import attempt
from pages.parts.drawing import pad
from pages.parts.training import errors_figures, moments, recorded

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
    chosen, about = st.columns([1, 3], gap="medium", vertical_alignment="center")
    with chosen:
        name = selection(_("Recorded run"), titles, first, key="run", label_visibility="collapsed")
    with about, st.container(key="about_run"):
        st.caption(recorded.about(name))
    under_the_pen(found.runs[name], titles[name])
    errors_figures.show(found, name)


@st.fragment
def under_the_pen(run: RecordedRun, title: str) -> None:
    """Everything that follows a stroke."""
    beside, view = st.columns([1, 3], gap="medium")
    with beside:
        state = pad.show()
    with view:
        described = attempt(lambda: recorded.described(run))
        if described is not None:
            moments.show(described, title, state)
