"""The canvas shows and takes every stroke: with a mouse, with fingers, wherever they begin."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.support import running_app, touch
from tests.support.digits import DIGITS

INK_AND_PAPER = {"light": ((0, 0, 0), (255, 255, 255)), "dark": ((255, 255, 255), (14, 17, 23))}


@pytest.fixture(scope="module")
def phone(browser: Browser, address: str) -> Iterator[Page]:
    with touch.phone(browser, address) as page:
        yield page


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear", exact=True).click()
    running_app.wait_for_answer(page, 0)


def pixels(page: Page) -> Image.Image:
    """The canvas as it is seen, one pixel for each of its own."""
    seen = page.locator(running_app.CANVAS).screenshot(scale="css")
    return Image.open(io.BytesIO(seen)).convert("RGB")


def test_ink_is_seen_in_both_themes_also_when_the_theme_changes_over_it(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    running_app.draw(page, [[(60, 60), (60, 220)]], steps=4)
    running_app.wait_for_answer(page, 1)
    box = page.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    # The second stroke's pen stays down, so its ink is not on the drawing's own layer yet.
    page.mouse.move(box["x"] + 200, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 220, steps=4)
    for theme in ("light", "dark", "light"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(
            "theme => getComputedStyle(document.querySelector('.st-key-canvas')).colorScheme"
            " === theme",
            arg=theme,
        )
        seen = pixels(page)
        ink, paper = INK_AND_PAPER[theme]
        assert [seen.getpixel(place) for place in ((60, 140), (200, 140))] == [ink, ink]
        assert [seen.getpixel(place) for place in ((20, 140), (130, 140))] == [paper, paper]
    page.mouse.up()
    running_app.wait_for_answer(page, 2)


def test_no_button_of_the_component_takes_a_finger(phone: Page) -> None:
    """Its row of buttons would be over the top right quarter, invisible until hovered."""
    fingers = touch.Fingers(phone)
    places = [(x, y) for x in range(4, 280, 24) for y in (2, 14, 28)]
    for place in places:
        fingers.tap(place)
    running_app.wait_for_answer(phone, len(places))
    clear(phone)
    # Nothing was switched to editing either: an 8 that begins there is an 8.
    eight = [[(x + 45, y - 30) for x, y in stroke] for stroke in DIGITS["8"]]
    fingers.look()
    fingers.draw(eight)
    assert running_app.wait_for_answer(phone, 1)["digit"] == "8"
    clear(phone)


def test_a_mouse_that_comes_from_above_draws_at_once(page: Page) -> None:
    box = page.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    for index, x in enumerate((150, 190, 230, 270)):
        page.mouse.move(box["x"] + x, box["y"] - 60)
        page.mouse.move(box["x"] + x, box["y"] + 6)
        page.mouse.down()
        page.mouse.move(box["x"] + x, box["y"] + 120, steps=3)
        page.mouse.up()
        running_app.wait_for_answer(page, index + 1)


def test_the_component_offers_no_button(page: Page) -> None:
    container = page.locator(".st-key-canvas")
    assert container.locator(".dc-toolbar button").count() > 0, "the buttons are looked for"
    assert container.get_by_role("button").count() == 0
