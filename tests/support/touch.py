"""Fingers on a page: real touch events, as Chromium makes them of what a screen reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.support import running_app
from tests.support.running_app import CANVAS, Strokes

Place = tuple[float, float]


class Fingers:
    """Fingers in canvas pixels, each with a number of its own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._session = page.context.new_cdp_session(page)
        self._down: dict[int, Place] = {}
        self.look()

    def look(self) -> None:
        """Find the canvas again, after the page has been scrolled or changed."""
        box = self.page.locator(CANVAS).bounding_box()
        assert box is not None
        self._corner, self._scale = (box["x"], box["y"]), box["width"] / running_app.CANVAS_SIDE

    def down(self, place: Place, finger: int = 0) -> None:
        self._down[finger] = place
        self._send("touchStart", self._down)

    def move(self, place: Place, finger: int = 0, steps: int = 4) -> None:
        x, y = self._down[finger]
        for step in range(1, steps + 1):
            part = step / steps
            self._down[finger] = (x + part * (place[0] - x), y + part * (place[1] - y))
            self._send("touchMove", self._down)

    def up(self, finger: int = 0) -> None:
        place = self._down.pop(finger)
        # Fingers named at an end are those that are lifted, and none is named for the last one.
        self._send("touchEnd", {finger: place} if self._down else {})

    def cancel(self) -> None:
        """The system takes all fingers away, as for a gesture of its own."""
        self._down.clear()
        self._send("touchCancel", {})

    def tap(self, place: Place) -> None:
        self.down(place)
        self.up()

    def draw(self, strokes: Strokes) -> None:
        for stroke in strokes:
            self.down(stroke[0])
            for place in stroke[1:]:
                self.move(place)
            self.up()

    def _send(self, kind: str, fingers: dict[int, Place]) -> None:
        points = [
            {
                "id": finger,
                "x": self._corner[0] + self._scale * x,
                "y": self._corner[1] + self._scale * y,
            }
            for finger, (x, y) in fingers.items()
        ]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@contextmanager
def phone(browser: Browser, address: str, width: int = 390, height: int = 844) -> Iterator[Page]:
    """The draw page on a phone, ready to draw on."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=3,
    )
    page = context.new_page()
    running_app.open_draw_page(page, address)
    page.evaluate("document.fonts.ready")  # a text that is set anew moves the canvas
    yield page
    context.close()
