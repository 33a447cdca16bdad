"""What a component has told, read without trusting that it is there."""

from __future__ import annotations

from typing import Any

import streamlit as st


def told(key: str, name: str) -> Any:
    """The value that the component of that key sent under that name, or None."""
    state = st.session_state.get(key)
    return state.get(name) if isinstance(state, dict) else None
