"""In a classroom the page comes over plain HTTP from an address in the room.

There a browser lends no clipboard, no camera and no ``crypto.subtle``; everything works without.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import running_app
from tests.support.digits import DIGITS
from tests.support.pictures import photo
from tests.support.running_app import VIEW

HOST = "classroom.example"
PAGES = ("architecture", "connections", "receptive-fields", "output-codes")
ABSENT = "[isSecureContext, navigator.clipboard, navigator.mediaDevices, crypto.subtle]"


@pytest.fixture(scope="module")
def room(browser: Browser) -> Iterator[Browser]:
    """A browser that finds the server under a name that is not this computer's own."""
    flags = [*running_app.CHROMIUM_FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    path = running_app.chromium_path()
    with browser.browser_type.launch(executable_path=path, args=flags) as own:
        yield own


def in_the_room(address: str) -> str:
    return f"http://{HOST}:{urlsplit(address).port}"


def has_what_it_needs_of(page: Page) -> None:
    """A page that browsers do not trust."""
    assert page.evaluate(ABSENT) == [False, None, None, None]


def test_drawing_sharing_and_taking_along_need_no_https(
    room: Browser, address: str, tmp_path: Path
) -> None:
    with running_app.watched_page(room) as page:
        running_app.open_draw_page(page, in_the_room(address))
        has_what_it_needs_of(page)
        running_app.draw(page, DIGITS["7"])
        answer = running_app.wait_for_answer(page, 1)
        assert answer["digit"] == "7"
        assert float(answer["delta"]) < 1e-4
        page.locator(f"{VIEW} [data-stop=c3]").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"{VIEW} .arithmetic")).to_contain_text("C3[0] (0,0)")

        copy = page.locator(".st-key-share .copy")
        copy.click()
        expect(copy).to_have_text("Copied")
        # Where even the old way is closed, the link stands there, selected.
        page.evaluate("document.execCommand = () => false")
        expect(copy).to_have_text("Copy link")
        copy.click()
        link = page.get_by_role("textbox", name="The link")
        expect(link).to_be_focused()
        selected = link.evaluate(
            "({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd)"
        )
        assert selected == page.url
        assert urlsplit(selected).hostname == HOST

        page.get_by_role("button", name="QR code").click()
        expect(page.get_by_alt_text("QR code of this page's address")).to_be_visible()
        expect(page.get_by_role("dialog")).not_to_contain_text("localhost")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Download").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Activations as CSV").click()
        download.value.save_as(tmp_path / "activations.csv")
        assert len((tmp_path / "activations.csv").read_text().splitlines()) > 9_118
        with page.expect_download() as download:
            page.get_by_role("button", name="Weights with their card").click()
        assert download.value.suggested_filename.endswith(".zip")
        page.keyboard.press("Escape")
        with page.expect_download() as download:
            page.locator(f"{VIEW} .controls").get_by_role("button", name="PNG").click()
        assert download.value.suggested_filename.endswith(".png")


def test_every_page_opens_without_https(room: Browser, address: str) -> None:
    with running_app.watched_page(room) as page:
        for name in PAGES:
            page.goto(f"{in_the_room(address)}/{name}")
            expect(page.locator("h1.page-title")).to_be_visible()
            running_app.settle(page)
            expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
            expect(page.locator(".st-key-share .copy")).to_have_text("Copy link")
            expect(page.get_by_test_id("stException")).to_have_count(0)
        page.goto(f"{in_the_room(address)}/?present=1")
        expect(page.locator(VIEW)).not_to_have_attribute("data-frame", "0")
        has_what_it_needs_of(page)


def test_a_phone_takes_the_photo_with_its_own_camera(room: Browser, address: str) -> None:
    with ExitStack() as open_:
        context = room.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
        )
        open_.callback(context.close)
        page = context.new_page()
        errors = running_app.errors_of(page)
        running_app.open_draw_page(page, in_the_room(address))
        page.get_by_role("button", name="Upload").first.tap()
        camera = page.locator(".camera input")
        expect(camera).to_be_visible()
        assert camera.get_attribute("accept") == "image/*"  # what the phone is to offer
        assert camera.get_attribute("capture") == "environment"  # with the camera at its back
        with page.expect_file_chooser() as chooser:
            camera.tap()
        chooser.value.set_files(
            {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": photo("7")}
        )
        page.wait_for_selector(f"{VIEW}[data-digit='7'][data-source=verified]")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
        assert not errors, errors


def test_the_phones_camera_is_offered_to_phones_only(room: Browser, address: str) -> None:
    with running_app.watched_page(room) as page:
        running_app.open_draw_page(page, in_the_room(address))
        page.get_by_role("button", name="Upload").first.click()
        expect(page.get_by_text("Browsers lend the camera only to pages")).to_be_visible()
        expect(page.locator(".camera")).to_be_hidden()
