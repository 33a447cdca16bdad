"""One app for all browser tests; a fresh page for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support import running_app


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with running_app.server() as address:
        yield address


@pytest.fixture(scope="module")
def explore_address() -> Iterator[str]:
    """A server of its own, so that the page's address is the first it is asked for."""
    with running_app.server() as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The draw page, ready to draw on, at 1440 x 900; any error in its console fails the test."""
    with running_app.watched_page(browser) as page:
        running_app.open_draw_page(page, address)
        yield page
