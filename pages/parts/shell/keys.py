"""The button that lists the page's keyboard shortcuts."""

from __future__ import annotations

from pages.parts.common.component import component
from pages.parts.network import bundle

_keys = component("keys")


def show() -> None:
    """Show it; the browser knows the shortcuts, ``assets/shared/keys.js`` has their table."""
    _keys(key="keys", data=bundle.packed(), width="content")
