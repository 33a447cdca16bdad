"""Everything that the server does besides answering visitors, begun in one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.middleware import Middleware

from pages.serving import gate, housekeeping, metrics
from pages.serving.kept_files import KeptFiles
from pages.serving.pytorch import LOADING

OPTIONS: dict[str, Any] = {
    "middleware": [gate.ADDRESSES, gate.FRAMES, Middleware(KeptFiles)],
    "on_script_error": gate.unexpected,
}
"""What ``st.App`` is told; a host that ignores it goes without."""


def start(afterwards: Callable[[], None]) -> None:
    """Begin; only the first call does anything. ``afterwards`` is called when PyTorch is there."""
    gate.open_widgets()
    LOADING.start(afterwards)
    metrics.start()
    housekeeping.start()
