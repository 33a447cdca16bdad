"""The time machine: its first picture, and frames while its slider is dragged, in Chromium.

Prints one JSON object. ``first_picture_ms`` is from a click on the page's name in the navigation to
the first frame with a network's maps, for one visitor after the other; ``cold_ms`` the same in a
browser that opens the page's address and has nothing yet, Streamlit's own scripts included, as the
first visitor of a server. Then all moments are loaded, a digit is drawn, and the slider goes to and
fro, a step in each frame of the screen: ``frame_ms`` are the times between frames, ``work_ms`` what
painting one takes, with one moment and with two side by side.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import time

from playwright.sync_api import Page

from tests.support import running_app
from tests.support.digits import DIGITS

_MACHINE = (
    "[...document.querySelectorAll('.st-key-time_machine_view *')]"
    ".find((node) => node.shadowRoot)?.shadowRoot.querySelector('.machine')"
)
_SHOWN = f"() => Boolean({_MACHINE}?.dataset.shown)"
_LOADED = f"() => {_MACHINE}?.machine.moments.length === Number({_MACHINE}?.dataset.known)"

_DRAG = f"""(count) => new Promise((finished) => {{
    const {{ machine }} = {_MACHINE};
    const [{{ input }}] = machine.slides;
    const last = Number(input.max);
    const work = [], frames = [];
    const paint = Object.getPrototypeOf(machine).paint;
    machine.paint = function () {{
        const start = performance.now();
        paint.call(this);
        work.push(performance.now() - start);
    }};
    let place = last, by = -1;
    const step = (time) => {{
        frames.push(time);
        if (frames.length > count) return finished([work, frames]);
        if (place + by < 0 || place + by > last) by = -by;
        input.value = String((place += by));
        input.dispatchEvent(new Event("input"));
        requestAnimationFrame(step);
    }};
    requestAnimationFrame(step);
}})"""


def measure(visitors: int, steps: int) -> dict[str, object]:
    """Open the page for so many visitors, and drag over so many moments."""
    with running_app.server() as address, running_app.chromium() as browser:
        running_app.open_draw_page(browser.new_page(viewport=running_app.SCREEN), address)
        page = browser.new_context(viewport=running_app.SCREEN).new_page()
        start = time.perf_counter()
        page.goto(f"{address}/training")
        page.wait_for_function(_SHOWN)
        cold = time.perf_counter() - start
        firsts = []
        page.context.close()
        for visitor in range(visitors):
            if visitor:
                page.context.close()
            page = browser.new_context(viewport=running_app.SCREEN).new_page()
            running_app.open_draw_page(page, address)
            start = time.perf_counter()
            page.evaluate("document.querySelector('.st-key-pages_bar a[href*=training]').click()")
            page.wait_for_function(_SHOWN)
            firsts.append(round(1000 * (time.perf_counter() - start)))
        page.wait_for_selector(running_app.CANVAS)
        running_app.settle(page)
        running_app.draw(page, DIGITS["3"], 5)
        page.wait_for_function(_LOADED)
        found: dict[str, object] = {
            "first_picture_ms": firsts,
            "cold_ms": round(1000 * cold),
            "one": _dragged(page, steps),
        }
        page.get_by_label("Two moments side by side").check()
        page.wait_for_function(_LOADED)
        return found | {"two": _dragged(page, steps)}


def _dragged(page: Page, steps: int) -> dict[str, dict[str, float]]:
    work, frames = page.evaluate(_DRAG, steps)
    apart = [later - sooner for sooner, later in itertools.pairwise(frames)]
    return {"work_ms": _summary(work), "frame_ms": _summary(apart)}


def _summary(values: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(values, n=20)
    return {
        "count": len(values),
        "median": round(statistics.median(values), 2),
        "p95": round(cuts[18], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=5, help="who open the page one by one")
    parser.add_argument("--steps", type=int, default=600, help="of the slider")
    given = parser.parse_args()
    print(json.dumps({"benchmark": "time_machine", **measure(given.visitors, given.steps)}))


if __name__ == "__main__":
    main()
