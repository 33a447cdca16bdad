"""One line in a terminal that says how far long work has come and how long it still takes."""

from __future__ import annotations

import sys
import time
from typing import TextIO

WIDTH = 24
"""Characters of the bar itself."""


class Progress:
    """A bar for ``total`` steps of work, redrawn in place on ``stream`` (standard error).

    Where the stream is no terminal, a log file for instance, only the finished line is written.
    """

    def __init__(self, label: str, total: int, stream: TextIO | None = None) -> None:
        self.label, self.total = label, total
        self.stream = stream or sys.stderr
        self.live = self.stream.isatty()
        self.begun = self.started = time.monotonic()
        self.first: int | None = None
        self.drawn = 0.0

    def show(self, done: int, figures: str = "") -> None:
        """Say that ``done`` of the steps are behind us; ``figures`` is shown beside the bar."""
        now = time.monotonic()
        if self.first is None:  # work that was resumed says nothing about today's speed
            self.first, self.started = done, now
        if self.live and (now - self.drawn > 0.1 or done >= self.total):
            self.drawn = now
            share = min(1.0, done / self.total) if self.total else 1.0
            bar = "#" * round(WIDTH * share) + "." * (WIDTH - round(WIDTH * share))
            left = self._left(done, now)
            self.stream.write(f"\r{self.label} [{bar}] {share:4.0%} {figures} {left}\x1b[K")
            self.stream.flush()

    def finish(self, figures: str = "") -> None:
        """Replace the bar by a last line."""
        end = "\x1b[K\n" if self.live else "\n"
        start = "\r" if self.live else ""
        took = duration(time.monotonic() - self.begun)
        self.stream.write(f"{start}{self.label} {figures} in {took}{end}")
        self.stream.flush()

    def _left(self, done: int, now: float) -> str:
        since = done - (self.first or 0)
        if since <= 0 or done >= self.total:
            return ""
        return duration((now - self.started) / since * (self.total - done)) + " left"


def duration(seconds: float) -> str:
    """``42 s``, ``3:07 min`` or ``1:02:03 h``."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{rest:02} h"
    return f"{minutes}:{rest:02} min" if minutes else f"{rest} s"
