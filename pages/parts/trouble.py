"""Trouble a visitor can meet becomes a sentence on the page and one line in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from lenet.checkpoint import CheckpointError
from lenet.ink import InkError
from pages.parts.pictures import PictureError

T = TypeVar("T")

_log = logging.getLogger("lenet")


def or_sentence(step: Callable[[], T]) -> T | None:
    """The step's result; or None, after saying what went wrong and what to do next."""
    try:
        return step()
    except (CheckpointError, InkError, PictureError) as error:
        _log.warning("%s: %s", type(error).__name__, error)
        st.error(str(error), icon=":material/error:")
        return None
