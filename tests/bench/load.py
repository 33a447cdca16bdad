"""Visitors who draw at once: what each waits for, and what the server needs for it.

Starts a server of its own, or goes to ``--address``. Everybody comes within ``--arrive`` seconds,
draws the packaged sample digits at a stroke every ``--pace`` seconds through the canvas's own
messages, looks at other pages now and then, goes away and comes back. Prints one JSON object.
``--settle`` waits after everybody has left and looks at the memory once more: within two minutes
the server has let go of who left. ``--profile`` says where the processor's time
goes. Exit code 1 if there was any error.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from tests.support import running_app
from tests.support.crowd import Crowd, Habits
from tests.support.process import Reading
from tests.support.visitor import Visitor

RERUNS = ("stroke", "clear", "page", "return")
"""Every exchange after the first load."""

FUNCTIONS_NAMED = 25

_PROFILED = "tests.bench._profiled"


def spread(seconds: Sequence[float]) -> dict[str, float | int | None]:
    """How many there were, and their median, 95th percentile and largest in milliseconds."""
    if not seconds:
        return {"count": 0, "p50": None, "p95": None, "max": None}
    ordered = sorted(seconds)
    return {
        "count": len(ordered),
        "p50": round(1000 * quantile(ordered, 0.5), 1),
        "p95": round(1000 * quantile(ordered, 0.95), 1),
        "max": round(1000 * ordered[-1], 1),
    }


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value that a share of the ordered values does not exceed, between two if need be."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


class Watch:
    """Readings of a server's process, twice a second while it works."""

    def __init__(self, pid: int, crowd: Crowd, profile: Path | None) -> None:
        self._pid, self._crowd, self._profile = pid, crowd, profile
        self.begin = self.end = Reading.of(pid)
        self.settled: Reading | None = None
        """When everybody was there; None if that never was."""
        self.runs = 0
        """Reruns since then."""
        self.peak = self.begin
        self.used: list[dict[str, Any]] = []

    async def watch(self, visitors: int) -> None:
        """Until cancelled: the largest of everything, and the moment when all have come."""
        self.used.append(self._look_at_profile())
        while True:
            await asyncio.sleep(0.5)
            now = Reading.of(self._pid)
            self.peak = Reading(
                *(max(getattr(now, f), getattr(self.peak, f)) for f in Reading.__annotations__)
            )
            if self.settled is None and self._crowd.diary.served >= visitors:
                self.settled, self.runs = now, self._count()
                self.used.append(self._look_at_profile())

    def finish(self) -> None:
        """Everybody is about to leave."""
        self.end, self.runs = Reading.of(self._pid), self._count() - self.runs
        self.used.append(self._look_at_profile())

    def _count(self) -> int:
        return sum(len(self._crowd.diary.seconds[kind]) for kind in RERUNS)

    def _look_at_profile(self) -> dict[str, Any]:
        if self._profile is None or not self._profile.exists():
            return {"parts": {}, "functions": {}}
        return dict(json.loads(self._profile.read_text(encoding="utf-8")))

    def server(self, visitors: int) -> dict[str, Any]:
        """The figures of the server's process."""
        arrival = each = None
        if self.settled is not None and self.runs:
            arrival = round(1000 * (self.settled.cpu - self.begin.cpu) / visitors, 1)
            each = round(1000 * (self.end.cpu - self.settled.cpu) / self.runs, 1)
        return {
            "memory_mb": {
                "start": self.begin.megabytes,
                "peak": self.peak.megabytes,
                "end_of_load": self.end.megabytes,
                "per_visitor": round((self.end.megabytes - self.begin.megabytes) / visitors, 2),
            },
            "cpu_seconds": round(self.end.cpu - self.begin.cpu, 2),
            "cpu_ms_per_rerun": each,
            "cpu_ms_per_arrival": arrival,
            "threads": {"start": self.begin.threads, "peak": self.peak.threads},
            "files": {"start": self.begin.files, "peak": self.peak.files},
        }

    def profile(self) -> dict[str, Any]:
        """Milliseconds per rerun by part and by innermost function, once everybody was there."""
        before, after = self.used[-2], self.used[-1]

        def each(what: str) -> list[tuple[str, float]]:
            spent = {k: v - before[what].get(k, 0) for k, v in after[what].items()}
            ranked = sorted(spent.items(), key=lambda item: -item[1])
            return [(k, round(1000 * v / max(self.runs, 1), 3)) for k, v in ranked if v > 0]

        parts = dict(each("parts"))
        total = sum(parts.values())
        return {
            "ms_per_rerun": parts,
            "share_percent": {k: round(100 * v / total, 1) for k, v in parts.items()},
            "functions_ms_per_rerun": dict(each("functions")[:FUNCTIONS_NAMED]),
        }


def crowd_figures(crowd: Crowd, visitors: int) -> dict[str, Any]:
    """What the visitors have met with."""
    diary = crowd.diary
    reruns = [took for kind in RERUNS for took in diary.seconds[kind]]
    read = sum(diary.read.values())
    middle = statistics.median
    return {
        "served": diary.served,
        "rerun_ms": spread(reruns),
        "stroke_ms": spread(diary.seconds["stroke"]),
        "page_ms": spread(diary.seconds["page"]),
        "return_ms": spread(diary.seconds["return"]),
        "first_load_ms": spread(diary.seconds["first load"]),
        "scripts_ms": spread(diary.seconds["scripts"]),
        "errors": dict(diary.errors.most_common()),
        "read_right_percent": round(100 * diary.read[True] / read, 1) if read else None,
        "bytes_per_visitor": {
            "first_load": middle(diary.page_bytes) if diary.page_bytes else None,
            "scripts": middle(diary.asset_bytes) if diary.asset_bytes else None,
            "down": round(sum(diary.down) / visitors),
            "up": round(sum(diary.up) / visitors),
        },
    }


async def look_round(address: str) -> None:
    """One visitor opens every page once, so that what is loaded once is loaded."""
    visitor = Visitor(address)
    await visitor.connect()
    await visitor.until_verified()
    for page in [*visitor.pages]:
        await visitor.go(page)
    await visitor.leave()


async def measure(
    address: str, asked: argparse.Namespace, pid: int | None, profile: Path | None
) -> dict[str, Any]:
    """The whole visit: one goes first, then everybody, then nobody."""
    habits = Habits(asked.pace, asked.arrive, asked.wander, asked.leave, asked.assets)
    crowd = Crowd(address, asked.visitors, habits, asked.seed)
    idle = Reading.of(pid) if pid else None
    await look_round(address)
    watch = Watch(pid, crowd, profile) if pid else None
    looking = asyncio.create_task(watch.watch(asked.visitors)) if watch else None
    begin, own = time.monotonic(), time.process_time()
    await crowd.visit(asked.seconds, before_leaving=watch.finish if watch else lambda: None)
    own, took = time.process_time() - own, time.monotonic() - begin
    if looking:
        looking.cancel()
    figures = crowd_figures(crowd, asked.visitors)
    figures["generator"] = {
        "cpu_seconds": round(own, 2),
        "cpu_percent": round(100 * own / took, 1),
        "late_p95_ms": spread(crowd.diary.late)["p95"],
    }
    if watch and pid and idle:
        figures["server"] = watch.server(asked.visitors)
        memory = figures["server"]["memory_mb"]
        memory["before_the_first_visitor"] = idle.megabytes
        await asyncio.sleep(asked.settle)
        after = Reading.of(pid)
        memory["all_left"] = after.megabytes
        memory["all_left_to_start"] = round(after.megabytes / memory["start"], 3)
        figures["server"]["threads"]["all_left"] = after.threads
        figures["server"]["files"]["all_left"] = after.files
        if profile:
            figures["profile"] = watch.profile()
    return figures


@contextmanager
def own_server(profile: Path | None) -> Any:
    """A server of this project's app: its address and its process's id."""
    started: list[int] = []
    module = ("streamlit",) if profile is None else (_PROFILED, str(profile))
    with running_app.server(started=started.append, module=module) as address:
        yield address, started[0]


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    option("--visitors", type=int, default=30)
    option("--seconds", type=float, default=45, help="from the first arrival to the end")
    option("--pace", type=float, default=3, help="seconds between two strokes of a visitor")
    option("--arrive", type=float, default=10, help="seconds within which everybody comes")
    option("--address", help="a running server, instead of an own one")
    option("--wander", type=float, default=0.15, help="chance of another page after a digit")
    option("--leave", type=float, default=0.1, help="chance of going away after a digit")
    option("--settle", type=float, default=0, help="seconds to wait after everybody has left")
    option("--seed", type=int, default=0)
    option("--profile", action="store_true", help="where the own server's time goes (Linux)")
    option(
        "--assets",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="fetch Streamlit's scripts on arrival, as a browser with an empty cache does",
    )
    option("--json", action="store_true", help="accepted; JSON is all there is")
    asked = parser.parse_args(given)
    if asked.visitors < 1 or asked.seconds <= 0 or asked.pace <= 0 or asked.arrive < 0:
        parser.error("Visitors, seconds and pace must be above 0, and arrive not below it.")
    if asked.address and asked.profile:
        parser.error("Only an own server can be profiled: leave --address or --profile out.")
    return asked


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile.json" if asked.profile else None
        serving = nullcontext((asked.address, None)) if asked.address else own_server(profile)
        with serving as (address, pid):
            figures = asyncio.run(measure(address, asked, pid, profile))
    about = {
        "measure": "visitors drawing at once",
        "visitors": asked.visitors,
        "seconds": asked.seconds,
        "pace": asked.pace,
        "arrive": asked.arrive,
    }
    print(json.dumps(about | figures))
    return 1 if figures["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
