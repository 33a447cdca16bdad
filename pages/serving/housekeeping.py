"""What saves a server that runs for weeks time and memory.

Streamlit keeps the session of a visitor who has left for a while, so that a lost connection can
come back, and drops it when the next visitor leaves; after the last visitor nobody does. The
allocator keeps freed memory in pools, one for each thread by default, though two serve as well.
So the pools are limited when the server starts, and once a minute expired sessions, garbage and
free memory are let go.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import threading
import time
from contextlib import suppress

from pages.serving import metrics, streamlit_internals

INTERVAL = 60.0
"""Seconds from one round to the next. A round takes some 50 ms."""

# Of the GNU allocator. M_ARENA_MAX, and how many pools serve as well; M_MMAP_THRESHOLD: larger
# pieces, like a network's trace on its way to a visitor, go back to the system when they are
# freed, instead of leaving holes among smaller ones.
_ARENA_MAX, _ARENAS = -8, 2
_MMAP_THRESHOLD, _LARGE = -3, 256 * 1024

_log = logging.getLogger("lenet")

_started = threading.Lock()


def start() -> None:
    """Switch off what is not needed, and tidy up from now on; only the first call counts."""
    if not _started.acquire(blocking=False):
        return
    with suppress(OSError, AttributeError):  # not the GNU allocator: it has other habits
        libc = ctypes.CDLL(None)
        libc.mallopt(_ARENA_MAX, _ARENAS)
        libc.mallopt(_MMAP_THRESHOLD, _LARGE)
    streamlit_internals.watch_no_modules()
    streamlit_internals.look_for_no_tables()
    threading.Thread(target=_run, name="housekeeping", daemon=True).start()


def tidy() -> None:
    """One round: drop expired sessions, collect garbage, return free memory."""
    streamlit_internals.drop_expired_sessions(patience=INTERVAL)
    if not metrics.visitors():
        gc.unfreeze()  # sessions that began while PyTorch was loaded are frozen too
    gc.collect()
    if not metrics.visitors():
        gc.freeze()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _run() -> None:
    while True:
        time.sleep(INTERVAL)
        try:
            tidy()
        except Exception as error:
            _log.warning("nothing was tidied up this minute: %s", type(error).__name__)
