"""Trouble a visitor can meet becomes a sentence on the page and one line in the log."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from lenet.checkpoint import CheckpointError
from lenet.ink import InkError
from lenet.link import LinkError
from lenet.mnist import DataError
from lenet.picture_file import PictureError

T = TypeVar("T")

_log = logging.getLogger("lenet")


_KNOWN = (CheckpointError, DataError, InkError, LinkError, PictureError)
_KEPT = "trouble"


def or_sentence(step: Callable[[], T]) -> T | None:
    """The step's result; or None, after saying what went wrong and what to do next."""
    result = kept(step)
    show_kept()
    return result


def kept(step: Callable[[], T]) -> T | None:
    """The same for a callback, which has no place on the page: the sentence is kept for later."""
    try:
        return step()
    except _KNOWN as error:
        _log.warning("%s: %s", type(error).__name__, error)
        st.session_state[_KEPT] = str(error)
        return None


def show_kept() -> None:
    """Show the sentence that was kept, once."""
    if sentence := st.session_state.pop(_KEPT, None):
        st.error(as_it_is(sentence), icon=":material/error:")


def as_it_is(sentence: str) -> str:
    """The sentence for Markdown, in which nothing is markup, wherever its words come from."""
    return re.sub(r"([\\`*_\[\]<>#$:~&|{}!])", r"\\\1", sentence)
