"""Pictures from outside: a photo is read, and what is no picture is a sentence."""

from __future__ import annotations

import base64
import re

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, Dialog, FilePayload, FloatRect, Page, expect

from lenet import mnist, samples, spec
from tests.support import axe, running_app
from tests.support.digits import DIGITS
from tests.support.pictures import huge_png, photo, png


@pytest.fixture
def page(desk: Page) -> Page:
    return desk


def upload(page: Page, name: str, content: bytes, kind: str = "image/png") -> None:
    page.get_by_role("button", name="Upload").first.click()
    file: FilePayload = {"name": name, "mimeType": kind, "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


@pytest.mark.parametrize("digit", ["2", "7"])
def test_a_photo_of_a_digit_is_read(page: Page, digit: str) -> None:
    upload(page, "photo.jpg", photo(digit), "image/jpeg")
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='{digit}'][data-source=verified]")
    assert float(running_app.handles(page)["delta"]) < 1e-4


def box_of(page: Page, part: str) -> FloatRect:
    """Where a part of what was found is on the screen."""
    box = page.locator(f".found {part}").first.bounding_box()
    assert box is not None
    return box


def test_on_a_phone_the_picture_is_whole_and_the_outline_turns_with_it(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    upload(page, "photo.jpg", photo("7"), "image/jpeg")
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='7'][data-source=verified]")
    outline, picture = box_of(page, ".digit"), box_of(page, ".picture")
    assert picture["x"] >= 0
    assert picture["x"] + picture["width"] <= 390
    # The seven's strokes lie in this part of the photo; the outline stands a few pixels off.
    strokes = np.concatenate(DIGITS["7"]) * 1.5 + (250, 150)
    low, high = strokes.min(axis=0) - 11, strokes.max(axis=0) + 11
    scale = picture["width"] / 900
    assert abs(outline["x"] - picture["x"] - scale * low[0]) < 10
    assert abs(outline["y"] - picture["y"] - scale * low[1]) < 10
    assert abs(outline["width"] - scale * (high - low)[0]) < 18
    assert abs(outline["height"] - scale * (high - low)[1]) < 18
    page.get_by_role("button", name="Turn left").click()
    expect(page.locator(".found")).to_have_attribute("style", re.compile("700 / 900|467 / 600"))
    turned = box_of(page, ".digit")
    assert (turned["width"] > turned["height"]) is (outline["width"] < outline["height"])
    page.set_viewport_size({"width": 1440, "height": 900})
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
        assert not axe.grave(page, {})


def test_of_two_digits_one_is_chosen_on_the_picture(page: Page) -> None:
    upload(page, "two.jpg", photo("37"), "image/jpeg")
    expect(page.get_by_text("2 digits were found in the picture: choose")).to_be_visible()
    assert running_app.handles(page)["digit"] == ""
    page.get_by_role("button", name="Choose the digit marked B").click()
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='7'][data-source=verified]")
    page.get_by_role("button", name="Choose the digit marked A").press("Enter")
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='3'][data-source=verified]")
    first = page.get_by_role("button", name="Choose the digit marked A")
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(first).to_be_focused()


def test_a_saved_digit_gives_the_same_input_as_the_digit_itself(page: Page) -> None:
    digits = samples.load()
    position = int(np.flatnonzero(digits.labels == 4)[0])
    upload(page, "four.png", png(255 - digits.images[position]))
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='4'][data-source=verified]")
    seen = page.locator(running_app.VIEW).evaluate("root => [...root.view.trace.input]")
    images = torch.from_numpy(digits.images[position : position + 1].copy())
    one_level = (spec.INK - spec.BACKGROUND) / 255
    np.testing.assert_allclose(seen, mnist.as_input(images).flatten(), atol=1.01 * one_level)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("notes.png", b"this is no picture at all", "please send a PNG, JPEG, WebP"),
        ("cut.jpg", photo("3")[:3000], "is damaged and cannot be read"),
        ("huge.png", huge_png(), "has 100 million pixels"),
        ("blank.png", png(np.full((300, 300), 255, np.uint8)), "I cannot find one digit here"),
    ],
)
def test_what_cannot_be_used_is_a_sentence_and_nothing_is_lost(
    page: Page, name: str, content: bytes, sentence: str
) -> None:
    running_app.draw(page, DIGITS["1"], steps=3)
    before = running_app.wait_for_answer(page, 1)
    page.locator(running_app.CANVAS).evaluate("canvas => { canvas.dataset.mark = 'the same'; }")
    upload(page, name, content)
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.locator(running_app.CANVAS)).to_have_attribute("data-mark", "the same")
    after = running_app.handles(page)
    assert after["digit"] == before["digit"] == "1"
    assert after["strokes"] == "1"
    page.keyboard.press("Escape")
    running_app.draw(page, [[(60, 240), (220, 240)]], steps=3)
    running_app.wait_for_answer(page, 2)


PASTE = """([content, type]) => {
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    const clipboardData = new DataTransfer();
    if (type) clipboardData.items.add(new File([bytes], "pasted", { type }));
    const how = { clipboardData, bubbles: true, composed: true, cancelable: true };
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def paste(page: Page, content: bytes, kind: str) -> None:
    page.wait_for_selector(".paste[data-listens=true]", state="attached")
    page.evaluate(PASTE, [base64.b64encode(content).decode(), kind])


def noisy_one() -> bytes:
    """A one as a PNG of some five million bytes, as screenshots of photos are."""
    grey = np.random.default_rng(0).integers(160, 250, (1500, 1500, 3), np.uint8)
    grey[300:1200, 700:800] = 20
    return png(grey)


def test_what_is_pasted_is_read_and_a_text_is_not_taken_for_a_picture(page: Page) -> None:
    paste(page, photo("2"), "image/jpeg")
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='2'][data-source=verified]")
    large = noisy_one()
    assert len(large) > 2_000_000, "more than one message may have"
    paste(page, large, "image/png")
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='1'][data-source=verified]")
    paste(page, b"", "")
    expect(page.get_by_text("The clipboard holds no picture")).to_be_visible()
    paste(page, b"%PDF-1.7" + bytes(500_000), "application/pdf")
    expect(page.get_by_text("What was pasted cannot be sent")).to_be_visible()
    assert running_app.handles(page)["digit"] == "1"


def test_the_camera_is_offered_where_browsers_lend_it(address: str, browser: Browser) -> None:
    flags = [
        *running_app.CHROMIUM_FLAGS,
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--host-resolver-rules=MAP digits.example 127.0.0.1",
    ]
    elsewhere = "http://digits.example" + address[address.rindex(":") :]
    with browser.browser_type.launch(
        executable_path=running_app.chromium_path(), args=flags
    ) as own:
        with running_app.watched_page(own) as page:
            running_app.open_draw_page(page, address)
            page.get_by_role("button", name="Upload").first.click()
            page.get_by_role("button", name="Take a photo").click()
            # Before its first frame a camera has nothing to take.
            page.wait_for_function("document.querySelector('video')?.videoWidth > 0")
            page.get_by_role("button", name="Take Photo").click()
            # Whatever the camera shows, it is looked at like any other picture.
            expect(page.get_by_alt_text("The picture that was sent")).to_be_visible()
            expect(page.get_by_role("dialog")).to_have_count(0)
        with running_app.watched_page(own) as page:
            running_app.open_draw_page(page, elsewhere)
            assert page.evaluate("navigator.mediaDevices === undefined")
            page.get_by_role("button", name="Upload").first.click()
            expect(page.get_by_text("Browsers lend the camera only to pages")).to_be_visible()
            expect(page.get_by_role("button", name="Take a photo")).to_have_count(0)
            paste(page, photo("7"), "image/jpeg")
            page.wait_for_selector(f"{running_app.VIEW}[data-digit='7'][data-source=verified]")


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>.png", "[x](javascript:alert(1)).png"]
)
def test_a_files_name_is_not_taken_for_markup(page: Page, name: str) -> None:
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    upload(page, name, b"this is no picture at all")
    expect(page.get_by_text("please send a PNG, JPEG, WebP")).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0
    assert not asked
