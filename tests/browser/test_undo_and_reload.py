"""Nothing that was drawn is lost: by Clear, a sample, or a page that is loaded again at once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from lenet.drawing import link
from tests.support import running_app, touch, waiting
from tests.support.digits import DIGITS

BAR: running_app.Strokes = [[(60, 150), (220, 150)]]


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


def press(page: Page, *buttons: str) -> None:
    for button in buttons:
        page.locator(f".st-key-{button} button").click()


def ink(page: Page) -> int:
    """How many pixels of the canvas are black on its white."""
    seen = page.locator(running_app.CANVAS).screenshot(scale="css")
    return int((np.asarray(Image.open(io.BytesIO(seen)).convert("L")) < 64).sum())


def test_undo_after_clear_shows_and_reads_the_drawing_again(desk: Page) -> None:
    page = desk
    page.emulate_media(color_scheme="light")
    running_app.draw(page, DIGITS["4"], steps=3)
    running_app.wait_for_answer(page, 2)
    drawn, covered = shown(page), ink(page)
    assert covered > 2000
    press(page, "clear")
    running_app.wait_for_answer(page, 0)
    assert ink(page) == 0
    page.get_by_role("slider", name="Pen").press("ArrowRight")  # another run of the script
    running_app.settle(page)
    live = page.evaluate(
        f"""() => {{
            document.querySelector(".st-key-undo button").click();
            const {{ live }} = {running_app.VIEW_ROOT}.view;
            return [live.strokes().length, new URL(location).searchParams.has("drawing")];
        }}"""
    )
    assert live == [2, True], "before the server has answered"
    assert running_app.wait_for_answer(page, 2)["digit"] == "4"
    assert shown(page) == drawn
    # The ends of strokes differ by a thousandth of the pen.
    seen_again = waiting.until(lambda: ink(page), "ink is seen again")
    assert seen_again == pytest.approx(covered, rel=0.01)
    press(page, "undo")
    running_app.wait_for_answer(page, 1)
    assert shown(page) == drawn[:1]


def test_what_the_canvas_had_not_sent_comes_back_too(desk: Page) -> None:
    page = desk
    running_app.draw(page, DIGITS["4"], steps=3)
    drawn = shown(page)
    press(page, "clear", "undo")
    assert running_app.wait_for_answer(page, 2)["digit"] == "4"
    assert shown(page) == drawn


def test_steps_are_taken_back_in_their_order(desk: Page) -> None:
    """Strokes, Clear and samples, some of them before the server has answered."""
    page = desk
    running_app.draw(page, DIGITS["7"], steps=3)
    press(page, "clear")
    running_app.draw(page, DIGITS["1"], steps=3)
    press(page, "clear")
    running_app.draw(page, BAR, steps=3)
    running_app.wait_for_answer(page, 1)
    page.get_by_role("button", name="Samples").click()
    page.get_by_role("button", name="a handwritten 0, sample").first.click()
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='0'][data-source=verified]")
    page.keyboard.press("Escape")
    running_app.draw(page, DIGITS["4"], steps=3)
    running_app.wait_for_answer(page, 2)
    press(page, "undo", "undo")
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='0'][data-strokes='0']")
    for strokes, digit in ((1, None), (0, ""), (1, "1"), (0, ""), (1, "7"), (0, "")):
        press(page, "undo")
        seen = running_app.wait_for_answer(page, strokes)
        assert digit in (None, seen["digit"])
    press(page, "undo")
    running_app.settle(page)
    assert running_app.handles(page)["strokes"] == "0"


def test_a_finger_clears_and_takes_it_back(browser: Browser, address: str) -> None:
    with touch.phone(browser, address) as page:
        touch.Fingers(page).draw(DIGITS["7"])
        running_app.wait_for_answer(page, 1)
        page.locator(".st-key-clear button").tap()
        running_app.wait_for_answer(page, 0)
        page.locator(".st-key-undo button").tap()
        assert running_app.wait_for_answer(page, 1)["digit"] == "7"
