"""From ``streamlit run`` to the first picture and the first answer, dependencies installed.

Each run starts a new server and a new browser page and draws a digit as soon as there is a
canvas. Three clocks stop: when the canvas is there, when the whole network shows the drawing
(computed in the browser, which needs the weights and no PyTorch), and when PyTorch has verified
it. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time

from tests.support import running_app
from tests.support.digits import DIGITS


def measure(runs: int) -> dict[str, list[float]]:
    """Seconds until the canvas, the first live picture and the first answer, for each run."""
    times: dict[str, list[float]] = {"canvas": [], "live": [], "answer": []}
    with running_app.chromium() as browser:
        for _ in range(runs):
            start = time.monotonic()
            with running_app.server() as address:
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.goto(address)
                page.wait_for_selector(running_app.CANVAS)
                times["canvas"].append(time.monotonic() - start)
                running_app.draw(page, DIGITS["3"], steps=4)
                page.wait_for_selector(f'{running_app.VIEW}[data-digit="3"]')
                times["live"].append(time.monotonic() - start)
                running_app.wait_for_answer(page, 1)
                times["answer"].append(time.monotonic() - start)
                page.close()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    times = measure(parser.parse_args().runs)
    print(
        json.dumps(
            {"measure": "cold start, s", "runs": len(times["answer"])}
            | {
                f"{name}_median": round(statistics.median(values), 2)
                for name, values in times.items()
            }
            | {f"{name}_max": round(max(values), 2) for name, values in times.items()}
        )
    )


if __name__ == "__main__":
    main()
