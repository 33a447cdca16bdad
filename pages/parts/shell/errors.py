"""Trouble a visitor can meet becomes a sentence on the page and one line in the log."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import streamlit as st

from lenet.checkpoint import CheckpointError
from lenet.drawing.link import LinkError
from lenet.files.picture_file import PictureError
from lenet.ink import InkError
from lenet.mnist import DataError
from pages.serving.pytorch import PyTorchError

T = TypeVar("T")

_log = logging.getLogger("lenet")


_KNOWN = (CheckpointError, DataError, InkError, LinkError, PictureError, PyTorchError)
_OF_THE_SERVER = (CheckpointError, DataError, PyTorchError)
_KEPT = "trouble"
_SHOWN = "trouble_shown"


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
        _log.warning("%s: %s", type(error).__name__, _for_the_log(error))
        st.session_state[_KEPT] = str(error)
        return None


def _for_the_log(error: Exception) -> str:
    """What went wrong, without a visitor's words: a sentence for him may quote his file's name."""
    if isinstance(error, _OF_THE_SERVER):
        return str(error)
    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    return f"{Path(frame.f_code.co_filename).name}, line {line}"


def show_kept() -> None:
    """Show the sentence that was kept, once."""
    if sentence := st.session_state.pop(_KEPT, None):
        st.session_state[_SHOWN] = sentence
        st.error(as_it_is(sentence), icon=":material/error:")


def show_again() -> None:
    """Have the last sentence said once more: the page is about to run again by itself."""
    if sentence := st.session_state.get(_SHOWN):
        st.session_state[_KEPT] = sentence


def as_it_is(sentence: str) -> str:
    """The sentence for Markdown, in which nothing is markup, wherever its words come from."""
    return re.sub(r"([\\`*_\[\]<>#$:~&|{}!])", r"\\\1", sentence)
