"""One copy of the app alone, and two behind nginx, under the same load.

The load is ``tests.bench.load``'s, on this machine, and takes its share of the processors: what is
left for the copies is the most that a second one can bring. Prints one JSON object with the
figures of both, and the processor time of copies and nginx.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from tests.bench import load
from tests.support import nginx_front, running_app
from tests.support.process import Reading

FIGURES = ("rerun_ms", "first_load_ms", "scripts_ms", "bytes_per_visitor", "errors", "served")
"""What is printed of the load's figures."""


@contextmanager
def served(copies: int) -> Iterator[tuple[str, list[int]]]:
    """The address of so many copies, behind nginx if more than one, and the copies' processes."""
    processes: list[int] = []
    with ExitStack() as stack:
        addresses = [
            stack.enter_context(running_app.server(started=processes.append)) for _ in range(copies)
        ]
        # Every copy has seen a visitor before the clock starts.
        for address in addresses:
            asyncio.run(load.look_round(address))
        address, *more = addresses
        yield (
            stack.enter_context(nginx_front.nginx(addresses)).address if more else address,
            processes,
        )


def figures(copies: int, asked: argparse.Namespace) -> dict[str, Any]:
    """What the visitors met with, and what the copies needed for it."""
    with served(copies) as (address, processes):
        before = [Reading.of(process) for process in processes]
        met = asyncio.run(load.measure(address, asked, None, None))
        after = [Reading.of(process) for process in processes]
    used = [round(b.cpu - a.cpu, 1) for a, b in zip(before, after, strict=True)]
    chosen = {name: met[name] for name in FIGURES}
    return chosen | {
        "generator_cpu_percent": met["generator"]["cpu_percent"],
        "copies_cpu_seconds": used,
        "copies_memory_mb": [reading.megabytes for reading in after],
    }


def main() -> int:
    asked = load.arguments()
    alone, behind = figures(1, asked), figures(2, asked)
    about = {name: getattr(asked, name) for name in ("visitors", "seconds", "pace", "arrive")}
    print(json.dumps({"measure": "one copy, two behind nginx", **about, "1": alone, "2": behind}))
    return 1 if alone["errors"] or behind["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
