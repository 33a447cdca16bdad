"""The page of one file, opened from the disk with the network off.

Each run opens the file in a new visit. Two clocks of the page stop: when the whole network is
painted, and when it has read a packaged sample, whose key is pressed as soon as keys are heard; a
third, outside of it, when a digit is read that the mouse has drawn as soon as there was a canvas.
Then thirty people's digits are drawn in it. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.support import one_file, pens, running_app
from tests.support.digits import DIGITS

CLOCKS = """
(() => {
    const clocks = (window.clocks = {});
    const look = () => {
        const view = document.querySelector(".network");
        if (!view || view.dataset.frame === "0") return;
        if (!clocks.painted) {
            clocks.painted = performance.now();
            if (window.pressing) {
                document.dispatchEvent(new KeyboardEvent("keydown", { key: "7", code: "Digit7" }));
            }
        }
        if (view.dataset.digit === "7") clocks.answer ??= performance.now();
    };
    const watched = { subtree: true, childList: true, attributes: true };
    new MutationObserver(look).observe(document, watched);
})();
"""


def opened(browser: Browser, *, pressing: bool) -> Page:
    """A page in a visit of its own that will note its times."""
    context = browser.new_context(viewport=running_app.SCREEN, offline=True)
    page = context.new_page()
    page.add_init_script(f"window.pressing = {json.dumps(pressing)};")
    page.add_init_script(CLOCKS)
    return page


def times(browser: Browser, address: str, runs: int) -> dict[str, list[float]]:
    """Milliseconds from opening, by what they end with, for each run."""
    found: dict[str, list[float]] = {"painted": [], "sample": [], "drawn": []}
    for _ in range(runs):
        page = opened(browser, pressing=True)
        page.goto(address)
        page.wait_for_selector(f'{running_app.VIEW}[data-digit="7"]')
        clocks = page.evaluate("clocks")
        found["painted"].append(clocks["painted"])
        found["sample"].append(clocks["answer"])
        page.context.close()
        page = opened(browser, pressing=False)
        start = time.monotonic()
        page.goto(address)
        page.wait_for_selector(running_app.CANVAS)
        running_app.draw(page, DIGITS["3"], steps=4)
        page.wait_for_selector(f'{running_app.VIEW}[data-digit="3"]')
        found["drawn"].append(1000 * (time.monotonic() - start))
        page.context.close()
    return found


def right(browser: Browser, address: str, drawings: list[pens.Drawing]) -> int:
    """How many are read as what they were meant to be."""
    page = opened(browser, pressing=False)
    page.goto(address)
    read = 0
    for drawing in drawings:
        page.wait_for_selector(f'{running_app.VIEW}[data-digit=""]')
        running_app.draw(page, drawing.strokes, steps=4)
        strokes = "(root) => root.view.live.strokes().length && !root.view.live.isDrawing()"
        assert page.locator(running_app.VIEW).evaluate(strokes)
        page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        read += running_app.handles(page)["digit"] == str(drawing.digit)
        page.get_by_role("button", name="Clear", exact=True).click()
    page.context.close()
    return read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    drawings = pens.drawings(writers=3)
    with tempfile.TemporaryDirectory() as folder, running_app.chromium() as browser:
        file = Path(folder) / "page.html"
        file.write_bytes(one_file.content())
        found = times(browser, file.as_uri(), runs)
        read = right(browser, file.as_uri(), drawings)
    print(
        json.dumps(
            {"measure": "one file from the disk, ms", "runs": runs}
            | {f"{name}_median": round(statistics.median(one)) for name, one in found.items()}
            | {f"{name}_max": round(max(one)) for name, one in found.items()}
            | {"bytes": len(one_file.content()), "read": f"{read} of {len(drawings)}"}
        )
    )


if __name__ == "__main__":
    main()
