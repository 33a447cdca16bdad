"""Everything that the server does besides answering visitors, begun in one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.middleware import Middleware

from pages.serving import gate, housekeeping, metrics
from pages.serving.fonts import Fonts
from pages.serving.hashed_files import HashedFiles
from pages.serving.pytorch import LOADING
from pages.serving.static_files import CachedStaticFiles

OPTIONS: dict[str, Any] = {
    "middleware": [
        Middleware(gate.LongAddresses),
        Middleware(gate.WebsocketMessages),
        Middleware(CachedStaticFiles),
        Middleware(Fonts),
        Middleware(HashedFiles),
    ],
    "on_script_error": gate.show_unexpected_error,
}
"""Options of ``st.App``; a host that ignores it goes without."""


def start(afterwards: Callable[[], None]) -> None:
    """Begin; only the first call does anything. ``afterwards`` runs once PyTorch is loaded."""
    gate.check_widget_values()
    LOADING.start(afterwards)
    metrics.start()
    housekeeping.start()
