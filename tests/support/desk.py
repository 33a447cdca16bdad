"""One draw page for many tests: emptied after each, opened anew where a test has left more.

Opening a page takes as long as some ten drawings do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from playwright.sync_api import Browser, Error, Page

from tests.support import running_app
from tests.support.running_app import VIEW_ROOT

_SEEN = f"""() => {{
    const view = {VIEW_ROOT};
    const {{ digit, source, strokes, tiles, unit }} = view.dataset;
    return [
        location.href,
        document.querySelector("[data-testid=stMain]").innerText,
        document.querySelectorAll("[role=dialog], [data-testid=stPopoverBody]").length,
        [digit, source, strokes, tiles, unit],
        [".controls", ".legend", ".arithmetic"].map((one) => view.querySelector(one).innerText),
    ];
}}"""
"""Where the page is, and what it shows beside the numbers of the network."""

_SOON = 2_000  # milliseconds in which what was closed is gone


class Desk:
    """Lends the page to one test after the other; errors in its console fail the test."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._open = ExitStack()
        self._page: Page | None = None
        self._errors: list[str] = []
        self._at_first: list[Any] = []

    @contextmanager
    def lent(self) -> Iterator[Page]:
        """The page, empty as it was opened."""
        page = self._page or self._opened()
        yield page
        errors, self._errors[:] = list(self._errors), []
        if errors or not self._is_as_at_first(page):
            self.close()
        assert not errors, errors

    def close(self) -> None:
        self._open.close()
        self._page = None

    def _opened(self) -> Page:
        context = self._browser.new_context(viewport=running_app.SCREEN)
        self._open.callback(context.close)
        self._page = context.new_page()
        self._errors = running_app.errors_of(self._page)
        running_app.open_draw_page(self._page, self._address)
        running_app.wait_for_answer(self._page, 0)
        running_app.settle(self._page)
        self._at_first = self._page.evaluate(_SEEN)
        return self._page

    def _is_as_at_first(self, page: Page) -> bool:
        """Empty the page, and see whether that was all that a test had changed."""
        try:
            _empty(page)
            seen = f"(expected) => JSON.stringify(({_SEEN})()) === JSON.stringify(expected)"
            page.wait_for_function(seen, arg=self._at_first, timeout=_SOON)
        except Error:
            return False
        return True


def _empty(page: Page) -> None:
    page.mouse.up()
    page.mouse.move(0, 0)
    page.set_viewport_size(running_app.SCREEN)
    page.emulate_media(color_scheme="null", reduced_motion="null")
    for _ in range(2):  # what lies over the page, and a unit that is pinned
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Clear", exact=True).click(timeout=_SOON)
    running_app.wait_for_answer(page, 0)
    running_app.settle(page)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    page.mouse.move(0, 0)
