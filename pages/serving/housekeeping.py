"""What a server that runs for weeks does without, and gives back: time and memory.

Streamlit keeps the session of a visitor who has gone for a while, in case he comes back, and
drops it when the next one leaves; after the last visitor nobody does. The allocator keeps freed
memory in pools, one for each thread by default, though two serve as well. So pools are limited
when the server starts, and once a minute departed sessions, garbage and free memory are let go.

Sessions, file watching and the search for tables are no public interface of Streamlit: where
they are not found, they are left alone.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import threading
import time
from contextlib import suppress
from typing import Any

from streamlit import runtime

from pages.serving import metrics

EVERY = 60.0
"""Seconds from one round to the next. A round takes some 50 ms."""

# Of the GNU allocator. M_ARENA_MAX, and how many pools serve as well; M_MMAP_THRESHOLD: larger
# pieces, like a network's trace on its way to a visitor, go back to the system when they are
# freed, instead of leaving holes among smaller ones.
_ARENA_MAX, _ARENAS = -8, 2
_MMAP_THRESHOLD, _LARGE = -3, 256 * 1024

_log = logging.getLogger("lenet")

_started = threading.Lock()


def start() -> None:
    """Do without what is not needed, and tidy up from now on; only the first call counts."""
    if not _started.acquire(blocking=False):
        return
    with suppress(OSError, AttributeError):  # not the GNU allocator: it has other habits
        libc = ctypes.CDLL(None)
        libc.mallopt(_ARENA_MAX, _ARENAS)
        libc.mallopt(_MMAP_THRESHOLD, _LARGE)
    watch_no_modules()
    look_for_no_tables()
    threading.Thread(target=_run, name="housekeeping", daemon=True).start()


def tidy() -> None:
    """One round: forget who will not come back, collect garbage, return free memory."""
    forget_departed()
    if not metrics.visitors():
        gc.unfreeze()  # who came while PyTorch was loaded was frozen with it
    gc.collect()
    if not metrics.visitors():
        gc.freeze()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def forget_departed() -> None:
    """Drop the sessions whose time to come back is over, on the thread that they belong to."""
    if not runtime.exists():
        return
    server: Any = runtime.get_instance()
    done = threading.Event()

    def expire() -> None:
        with suppress(AttributeError):
            server._session_mgr._session_storage._cache.expire()
        done.set()

    with suppress(AttributeError, RuntimeError):  # RuntimeError: it is shutting down
        server._async_objs.eventloop.call_soon_threadsafe(expire)
        done.wait(EVERY)


def watch_no_modules() -> None:
    """Spare every new session a look at the file of each imported module.

    Nothing is watched here (``server.fileWatcherType`` is "none"), yet Streamlit resolves a few
    thousand paths for each session, a tenth of a second in which all other visitors wait.
    """
    try:
        from streamlit.watcher.local_sources_watcher import LocalSourcesWatcher
    except ImportError:
        return
    LocalSourcesWatcher.update_watched_modules = lambda self: None  # type: ignore[method-assign]


def look_for_no_tables() -> None:
    """Spare components the question whether their data holds a table.

    Only to ask it, Streamlit imports pandas and pyarrow: 90 MB and a quarter of a second that
    the first page has no use for. No component of ours is given a table.
    """
    try:
        from streamlit.components.v2.bidi_component import serialization as own

        serialization: Any = own
        is_table = serialization.is_dataframe_like
    except (ImportError, AttributeError):
        return

    def is_table_like(obj: object) -> bool:
        return not isinstance(obj, dict | list) and is_table(obj)

    serialization.is_dataframe_like = is_table_like


def _run() -> None:
    while True:
        time.sleep(EVERY)
        try:
            tidy()
        except Exception as error:
            _log.warning("nothing was tidied up this minute: %s", type(error).__name__)
