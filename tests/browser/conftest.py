"""One app for all browser tests; a fresh page for each, or one that was emptied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support import running_app, visits
from tests.support.desk import Desk
from tests.support.visitor import warm_up


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """A server with PyTorch loaded: nothing that a page does is still due to its start."""
    with running_app.server() as address:
        visits.run(warm_up(address))
        yield address


@pytest.fixture(scope="module")
def explore_address() -> Iterator[str]:
    """A server of its own, so that the page's address is the first it is asked for."""
    with running_app.server() as address:
        yield address


@pytest.fixture(scope="module")
def everywhere() -> Iterator[str]:
    """A server that listens on every interface, opened as localhost."""
    with running_app.server("--server.address=0.0.0.0") as address:
        yield address.replace("127.0.0.1", "localhost")


@pytest.fixture
def fresh_page(browser: Browser, address: str) -> Iterator[Page]:
    """The draw page, ready to draw on, at 1440 x 900; any error in its console fails the test."""
    with running_app.watched_page(browser) as page:
        running_app.open_draw_page(page, address)
        yield page


@pytest.fixture
def page(fresh_page: Page) -> Page:
    """The draw page; a file whose tests only draw on it has them share one, see ``desk``."""
    return fresh_page


@pytest.fixture(scope="session")
def _desk(browser: Browser, address: str) -> Iterator[Desk]:
    desk = Desk(browser, address)
    yield desk
    desk.close()


@pytest.fixture
def desk(_desk: Desk) -> Iterator[Page]:
    """The same page, shared: only its drawing, pointer and size were another's, and are put back.

    Not for a test that changes the page's scripts, or that needs a canvas nothing was ever on.
    """
    with _desk.lent() as page:
        yield page
