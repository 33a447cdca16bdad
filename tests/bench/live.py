"""From a move of the pen to all layers repainted, in Chromium, inside the real page.

Moves the mouse slowly along digits with the button down, or with ``--phone`` a finger on a screen
of 390 x 844, and measures, in the page, from the event's own time stamp to the task after the frame
in which the view has repainted every layer (its ``data-frame`` has grown). With ``--networks`` it
is the page that compares networks, all of which have been repainted. Prints one JSON object.

A part of that is the browser's own: until it has handed the event to any page. That part is
measured as well, on the same moves (``delivered``) and on an empty page (``empty_page``); headless
Chromium gives a touch to a page two frames of the screen after its time stamp.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable

from playwright.sync_api import Page

from tests.support import running_app, touch
from tests.support.digits import DIGITS

_COMPARISON = (
    "[...document.querySelectorAll('.st-key-compared *')].find((node) => node.shadowRoot)"
    ".shadowRoot.querySelector('.comparison')"
)

_VERIFIED = (
    "root => [...root.querySelectorAll('.row')].every(({ dataset }) =>"
    " dataset.source === 'verified' && dataset.digit !== '')"
)

_WATCH = """(root) => {
    window.latencies = [];
    window.delivered = [];
    window.frames = 0;
    let moved = null;
    document.addEventListener("mousemove", (event) => {
        if (event.buttons && event.isTrusted) heard(event);
    }, true);
    const passively = { capture: true, passive: true };
    document.addEventListener("touchmove", (event) => heard(event), passively);
    const heard = ({ timeStamp }) => {
        if (moved !== null) return;
        moved = timeStamp;
        window.delivered.push(performance.now() - timeStamp);
    };
    new MutationObserver(() => {
        window.frames += 1;
        if (moved === null) return;
        const since = moved;
        moved = null;
        const channel = new MessageChannel();
        channel.port1.onmessage = () => window.latencies.push(performance.now() - since);
        channel.port2.postMessage(0); // a task of its own, so after this frame is painted
    }).observe(root, { attributes: true, attributeFilter: ["data-frame"] });
}"""


_CANVAS = "<canvas class='upper-canvas' width='280' height='280'></canvas>"

Draw = Callable[[Page, running_app.Strokes, int], None]


def measure(moves: int, *, phone: bool, networks: str = "") -> dict[str, list[float]]:
    """Milliseconds of each kind, over at least so many moves of the pen.

    With ``networks``, names with commas between them, these are read side by side.
    """
    with running_app.server() as address, running_app.chromium() as browser:
        if phone:
            with touch.phone(browser, address) as page:
                if networks:
                    _open_comparison(page, address, networks)
                found = _repaints(page, moves, _by_finger, compared=bool(networks))
                return found | {"empty_page": _on_an_empty_page(page, moves)}
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        if networks:
            _open_comparison(page, address, networks)
        else:
            running_app.open_draw_page(page, address)
        return _repaints(page, moves, running_app.draw, compared=bool(networks))


def _open_comparison(page: Page, address: str, networks: str) -> None:
    page.goto(f"{address}/variants?networks={networks}")
    page.wait_for_selector(running_app.CANVAS)
    page.locator(".comparison .row[data-source=verified]").last.wait_for()
    running_app.settle(page)


def _repaints(page: Page, moves: int, draw: Draw, *, compared: bool) -> dict[str, list[float]]:
    draw(page, DIGITS["0"], 10)  # warms the page's scripts up
    if compared:
        root = page.evaluate_handle(_COMPARISON)
        page.wait_for_function(_VERIFIED, arg=root)
    else:
        running_app.wait_for_answer(page, 1)
        root = page.evaluate_handle(running_app.VIEW_ROOT)
    page.evaluate(_WATCH, root)
    made = 0
    for digit in "83526":
        strokes = DIGITS[digit]
        steps = -(-moves // (5 * (len(strokes[0]) - 1)))
        draw(page, strokes, steps)
        made += steps * (len(strokes[0]) - 1)
        running_app.settle(page)
    assert made >= moves
    names = {"painted": "latencies", "delivered": "delivered"}
    return {kind: list(page.evaluate(f"window.{name}")) for kind, name in names.items()}


def _on_an_empty_page(page: Page, moves: int) -> list[float]:
    """From a finger's move to a page that does nothing with it."""
    page.goto("about:blank")
    page.set_content(f"<div class='st-key-canvas'>{_CANVAS}</div>")
    page.evaluate(
        """() => {
            window.delivered = [];
            const canvas = document.querySelector("canvas");
            canvas.addEventListener("touchstart", (event) => event.preventDefault());
            document.addEventListener("touchmove", ({ timeStamp }) => {
                window.delivered.push(performance.now() - timeStamp);
            }, { passive: true });
        }"""
    )
    _by_finger(page, [[(20, 20), (260, 260)]], moves)
    return list(page.evaluate("window.delivered"))


def _by_finger(page: Page, strokes: running_app.Strokes, steps: int) -> None:
    fingers = touch.Fingers(page)
    for start, *others in strokes:
        fingers.down(start)
        for place in others:
            fingers.move(place, steps=steps)
        fingers.up()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=300)
    parser.add_argument("--phone", action="store_true", help="a finger on a phone's screen")
    parser.add_argument("--networks", default="", help="read side by side: max-pool,softmax")
    asked = parser.parse_args()
    moves = asked.moves
    found = measure(moves, phone=asked.phone, networks=asked.networks)
    times = found.pop("painted")
    print(
        json.dumps(
            {
                "measure": "pen move to all layers repainted, ms",
                "screen": "phone" if asked.phone else "desktop",
                "networks": asked.networks or "lenet5",
                "moves": moves,
                "frames": len(times),
                "median": round(statistics.median(times), 1),
                "p95": round(statistics.quantiles(times, n=20)[-1], 1),
                "max": round(max(times), 1),
                **{kind: round(statistics.median(each), 1) for kind, each in found.items()},
            }
        )
    )


if __name__ == "__main__":
    main()
