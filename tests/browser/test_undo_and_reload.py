"""Nothing that was drawn is lost: not by a page that is loaded again at once."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from lenet.drawing import link
from tests.support import running_app, touch
from tests.support.digits import DIGITS

BAR = [[(60, 150), (220, 150)]]


@pytest.fixture(scope="module")
def one_desk(browser: Browser, address: str) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        running_app.open_draw_page(page, address)
        yield page


@pytest.fixture
def desk(one_desk: Page, address: str) -> Page:
    """A page with a mouse, of a new visit, and empty."""
    running_app.open_draw_page(one_desk, address)
    return one_desk


def text_in(page: Page) -> str:
    """The drawing in the address."""
    return parse_qs(urlsplit(page.evaluate("location.href")).query).get("drawing", [""])[0]


def shown(page: Page) -> list[list[tuple[float, float]]]:
    strokes = page.locator(running_app.VIEW).evaluate("root => root.view.live.strokes()")
    return [[(x, y) for x, y in stroke] for stroke in strokes]


def reload_at_once(page: Page) -> None:
    """Before the canvas has sent anything: it waits for 200 ms after a stroke."""
    page.reload()
    page.wait_for_selector(running_app.CANVAS)


def test_a_page_that_is_loaded_again_at_once_has_every_stroke(desk: Page) -> None:
    page = desk
    before = page.evaluate("history.length")
    page.evaluate("window.name = ''")
    drawn = []
    for count, stroke in enumerate([*DIGITS["4"], *BAR], 1):
        running_app.draw(page, [stroke], steps=3)
        reload_at_once(page)
        running_app.wait_for_answer(page, count)
        drawn.append(shown(page)[-1])
    assert shown(page) == drawn
    assert page.evaluate("history.length") == before
    assert link.read(text_in(page)).strokes == drawn


def test_a_finger_s_stroke_is_there_as_well(browser: Browser, address: str) -> None:
    with touch.phone(browser, address) as page:
        touch.Fingers(page).draw(DIGITS["7"])
        reload_at_once(page)
        assert running_app.wait_for_answer(page, 1)["digit"] == "7"


def test_the_address_is_the_servers_once_it_has_heard(desk: Page) -> None:
    """With two pens, and with what stands in the address besides."""
    page = desk
    page.goto(page.url + "?range=map")
    running_app.wait_for_answer(page, 0)
    running_app.draw(page, DIGITS["4"][:1], steps=3)
    at_once = text_in(page)
    running_app.wait_for_answer(page, 1)
    running_app.settle(page)
    assert text_in(page) == at_once
    page.get_by_role("slider", name="Pen").press("ArrowRight")
    running_app.settle(page)
    running_app.draw(page, DIGITS["4"][1:], steps=3)
    at_once = text_in(page)
    running_app.wait_for_answer(page, 2)
    running_app.settle(page)
    assert text_in(page) == at_once
    drawing = link.read(at_once)
    assert drawing.pens == [20, 21]
    assert link.write(drawing) == at_once
    assert "range=map" in page.url
    assert "pen=21" in page.url


def test_undo_and_clear_change_the_address_at_once(desk: Page) -> None:
    page = desk
    running_app.draw(page, DIGITS["4"], steps=3)
    running_app.wait_for_answer(page, 2)
    running_app.settle(page)
    page.locator(".st-key-undo button").click()
    reload_at_once(page)
    running_app.wait_for_answer(page, 1)
    page.locator(".st-key-clear button").click()
    reload_at_once(page)
    assert running_app.wait_for_answer(page, 0)["digit"] == ""
    assert text_in(page) == ""
