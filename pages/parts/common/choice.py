"""One of a few things to choose from, of which one is always chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")


def choice(label: str, options: Sequence[T], default: T, **more: Any) -> T:
    """A segmented control; an address that says nothing for it (``?key=``) means the default."""
    chosen = st.segmented_control(label, options, default=default, required=True, **more)
    return default if chosen is None else chosen
