"""How soon the tour answers, in Chromium: from the last event of a move to the strip that shows it.

Prints one JSON object: for every kind of move milliseconds in the median and at most, and whether
it takes the server. To be reached: 150 ms without the server, 400 with it.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections import defaultdict
from collections.abc import Callable

from playwright.sync_api import Page

from lenet.tour import shelf
from lenet.tour.steps import Step
from tests.support import running_app, tour_walk, visits
from tests.support.visitor import warm_up

_LISTEN = """() => {
    for (const kind of ["pointerup", "click", "keydown"]) {
        document.addEventListener(kind, () => { window.lastEvent = performance.now(); }, true);
    }
    const strip = () => [...document.body.children].map(
        (one) => one.shadowRoot?.querySelector(".tour[data-step]")).find(Boolean);
    window.told = [];
    let last = "";
    let page = "";
    const look = () => {
        const shown = strip();
        if (shown) {
            const { step, move } = shown.dataset;
            const asks = shown.querySelectorAll(".answers button").length > 0;
            const key = `${step} ${move === "predict" ? (asks ? "asked" : "waiting") : move}`;
            if (key !== last) window.told.push([last = key, performance.now() - window.lastEvent]);
        }
        const title = document.querySelector("h1.page-title")?.textContent;
        if (title && title !== page) {
            page = title;
            window.told.push(["page", performance.now() - window.lastEvent]);
        }
        requestAnimationFrame(look);
    };
    look();
}"""
_PAGE = "window.told.find(([key]) => key === 'page')"
SERVED = {"the page itself", "done on another page"}


def answered(page: Page, act: Callable[[], object], expected: str) -> float:
    """Milliseconds from the last event of ``act`` to the frame in which the strip shows it."""
    page.evaluate("window.told.length = 0")
    act()
    found = f"window.told.find(([key]) => key === {json.dumps(expected)})"
    page.wait_for_function(found)
    return float(page.evaluate(f"{found}[1]"))


def walk(page: Page, address: str, times: dict[str, list[float]]) -> None:
    page.goto(f"{address}/?step=smallest")
    page.wait_for_selector(".tour .answers button")
    running_app.settle(page)
    page.evaluate(_LISTEN)
    before: Step | None = None
    for step in shelf.shipped().steps:
        if before:
            kind = "the next step" if before.page == step.page else "another page"
            times[kind].append(answered(page, lambda: tour_walk.go_on(page), f"{step.id} asked"))
            if before.page != step.page:
                page.wait_for_function(_PAGE)
                times["the page itself"].append(float(page.evaluate(f"{_PAGE}[1]")))
        running_app.settle(page)
        times["a prediction"].append(
            answered(page, lambda: tour_walk.predict(page, 0), f"{step.id} do")
        )
        if step.id == "field":
            page.wait_for_selector(".st-key-unit_layer [role=radio]")
        elif step.id == "table":
            page.wait_for_selector("[data-answers]", state="attached")
        running_app.settle(page)
        kind = "done on the draw page" if step.page == "draw" else "done on another page"
        act = tour_walk.ACTS[step.id]
        times[kind].append(answered(page, lambda act=act: act(page), f"{step.id} see"))  # type: ignore[misc]
        before = step


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="walks (default: %(default)s)")
    options = parser.parse_args()
    times: dict[str, list[float]] = defaultdict(list)
    with running_app.server() as address, running_app.chromium() as browser:
        visits.run(warm_up(address))
        for _walk in range(options.times):
            with running_app.watched_page(browser) as page:
                walk(page, address, times)
    figures = {
        kind: {
            "median_ms": round(statistics.median(each), 1),
            "most_ms": round(max(each), 1),
            "moves": len(each),
            "server": kind in SERVED,
        }
        for kind, each in times.items()
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
