"""What a component has sent to the server, read without trusting that it is there."""

from __future__ import annotations

from typing import Any

import streamlit as st


def get(key: str, name: str) -> Any:
    """The value that the component with this key sent under this name, or None."""
    state = st.session_state.get(key)
    return state.get(name) if isinstance(state, dict) else None
