"""One line a minute in the log, for whoever runs the server: how many, how often, how fast.

    visitors=12 reruns=240 rerun_p50_ms=9.1 rerun_p95_ms=31.4 rerun_max_ms=88.0 memory_mb=322

Numbers only: no drawing, no address, nothing that a visitor sent. Nothing is said of a minute in
which nobody was there and nothing ran. What Streamlit itself offers stands beside it:
/_stcore/health answers "ok" when the server is up, /_stcore/metrics gives sessions and caches in
OpenMetrics form, but no times.
"""

from __future__ import annotations

import logging
import resource
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from math import ceil
from pathlib import Path

from pages.serving import streamlit_internals

INTERVAL = 60.0
"""Seconds from line to line."""

MOST_TIMES = 20_000
"""How many times of one minute are held; of more reruns, the latest."""

_log = logging.getLogger("lenet.metrics")


class Reruns:
    """Milliseconds of the reruns that ended since ``take`` was last called. For any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begun: dict[int, float] = {}
        self._times: deque[float] = deque(maxlen=MOST_TIMES)
        self._count = 0

    def begin(self, runner: int) -> None:
        """A script or a fragment begins to run; ``runner`` tells runs at the same time apart."""
        self._begun[runner] = time.perf_counter()

    def end(self, runner: int) -> None:
        """It has ended; an end without a beginning does not count."""
        begun = self._begun.pop(runner, None)
        if begun is not None:
            with self._lock:
                self._times.append(1000 * (time.perf_counter() - begun))
                self._count += 1

    def take(self) -> tuple[int, list[float]]:
        """How many reruns there were, and their times in order; from now on, count anew."""
        with self._lock:
            count, times = self._count, sorted(self._times)
            self._count = 0
            self._times.clear()
        return count, times


def line(visitors: int, count: int, times: list[float], memory_mb: int) -> str:
    """Figures as pairs of key and value; ``times`` are milliseconds in ascending order."""
    pairs: dict[str, int | float] = {"visitors": visitors, "reruns": count}
    if times:
        for name, part in {"p50": 0.5, "p95": 0.95, "max": 1.0}.items():
            pairs[f"rerun_{name}_ms"] = round(quantile(times, part), 1)
    pairs["memory_mb"] = memory_mb
    return " ".join(f"{key}={value}" for key, value in pairs.items())


def quantile(ordered: list[float], part: float) -> float:
    """The value that ``part`` (0 to 1) of an ordered, not empty list do not exceed."""
    return ordered[max(0, ceil(part * len(ordered)) - 1)]


def memory_mb() -> int:
    """Megabytes of memory that this process holds; its peak where the system tells no more."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return round(peak / (2**20 if sys.platform == "darwin" else 2**10))
    return round(pages * resource.getpagesize() / 2**20)


def visitors() -> int:
    """Open pages: sessions that are connected now."""
    return streamlit_internals.connected_sessions()


class Reporter:
    """Writes the line, once a minute, from a thread of its own."""

    def __init__(self, reruns: Reruns, count_visitors: Callable[[], int] = visitors) -> None:
        self._reruns = reruns
        self._visitors = count_visitors

    def report(self) -> None:
        """Write one line, if there is anything to tell."""
        count, times = self._reruns.take()
        present = self._visitors()
        if present or count:
            _log.info(line(present, count, times, memory_mb()))

    def run(self, interval: float = INTERVAL) -> None:
        """Report for as long as the server lives; a report that fails ends no other."""
        while True:
            time.sleep(interval)
            try:
                self.report()
            except Exception as error:
                _log.warning("no metrics for this minute: %s", type(error).__name__)


RERUNS = Reruns()
"""The reruns of this server."""

_started = threading.Lock()


def start() -> None:
    """Begin to measure and to report; only the first call does anything."""
    if not _started.acquire(blocking=False):
        return
    show_the_log()
    streamlit_internals.watch_script_runs(RERUNS.begin, RERUNS.end)
    threading.Thread(target=Reporter(RERUNS).run, name="metrics", daemon=True).start()


def show_the_log() -> None:
    """Have lines of the loggers below "lenet" appear on stderr, unless they are handled already."""
    log = logging.getLogger("lenet")
    log.setLevel(logging.INFO)
    if not log.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        log.addHandler(handler)
