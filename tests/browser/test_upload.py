"""Pictures from outside: a photo is read, and what is no picture is a sentence."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Dialog, FilePayload, Page, expect

from lenet import mnist, samples, spec
from tests.support import running_app
from tests.support.digits import DIGITS


def photo(digit: str) -> bytes:
    """A digit in pencil on unevenly lit paper, photographed out of focus, as JPEG."""
    picture = Image.new("L", (900, 700), 0)
    pen = ImageDraw.Draw(picture)
    for stroke in DIGITS[digit]:
        points = [(250 + 1.5 * x, 150 + 1.5 * y) for x, y in stroke]
        pen.line(points, fill=255, width=22, joint="curve")
    ink = np.asarray(picture.filter(ImageFilter.GaussianBlur(2))) / 255
    rows, columns = np.mgrid[:700, :900]
    paper = 210 - 0.06 * columns - 0.05 * rows
    noise = np.random.default_rng(1).normal(0, 3, paper.shape)
    grey = (paper * (1 - 0.75 * ink) + noise).clip(0, 255).astype(np.uint8)
    content = io.BytesIO()
    Image.fromarray(grey).convert("RGB").save(content, "JPEG", quality=85)
    return content.getvalue()


def png(pixels: np.ndarray) -> bytes:
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    return content.getvalue()


def huge_png() -> bytes:
    """A PNG that claims 10,000 x 10,000 pixels in a few hundred bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"0" * 99))


def upload(page: Page, name: str, content: bytes, kind: str = "image/png") -> None:
    page.get_by_role("button", name="Upload").first.click()
    file: FilePayload = {"name": name, "mimeType": kind, "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


@pytest.mark.parametrize("digit", ["2", "7"])
def test_a_photo_of_a_digit_is_read(page: Page, digit: str) -> None:
    upload(page, "photo.jpg", photo(digit), "image/jpeg")
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='{digit}'][data-source=verified]")
    assert float(running_app.handles(page)["delta"]) < 1e-4


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
        ("blank.png", png(np.full((300, 300), 255, np.uint8)), "No ink was found"),
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
