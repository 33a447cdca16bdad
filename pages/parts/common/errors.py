"""An error that a visitor can meet becomes a sentence on the page and one line in the log.

A page runs whatever can fail through ``attempt``. A callback of a widget has no place on the
page, so it uses ``attempt_show_later``; the sentence waits until the page calls ``show_pending``.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import streamlit as st

from lenet.checkpoint import CheckpointError, SentWeightsError
from lenet.drawing.link import LinkError
from lenet.files.picture_file import PictureError
from lenet.ink import InkError
from lenet.mnist import DataError
from lenet.variants import UnknownNetworkError
from pages.serving.pytorch import PyTorchError

T = TypeVar("T")

_log = logging.getLogger("lenet")

_EXPECTED = (
    *(CheckpointError, DataError, InkError, LinkError, PictureError, PyTorchError),
    *(SentWeightsError, UnknownNetworkError),
)
_OF_THE_SERVER = (CheckpointError, DataError, PyTorchError)
"""Errors whose texts quote nothing that a visitor sent."""

_PENDING = "error_pending"
_SHOWN = "error_shown"


def attempt(step: Callable[[], T]) -> T | None:
    """Return the step's result; if it fails, say on the page what went wrong and return None."""
    result = attempt_show_later(step)
    show_pending()
    return result


def attempt_show_later(step: Callable[[], T]) -> T | None:
    """Return the step's result; if it fails, leave the sentence for ``show_pending``.

    For callbacks, and for places where a new element would move others on the page.
    """
    try:
        return step()
    except _EXPECTED as error:
        _log.warning("%s: %s", type(error).__name__, _for_the_log(error))
        st.session_state[_PENDING] = str(error)
        return None


def show_pending() -> None:
    """Show the sentence that waits to be shown, if there is one, once."""
    if sentence := take_pending():
        show(sentence)


def take_pending() -> str | None:
    """The sentence that waits to be shown, if there is one; it waits no longer."""
    sentence: str | None = st.session_state.pop(_PENDING, None)
    return sentence


def show(sentence: str) -> None:
    """Show what went wrong here."""
    st.session_state[_SHOWN] = sentence
    st.error(escape_markdown(sentence), icon=":material/error:")


def repeat_after_rerun() -> None:
    """Have the last sentence shown once more, because the page is about to run again by itself."""
    if sentence := st.session_state.get(_SHOWN):
        st.session_state[_PENDING] = sentence


def escape_markdown(text: str) -> str:
    """The text for Markdown, with nothing in it that Markdown would take for markup."""
    return re.sub(r"([\\`*_\[\]<>#$:~&|{}!])", r"\\\1", text)


def _for_the_log(error: Exception) -> str:
    """What went wrong, without a visitor's words: a sentence may quote the name of a file."""
    if isinstance(error, _OF_THE_SERVER):
        return str(error)
    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    return f"{Path(frame.f_code.co_filename).name}, line {line}"
