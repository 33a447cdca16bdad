"""A page that was drawn before PyTorch was there is drawn again once it is."""

from __future__ import annotations

import streamlit as st

from pages.parts.shell import errors
from pages.serving.pytorch import LOADING

_EVERY = 0.5  # seconds; only on pages that were opened while PyTorch was being loaded


def run_again_with_pytorch() -> None:
    """Watch for PyTorch, at the end of a page that began without it."""
    st.fragment(_look, run_every=_EVERY)()


def _look() -> None:
    if LOADING.over():
        errors.repeat_after_rerun()
        st.rerun()
