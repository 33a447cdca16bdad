"""Choices and tabs that are known by identifiers; what a visitor reads is looked up from them.

Streamlit can bind a widget to the address, but writes the text that is read there, which differs
from language to language. So these keep their identifiers in the address themselves: as long as
such a widget is on the page, the address names what is chosen, unless that is the default.

Addresses that were made when the English text stood in them still open: "Three ideas" is read as
the identifier ``three-ideas``. Where an identifier is not its old text in that form, ``formerly``
says which text it had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Protocol

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lenet import catalogue
from pages.parts.common import address

_LAST = "last_{key}"
"""Where the session remembers a choice while its widget is not on the page."""

_LANGUAGE = "language_of_{key}"
"""Where the session remembers in which language a widget was shown."""

_SHOWN, _WRITTEN = "choices_shown", "choices_written"


class Tab(Protocol):
    """One of several tabs: a container that knows whether it is the one that is shown."""

    @property
    def open(self) -> bool | None: ...

    def __enter__(self) -> Any: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
        /,
    ) -> bool | None: ...


def choice(
    label: str,
    options: Mapping[str, str],
    default: str,
    *,
    key: str,
    formerly: Mapping[str, str] | None = None,
    **more: Any,
) -> str:
    """A segmented control of which one option is always chosen; returns its identifier.

    Args:
        label: what is chosen.
        options: identifier -> text, in the order in which they are shown.
        default: the identifier that is chosen at first, and left out of the address.
        key: of the widget, of its state (an identifier) and of its place in the address.
        formerly: an earlier text in the address, or its form as an identifier -> identifier.
        more: anything else that ``st.segmented_control`` takes.
    """
    _start(key, options, default, formerly)
    chosen = st.segmented_control(
        label, list(options), format_func=options.__getitem__, required=True, key=key, **more
    )
    chosen = default if chosen is None else chosen
    remember(key, chosen, default)
    return chosen


def selection(
    label: str,
    options: Mapping[str, str],
    default: str,
    *,
    key: str,
    formerly: Mapping[str, str] | None = None,
    **more: Any,
) -> str:
    """The same as ``choice`` for more options than fit side by side: ``st.selectbox``."""
    _start(key, options, default, formerly)
    picked = st.selectbox(label, list(options), format_func=options.__getitem__, key=key, **more)
    chosen: str = default if picked is None else picked
    remember(key, chosen, default)
    return chosen


def tabs(
    options: Mapping[str, str],
    *,
    key: str,
    formerly: Mapping[str, str] | None = None,
    within: DeltaGenerator | None = None,
) -> Mapping[str, Tab]:
    """Tabs by identifier, of which ``.open`` says whether it is the one that is shown.

    The first is open by default. ``within`` is the container that they stand in, if not the
    page itself. The arguments are those of ``choice``; the state of ``key`` is a text, because
    Streamlit's tabs have no other.
    """
    default = next(iter(options))
    if st.session_state.get(key) not in options.values():
        st.session_state[key] = options[_first(key, options, default, formerly)]
    made = (within or st).tabs(list(options.values()), key=key, on_change="rerun")
    opened = dict(zip(options, made, strict=True))
    remember(key, next((name for name, tab in opened.items() if tab.open), default), default)
    return opened


@contextmanager
def only_shown_in_address() -> Iterator[None]:
    """Run a page; afterwards the address names no choice that the page no longer shows."""
    st.session_state[_SHOWN] = set()
    yield
    shown = st.session_state[_SHOWN]
    for name in st.session_state.get(_WRITTEN, set()) - shown:
        address.put(name, None)
    st.session_state[_WRITTEN] = shown


def identifier(text: str, options: Mapping[str, str], formerly: Mapping[str, str]) -> str | None:
    """The option that a text in an address means; None for none of them."""
    written_out = re.sub(r"\s+", "-", text.strip().lower())
    candidates = (text, written_out, formerly.get(text), formerly.get(written_out))
    return next((found for found in candidates if found and found in options), None)


def last(key: str) -> str | None:
    """What was chosen when the widget of that key was last on a page, if it ever was."""
    chosen: str | None = st.session_state.get(_LAST.format(key=key))
    return chosen


def remember(key: str, chosen: str, default: str, name: str | None = None) -> None:
    """Keep what is chosen for when the widget comes back, and in the address under its ``name``.

    The name is the key where it is not given, and what is the ``default`` stands in no address.
    """
    name = name or key
    st.session_state[_LAST.format(key=key)] = chosen
    for names in (_SHOWN, _WRITTEN):
        st.session_state.setdefault(names, set()).add(name)
    address.put(name, None if chosen == default else chosen)


def show_in_the_language(key: str) -> None:
    """Have a widget's choice shown anew, before the widget, if the language is another now."""
    language = _LANGUAGE.format(key=key)
    if st.session_state.get(language, catalogue.language()) != catalogue.language():
        # The browser holds the text that it has shown; only what is set here is shown anew.
        st.session_state[key] = st.session_state[key]
    st.session_state[language] = catalogue.language()


def _start(
    key: str, options: Mapping[str, str], default: str, formerly: Mapping[str, str] | None
) -> None:
    if st.session_state.get(key) not in options:
        st.session_state[key] = _first(key, options, default, formerly)
    show_in_the_language(key)


def _first(
    key: str, options: Mapping[str, str], default: str, formerly: Mapping[str, str] | None
) -> str:
    """What a widget that was not on the page starts with: the address comes first."""
    asked = identifier(st.query_params.get(key, ""), options, formerly or {})
    before = last(key) or default
    return asked or (before if before in options else default)
