"""Every page opens by its own address, also as the first thing a server is asked for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.support import running_app
from tests.support.sampling import sampled

# What only that page has: its address and a piece of its heading.
PAGES = {
    "": "Inside LeNet-5",
    "architecture": "Architecture",
    "connections": "Connections",
    "receptive-fields": "Receptive fields",
    "output-codes": "Output codes",
    "variants": "Variants",
    "invariance": "Invariance",
    "training": "Training",
    "mistakes": "Mistakes",
}


@pytest.mark.parametrize("path", sampled(PAGES, 2))
def test_a_fresh_server_opens_the_page_that_was_asked_for(browser: Browser, path: str) -> None:
    with running_app.server() as address:
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/{path}")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text(re.compile(PAGES[path], re.IGNORECASE))
        running_app.settle(page)
        assert page.get_by_text("Page not found").count() == 0
        assert page.get_by_role("dialog").count() == 0
        assert page.url.split("?")[0].rstrip("/") == f"{address}/{path}".rstrip("/")
        assert not errors
        page.close()


def test_a_choice_stands_in_the_address_as_long_as_it_is_on_the_page(
    browser: Browser, explore_address: str
) -> None:
    with running_app.watched_page(browser) as page:
        page.goto(f"{explore_address}/architecture?part=Learned+parameters&weights=C5")
        expect(page.get_by_role("radio", name="C5")).to_be_checked()
        page.wait_for_url("**part=learned-parameters**")
        assert "weights=c5" in page.url
        before = page.evaluate("history.length")
        page.get_by_role("radio", name="F6").click()
        page.wait_for_url("**weights=f6**")
        page.get_by_role("tab", name="Layers", exact=True).click()
        page.wait_for_url(lambda url: "weights" not in url and "part" not in url)
        page.get_by_role("tab", name="Disagreements").click()
        page.wait_for_url("**part=disagreements**")
        assert page.evaluate("history.length") == before, "no entry of the history for a choice"
        page.get_by_text("Explore", exact=True).click()
        page.get_by_role("menuitem", name="Connections").click()
        page.wait_for_url(lambda url: "/connections" in url and "part" not in url)
        page.go_back()
        expect(page.get_by_role("tab", name="Disagreements")).to_have_attribute(
            "aria-selected", "true"
        )
        page.wait_for_url("**architecture?part=disagreements")
