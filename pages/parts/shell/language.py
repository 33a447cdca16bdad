"""In which language a visitor reads."""

from __future__ import annotations

import streamlit as st

from lenet import catalogue
from pages.serving import streamlit_internals

_KEY = "language"


def choose() -> None:
    """Use the language that the address names, ``?lang=fr``, or the one of the visit so far."""
    catalogue.ask_for_language(_of_the_visit)
    if (name := st.query_params.get("lang")) in catalogue.LANGUAGES:
        st.session_state[_KEY] = name
    catalogue.use_language(st.session_state.get(_KEY, catalogue.SOURCE))


def _of_the_visit() -> str | None:
    """That of the visitor whose fragment, dialog or callback this thread runs."""
    if streamlit_internals.current_visit() is None:
        return None
    return str(st.session_state.get(_KEY, catalogue.SOURCE))
