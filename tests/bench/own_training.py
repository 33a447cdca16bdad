"""Training in a visitor's browser: the pen, patterns, memory, and what the server has to do.

    .venv/bin/python -m tests.bench.own_training --seconds 60 --visitors 30

In a real Chromium a network is trained as fast as it can be. Meanwhile the pen is moved along
digits, and measured is, in the page, from the event's own time stamp to the task after the frame
in which the drawing was painted as the network reads it just then. Then the pen rests, and for so
many seconds patterns, memory and the server's processor time are counted, while others have the
same page open. Memory is what the tab's process has for itself beyond what it had before the
first pattern, the worker included. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import threading
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.support import running_app
from tests.support.digits import DIGITS
from tests.support.process import Reading
from tests.support.visitor import Visitor, warm_up

_TRAINER = ".st-key-trainer .trainer"

_WATCH = """(root) => {
    window.latencies = [];
    let moved = null;
    document.addEventListener("mousemove", (event) => {
        if (event.buttons && event.isTrusted) moved ??= event.timeStamp;
    }, true);
    new MutationObserver(() => {
        if (moved === null) return;
        const since = moved;
        moved = null;
        const channel = new MessageChannel();
        channel.port1.onmessage = () => window.latencies.push(performance.now() - since);
        channel.port2.postMessage(0); // a task of its own, so after this frame is painted
    }).observe(root, { attributes: true, attributeFilter: ["data-drawn"] });
}"""


class Others:
    """Visitors who have the page open, and whose browsers train without a word to the server."""

    def __init__(self, address: str, count: int) -> None:
        self.ready, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._visit(address, count)))
        self._thread.start()

    async def _visit(self, address: str, count: int) -> None:
        await warm_up(address)
        visitors = [
            Visitor(address, "training", query="show=own", largest=10_000) for _ in range(count)
        ]
        for each in visitors:
            await each.connect()
            await each.run()
        self.ready.set()
        await asyncio.to_thread(self._over.wait)
        for each in visitors:
            await each.leave()

    def leave(self) -> None:
        self._over.set()
        self._thread.join()


def measure(moves: int, seconds: float, visitors: int, network: str) -> dict[str, Any]:
    pids: list[int] = []
    with running_app.server(started=pids.append) as address, running_app.chromium() as browser:
        others = Others(address, visitors)
        others.ready.wait()
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{address}/training?show=own&own_network={network}")
        page.wait_for_selector(f"{_TRAINER}[data-state=idle]")
        page.wait_for_selector(running_app.CANVAS)
        running_app.settle(page)
        tab = _largest_renderer()
        before = _private_megabytes(tab)
        page.locator("[data-action=run]").click()
        page.wait_for_function(f"{_root()}.dataset.error")
        drawn = _draw(page, moves)
        began, server = time.monotonic(), Reading.of(pids[0])
        first = _patterns(page)
        most = before
        while time.monotonic() - began < seconds:
            page.wait_for_timeout(1000)
            most = max(most, _private_megabytes(tab))
        took = time.monotonic() - began
        learnt = _patterns(page) - first
        cpu = Reading.of(pids[0]).cpu - server.cpu
        error = page.evaluate(f"{_root()}.dataset.error")
        others.leave()
        return {
            "measure": "training in a browser",
            "network": network,
            "pen_moves": len(drawn),
            "pen_to_paint_median_ms": round(statistics.median(drawn), 1),
            "pen_to_paint_p95_ms": round(statistics.quantiles(drawn, n=20)[-1], 1),
            "patterns_a_second": round(learnt / took, 1),
            "judged_error_percent": error,
            "seconds": round(took),
            "more_memory_mb": round(most - before, 1),
            "page_heap_mb": round(page.evaluate("performance.memory.usedJSHeapSize") / 1e6, 1),
            "connected": visitors + 1,
            "server_cpu_seconds": round(cpu, 2),
        }


def _root() -> str:
    return (
        "[...document.querySelectorAll('.st-key-trainer *')].find((node) => node.shadowRoot)"
        ".shadowRoot.querySelector('.trainer')"
    )


def _draw(page: Page, moves: int) -> list[float]:
    running_app.draw(page, DIGITS["0"], 10)  # warms the page's scripts up
    running_app.settle(page)
    page.evaluate(_WATCH, page.evaluate_handle(_root()))
    for digit in "83526":
        strokes = DIGITS[digit]
        running_app.draw(page, strokes, -(-moves // (5 * (len(strokes[0]) - 1))))
        running_app.settle(page)
    return list(page.evaluate("window.latencies"))


def _patterns(page: Page) -> int:
    return int(page.evaluate(f"{_root()}.dataset.patterns"))


def _largest_renderer() -> int:
    """The process of the tab: of this process's Chromium the renderer with the most memory."""
    renderers = [pid for pid in _below(os.getpid()) if b"--type=renderer" in _command(pid)]
    return max(renderers, key=_private_megabytes)


def _below(parent: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(folder.name))
    found, waiting = [], [parent]
    while waiting:
        own = children.get(waiting.pop(), [])
        found += own
        waiting += own
    return found


def _command(pid: int) -> bytes:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""


def _private_megabytes(pid: int) -> float:
    """What a process shares with no other."""
    lines = (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * 1024 / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--visitors", type=int, default=30, help="others with the page open")
    parser.add_argument("--network", default="lenet5")
    asked = parser.parse_args()
    print(json.dumps(measure(asked.moves, asked.seconds, asked.visitors, asked.network)))


if __name__ == "__main__":
    main()
