"""Other browsers' engines than Chromium's, behind one small interface.

``window.Window`` is what a test sees; ``webkit`` and ``firefox`` drive a real browser each.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.support.engines import firefox, webkit
from tests.support.engines.window import Window

MISSING: dict[str, Callable[[], str]] = {"webkit": webkit.missing, "firefox": firefox.missing}
"""Engine -> what this machine lacks to run it, empty if nothing."""

OPEN: dict[str, Callable[[], AbstractContextManager[Window]]] = {
    "webkit": webkit.window,
    "firefox": firefox.window,
}
"""Engine -> starts its browser and yields its one window."""
