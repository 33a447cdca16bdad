"""A page that was drawn before PyTorch was there is drawn again once it is."""

from __future__ import annotations

import streamlit as st

from pages.serving.pytorch import LOADING

_EVERY = 0.25  # seconds; only on pages that were opened while PyTorch was being loaded


def run_again_with_pytorch() -> None:
    """Watch for PyTorch, at the end of the page; where it is there already, do nothing."""
    if not LOADING.over():
        st.fragment(_look, run_every=_EVERY)()


def _look() -> None:
    if LOADING.over():
        st.rerun()
