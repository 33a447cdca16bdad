"""In which language a visitor reads, and the switch that changes it."""

from __future__ import annotations

import streamlit as st

from lenet import catalogue
from lenet.browser.assets import ASSETS, asset
from pages.parts.common import address, component_value
from pages.parts.common.component import component
from pages.parts.network import bundle
from pages.serving import streamlit_internals

_IN_ADDRESS = "lang"
_CHOSEN = "language_chosen"
"""What the visitor has chosen, by the address or by the switch."""

_USED = "language"
_SWITCH = "language_switch"

_WITH_LETTERS = {path.stem for path in (ASSETS / "fonts").glob("*.css")}

_switch = component("language")


def choose() -> None:
    """Use the language that the address names, or was chosen before, or the browser prefers.

    One that was chosen, ``?lang=fr``, stays in the address of every page, and so in every link
    that is shared; one that the browser asks for does not.
    """
    catalogue.ask_for_language(_of_the_visit)
    if (asked := st.query_params.get(_IN_ADDRESS)) in catalogue.LANGUAGES:
        st.session_state[_CHOSEN] = asked
    chosen = st.session_state.get(_CHOSEN)
    address.put(_IN_ADDRESS, chosen)
    st.session_state[_USED] = chosen or _of_the_browser()
    catalogue.use_language(st.session_state[_USED])


def letters() -> str:
    """The styles that name the font of this language, where Streamlit's own has not its letters."""
    name = catalogue.language()
    return asset("fonts", f"{name}.css") if name in _WITH_LETTERS else ""


def switch() -> None:
    """Show what chooses another language, each written in itself."""
    if len(catalogue.LANGUAGES) == 1:
        return

    def chosen() -> None:
        if (name := component_value.get(_SWITCH, "chosen")) in catalogue.LANGUAGES:
            st.session_state[_CHOSEN] = name
            address.put(_IN_ADDRESS, name)

    data = bundle.packed(
        names={name: catalogue.NAMES[name] for name in catalogue.LANGUAGES},
        used=catalogue.language(),
    )
    with st.container(key="language"):
        _switch(key=_SWITCH, data=data, on_chosen_change=chosen)


def _of_the_browser() -> str:
    accepted = catalogue.preferred(st.context.headers.get("Accept-Language"))
    return accepted or catalogue.preferred(st.context.locale) or catalogue.SOURCE


def _of_the_visit() -> str | None:
    """That of the visitor whose fragment, dialog or callback this thread runs."""
    if streamlit_internals.current_visit() is None:
        return None
    return str(st.session_state.get(_USED, catalogue.SOURCE))
