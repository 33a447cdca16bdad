"""Every page opens by its own address, also as the first thing a server is asked for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.support import running_app

# What only that page has: its address and a piece of its heading.
PAGES = {
    "": "Inside LeNet-5",
    "architecture": "Architecture",
    "connections": "Connections",
    "receptive-fields": "Receptive fields",
    "output-codes": "Output codes",
}


@pytest.mark.parametrize("path", PAGES)
def test_a_fresh_server_opens_the_page_that_was_asked_for(browser: Browser, path: str) -> None:
    with running_app.server() as address:
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/{path}")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text(re.compile(PAGES[path], re.IGNORECASE), timeout=60_000)
        running_app.settle(page)
        assert page.get_by_text("Page not found").count() == 0
        assert page.get_by_role("dialog").count() == 0
        assert page.url.split("?")[0].rstrip("/") == f"{address}/{path}".rstrip("/")
        assert not errors
        page.close()
