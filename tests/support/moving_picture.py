"""Makes the README's moving picture from the running app: a digit is drawn, all layers follow.

python -m tests.support.moving_picture        # writes assets/screenshots/drawing.webp
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.support import running_app
from tests.support.digits import DIGITS

TARGET = running_app.ROOT / "assets" / "screenshots" / "drawing.webp"
SIZE = (1280, 800)
WIDTH = 960
FRAME_MS, PAUSE_MS = 70, 2600
FRAMES = 48
LARGEST = 2_000_000  # bytes


def frames(page: Page, digit: str) -> list[Image.Image]:
    """Pictures of the page, one for every few moves of the pen and one of the verified answer."""
    strokes = DIGITS[digit]
    lengths = sum(len(stroke) - 1 for stroke in strokes)
    steps = max(1, FRAMES // lengths)
    box = page.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    taken = [_taken(page)]
    for stroke in strokes:
        (x, y), *rest = stroke
        page.mouse.move(box["x"] + x, box["y"] + y)
        page.mouse.down()
        for to_x, to_y in rest:
            for step in range(1, steps + 1):
                part = step / steps
                before = running_app.frame(page)
                at = (x + part * (to_x - x), y + part * (to_y - y))
                page.mouse.move(box["x"] + at[0], box["y"] + at[1])
                page.wait_for_function(f"{running_app.VIEW_ROOT}.dataset.frame > {before}")
                taken.append(_taken(page))
            x, y = to_x, to_y
        page.mouse.up()
    running_app.wait_for_answer(page, len(strokes))
    running_app.settle(page)
    return [*taken, _taken(page)]


def _taken(page: Page) -> Image.Image:
    picture = Image.open(BytesIO(page.screenshot()))
    height = round(WIDTH * picture.height / picture.width)
    return picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)


def write(taken: list[Image.Image], target: Path) -> int:
    """Write the frames as an animated WebP and return its size in bytes."""
    durations = [PAUSE_MS // 3, *[FRAME_MS] * (len(taken) - 2), PAUSE_MS]
    taken[0].save(
        target,
        save_all=True,
        append_images=taken[1:],
        duration=durations,
        loop=0,
        quality=70,
        method=6,
    )
    return target.stat().st_size


def main() -> int:
    with running_app.server() as address, running_app.chromium() as browser:
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        running_app.open_draw_page(page, address)
        running_app.draw(page, DIGITS["0"], steps=4)  # PyTorch is there once this is verified
        running_app.wait_for_answer(page, 1)
        page.get_by_role("button", name="Clear", exact=True).click()
        running_app.settle(page)
        taken = frames(page, "3")
    size = write(taken, TARGET)
    print(f"{TARGET}: {len(taken)} frames, {size / 1e6:.2f} MB")  # noqa: T201
    return int(size > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
