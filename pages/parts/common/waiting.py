"""What pages do with the time in which PyTorch is being loaded."""

from __future__ import annotations

import streamlit as st

from pages.parts.common import errors
from pages.serving.pytorch import LOADING

_INTERVAL = 0.5  # seconds; only on pages that were opened while PyTorch was being loaded


def pytorch_is_being_loaded() -> bool:
    """Whether PyTorch may still come."""
    return not LOADING.done()


def pytorch_is_ready() -> bool:
    """Whether PyTorch can be used now; the page says so if it never will be."""
    return bool(errors.attempt(LOADING.ready))


def wait_for_pytorch() -> bool:
    """Return when PyTorch can be used; if it cannot be, False, and the page says so."""
    return bool(errors.attempt(LOADING.wait))


def wait_for_pytorch_in_callback() -> bool:
    """The same in a callback, which shows nothing itself: see ``errors.show_pending``."""
    return bool(errors.attempt_show_later(LOADING.wait))


def rerun_once_loaded() -> None:
    """Watch for PyTorch, at the end of a page that began without it, and run the page again."""
    st.fragment(_look, run_every=_INTERVAL)()


def _look() -> None:
    if not pytorch_is_being_loaded():
        errors.repeat_after_rerun()
        st.rerun()
