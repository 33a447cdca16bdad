"""The page by keyboard alone: its shortcuts, and where they keep silent."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import running_app
from tests.support.running_app import VIEW, VIEW_ROOT


@pytest.fixture
def page(desk: Page) -> Page:
    return desk


def wait_for(page: Page, state: str, arg: Any = None) -> None:
    """Wait until something is true of ``view``."""
    page.wait_for_function(f"(arg) => {{ const view = {VIEW_ROOT}; return {state}; }}", arg=arg)


def reads(page: Page, digit: str) -> None:
    """Wait until PyTorch reads that digit, or nothing for ""."""
    wait_for(page, "view.dataset.digit === arg && view.dataset.source === 'verified'", digit)


def test_digits_take_samples_and_letters_press_the_buttons(page: Page) -> None:
    press = page.keyboard.press
    press("7")
    reads(page, "7")
    first = page.url
    press("7")
    page.wait_for_function("(first) => location.href !== first", arg=first)
    reads(page, "7")
    second = page.url
    press("3")
    reads(page, "3")
    press("u")
    page.wait_for_url(second)
    press("Control+z")
    page.wait_for_url(first)
    reads(page, "7")
    press("c")
    reads(page, "")
    press("u")
    reads(page, "7")
    press("Backspace")
    reads(page, "")


def test_space_pauses_what_moves_and_r_replays(page: Page) -> None:
    press = page.keyboard.press
    for key in ("Space", "p"):
        press(key)
        wait_for(page, "view.view.paused")
        press(key)
        wait_for(page, "!view.view.paused")
    press("r")
    wait_for(page, "view.view.replay.running")
    press("Space")
    wait_for(page, "view.view.replay.open && !view.view.replay.running")
    press("Space")
    wait_for(page, "view.view.replay.running && !view.view.paused")
    press("r")
    wait_for(page, "!view.view.replay.open")


def test_the_list_of_keys_names_them_all_and_leaves_the_page_alone(page: Page) -> None:
    press = page.keyboard.press
    press("1")
    reads(page, "1")
    press("?")
    keys = page.get_by_role("dialog", name="Keyboard")
    expect(keys).to_be_visible()
    expect(keys.locator("kbd")).to_have_text(
        ["0 \u2013 9", "C", "Backspace", "U", "Ctrl+Z", "Space", "P", "R", "?"]
    )
    press("c")
    press("p")
    press("Escape")
    expect(keys).to_be_hidden()
    # The next key is heard, so those before it would have been.
    press("p")
    wait_for(page, "view.view.paused")
    assert running_app.handles(page)["digit"] == "1"
    press("p")


def test_what_has_the_focus_keeps_its_keys(page: Page) -> None:
    press = page.keyboard.press
    press("4")
    reads(page, "4")
    button = page.get_by_role("button", name="Pause", exact=True)
    button.focus()
    press("Space")  # presses the button, once
    wait_for(page, "view.view.paused")
    press("p")
    wait_for(page, "!view.view.paused")
    page.get_by_role("slider", name="Pen").focus()
    for key in ("7", "c", "p", "r"):
        press(key)
    page.evaluate("document.activeElement.blur()")
    press("p")
    wait_for(page, "view.view.paused && !view.view.replay.open")
    assert running_app.handles(page)["digit"] == "4"
    press("p")
    unit = running_app.handles(page)["unit"]
    page.locator(f"{VIEW} [data-stop=c1]").focus()
    press("ArrowRight")
    wait_for(page, "view.dataset.unit !== arg", unit)
