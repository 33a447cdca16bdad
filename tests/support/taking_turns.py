"""Tests run in two processes at a time; who measures time has the machine alone meanwhile."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(folder: Path, *, alone: bool) -> Iterator[None]:
    """Wait until nobody is alone, or with ``alone`` until nobody else is there at all.

    ``folder`` is common to all processes. Whoever waits to be alone holds the door, so that the
    others, who pass it one after the other, cannot go on for ever among themselves.
    """
    with (folder / "door").open("w") as door, (folder / "room").open("w") as room:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        yield
