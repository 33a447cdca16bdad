"""One app and one Chromium for all browser tests; a fresh page for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests import stage


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with stage.server() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if stage.chromium_path() is None:
        pytest.fail("No Chromium was found; `make test` installs one, or set CHROMIUM to its path.")
    with stage.chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The draw page, ready to draw on, at 1440 x 900; any error in its console fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    stage.open_draw_page(page, address)
    yield page
    context.close()
    assert not errors
