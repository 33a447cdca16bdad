"""The server's memory at rest, and after pages have been opened with every network there is.

Each visitor opens ``/variants`` with four other networks and draws, so that all are loaded, sent to
a browser and run by PyTorch; then everybody leaves. Prints one JSON object.

    python -m tests.bench.networks_memory
"""

from __future__ import annotations

import argparse
import asyncio
import json
from typing import Any

from lenet.variants import VARIANTS
from tests.support import crowd, running_app
from tests.support.process import Reading
from tests.support.visitor import Visitor, warm_up

AT_ONCE = 4
"""Networks that a page compares."""


async def visit_every_network(address: str) -> None:
    _, strokes = crowd.drawings()[0]
    every = list(VARIANTS)
    for first in range(0, len(every), AT_ONCE):
        names = every[first : first + AT_ONCE]
        visitor = Visitor(address, "variants", query=f"networks={','.join(names)}")
        await visitor.connect()
        await visitor.run()
        await visitor.draw(strokes)
        await visitor.leave()


async def measure(address: str, pid: int, settle: float) -> dict[str, Any]:
    await warm_up(address)
    await asyncio.sleep(settle)
    before = Reading.of(pid).megabytes
    await visit_every_network(address)
    await asyncio.sleep(settle)
    after = Reading.of(pid).megabytes
    return {
        "networks": len(VARIANTS),
        "at_rest_mb": before,
        "with_every_network_mb": after,
        "more_mb": round(after - before, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settle", type=float, default=20, metavar="SECONDS")
    options = parser.parse_args()
    pids: list[int] = []
    with running_app.server(started=pids.append) as address:
        print(json.dumps(asyncio.run(measure(address, pids[0], options.settle))))


if __name__ == "__main__":
    main()
