"""For newcomers: every name says what it is, help opens beside it, and one is asked to point."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from lenet import glossary, spec
from tests.support import running_app
from tests.support.boxes import apart, box_of
from tests.support.digits import DIGITS

VIEW = running_app.VIEW
HELPED = [entry.key for entry in (*glossary.layers(), *glossary.on_the_draw_page())]

SIZES = [(1440, 900), (1280, 720), (1024, 768), (390, 844), (360, 640), (844, 390)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_titles_say_what_layers_do_and_nothing_overlaps(
    desk: Page, width: int, height: int
) -> None:
    desk.set_viewport_size({"width": width, "height": height})
    running_app.settle(desk)
    if height >= 700:  # lower, the smallest rows have their names only
        for layer in spec.BY_KEY:
            expect(desk.locator(f"{VIEW} .title[data-layer={layer}] .purpose")).to_be_visible()
    said = desk.locator(f"{VIEW} .title[data-layer=output]").inner_text()
    assert height < 700 or "smallest distance wins" in said
    titles = [box_of(one) for one in desk.locator(f"{VIEW} .title").all()]
    assert all(apart(one, other) for n, one in enumerate(titles) for other in titles[:n])
    labels = desk.locator(f"{VIEW} .rejection > *")
    assert all(apart(box_of(labels), title) for title in titles)


def test_one_is_asked_to_point_until_one_has(page: Page) -> None:
    hint = page.locator(f"{VIEW} .hint")
    expect(hint.get_by_role("link")).to_have_text("New here? Take the tour.")
    running_app.draw(page, DIGITS["3"])
    running_app.wait_for_answer(page, len(DIGITS["3"]))
    expect(hint).to_contain_text("Point at or tap any square")
    left, top, _, _ = json.loads(page.locator(VIEW).get_attribute("data-tiles") or "")["c1"]
    page.mouse.move(left + 20, top + 20)
    expect(hint).to_be_hidden()
    page.mouse.move(5, 5)
    page.reload()
    page.wait_for_selector(f"{VIEW}[data-digit='3']")
    expect(hint).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_help_on_every_name_is_whole_and_goes(desk: Page, width: int, height: int) -> None:
    desk.set_viewport_size({"width": width, "height": height})
    running_app.settle(desk)
    panel = desk.locator(f"{VIEW} .explained")
    texts = {entry.key: entry.text for entry in glossary.entries()}
    buttons = desk.locator(f"{VIEW} .help")
    assert {one.get_attribute("data-help") for one in buttons.all()} == set(HELPED)
    for key in HELPED:
        button = desk.locator(f"{VIEW} .help[data-help={key}]")
        button.click()
        expect(panel).to_be_visible()
        expect(panel.locator("p").first).to_have_text(texts[key])
        expect(panel.locator("svg")).to_be_visible()
        left, top, wide, high = box_of(panel)
        assert left >= 0
        assert top >= 0
        assert left + wide <= width
        assert top + high <= height
        desk.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(button).to_be_focused()


def test_help_leads_to_the_page_that_goes_deeper_and_back_to_the_unit(
    browser: Browser, address: str
) -> None:
    with running_app.watched_page(browser) as page:
        running_app.open_draw_page(page, address)
        running_app.draw(page, DIGITS["3"])
        running_app.wait_for_answer(page, len(DIGITS["3"]))
        drawing = parse_qs(urlsplit(page.url).query)["drawing"]
        page.locator(f"{VIEW} .help[data-help=c3]").click()
        page.get_by_role("link", name="See more of it").click()
        page.wait_for_url("**/connections?**")
        assert parse_qs(urlsplit(page.url).query)["drawing"] == drawing
        page.get_by_role("link", name="See it on your drawing").click()
        page.wait_for_selector(f"{VIEW}[data-digit='3']")
        assert json.loads(page.locator(VIEW).get_attribute("data-unit") or "")["layer"] == "c3"
        page.wait_for_url("**/?**pin=c3.0.5.5**")


def test_a_layer_is_asked_about_and_no_unit_is_meant_by_it(desk: Page) -> None:
    desk.locator(f"{VIEW} .help[data-help=c1]").click()
    expect(desk.locator(f"{VIEW}")).to_have_attribute("data-unit", "")
