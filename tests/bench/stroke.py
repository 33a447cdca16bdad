"""From the end of a stroke to the complete repaint of PyTorch's trace, in Chromium.

Draws digits with the mouse on the real canvas and measures, in the page, from the mouse-up
event to the first frame after the view shows the server's trace. 200 ms of it is the canvas's
own wait. Prints one JSON object; ``--strokes`` sets how many are measured.
"""

from __future__ import annotations

import argparse
import json
import statistics

from tests.support import running_app
from tests.support.digits import DIGITS

_WATCH = """root => {
    window.repaints = [];
    let ended = 0;
    document.addEventListener("mouseup", () => { ended = performance.now(); }, true);
    new MutationObserver(() => {
        if (root.dataset.source !== "verified" || !ended) return;
        const since = ended;
        ended = 0;
        requestAnimationFrame(() => window.repaints.push(performance.now() - since));
    }).observe(root, { attributes: true, attributeFilter: ["data-frame"] });
}"""


def measure(strokes: int) -> list[float]:
    """Milliseconds for each of so many strokes, after three that warm up."""
    with running_app.server() as address, running_app.chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        running_app.open_draw_page(page, address)
        page.locator(running_app.VIEW).evaluate(_WATCH)
        for index in range(strokes + 3):
            if index and index % 3 == 0:
                page.locator(".st-key-clear button").click()
                running_app.wait_for_answer(page, 0)
            running_app.draw(page, DIGITS[str(index % 10)][:1], steps=4)
            running_app.wait_for_answer(page, index % 3 + 1)
            page.wait_for_function(f"window.repaints.length >= {index + 1}")
        return list(page.evaluate("window.repaints"))[3:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=30)
    times = measure(parser.parse_args().strokes)
    print(
        json.dumps(
            {
                "measure": "stroke end to verified repaint, ms",
                "strokes": len(times),
                "median": round(statistics.median(times), 1),
                "p95": round(statistics.quantiles(times, n=20)[-1], 1),
                "max": round(max(times), 1),
            }
        )
    )


if __name__ == "__main__":
    main()
