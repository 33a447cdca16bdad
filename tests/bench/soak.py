"""Twenty minutes of visitors who come, draw, lose their connection and come back: does it last?

Looks at the server's memory, threads and open files every ``--every`` seconds and compares the
medians of the first and the last quarter, once everybody has come and Streamlit has as many
departed visitors to remember as it ever will. Prints one JSON object; the exit code is 1 when
anything has grown or there was an error. ``make soak`` runs it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

from tests.bench import load
from tests.support.crowd import Crowd, Habits
from tests.support.process import Reading

REMEMBERED = 150.0
"""Seconds until departed visitors are dropped as fast as others depart.

Streamlit keeps each for 60 s (``server.disconnectedSessionTTL``).
"""

GROWTH = {"megabytes": (1.10, 0.0), "threads": (1.10, 5.0), "files": (1.10, 10.0)}
"""What may be added to the first quarter's median: a factor, and a count beyond it."""

Samples = Sequence[tuple[float, Reading]]


def compared(samples: Samples, name: str) -> dict[str, Any]:
    """One figure's medians in the first and last quarter, its slope, and whether it is flat."""
    times = [at for at, _ in samples]
    values = [float(getattr(reading, name)) for _, reading in samples]
    quarter = max(len(values) // 4, 1)
    first, last = statistics.median(values[:quarter]), statistics.median(values[-quarter:])
    factor, beyond = GROWTH[name]
    return {
        "first": round(first, 1),
        "last": round(last, 1),
        "max": max(values),
        "slope_per_hour": round(3600 * slope(times, values), 1),
        "flat": last <= factor * first + beyond,
    }


def slope(times: Sequence[float], values: Sequence[float]) -> float:
    """Of the straight line closest to the values, per second; 0 for fewer than two."""
    if len(set(times)) < 2:
        return 0.0
    return float(statistics.linear_regression(times, values).slope)


async def measure(address: str, pid: int, asked: argparse.Namespace) -> dict[str, Any]:
    """The visit, watched."""
    habits = Habits(asked.pace, asked.arrive, wander=0.3, leave=0.3, assets=True)
    crowd = Crowd(address, asked.visitors, habits, asked.seed)
    await load.look_round(address)
    begin, samples = time.monotonic(), list[tuple[float, Reading]]()

    async def look() -> None:
        while True:
            samples.append((time.monotonic() - begin, Reading.of(pid)))
            await asyncio.sleep(asked.every)

    looking = asyncio.create_task(look())
    await crowd.visit(asked.seconds)
    looking.cancel()
    settled = min(REMEMBERED, asked.seconds / 4) + asked.arrive
    steady = [(at, reading) for at, reading in samples if at >= settled] or samples
    return {
        "samples": len(steady),
        **{name: compared(steady, name) for name in GROWTH},
        **load.crowd_figures(crowd, asked.visitors),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    option("--seconds", type=float, default=1200)
    option("--visitors", type=int, default=30)
    option("--pace", type=float, default=3, help="seconds between two strokes of a visitor")
    option("--arrive", type=float, default=10, help="seconds within which everybody comes")
    option("--every", type=float, default=10, help="seconds between two looks")
    option("--seed", type=int, default=0)
    asked = parser.parse_args()
    with load.own_server(None) as (address, pid):
        figures = asyncio.run(measure(address, pid, asked))
    about = {"measure": "lasting load", "visitors": asked.visitors, "seconds": asked.seconds}
    print(json.dumps(about | figures))
    return 0 if not figures["errors"] and all(figures[name]["flat"] for name in GROWTH) else 1


if __name__ == "__main__":
    sys.exit(main())
