"""Mistakes in a real browser: digits under the pen, cells, and the drawing among others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, Locator, Page, expect

import lenet
from lenet import mnist, packaged_digits
from lenet.analysis import mistakes, neighbours, results
from lenet.drawing import link
from tests.support import running_app, waiting

STILL = mistakes.beside_1998(mistakes.readings()).still


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        yield page


@pytest.fixture
def pen(page: Page) -> Locator:
    return page.locator(".st-key-mistakes_answer .pen")


def until_read(pen: Locator, distances: np.ndarray) -> None:
    """Wait until these distances are shown and PyTorch has verified them."""

    def read() -> bool:
        now = json.loads(pen.get_attribute("data-distances") or "[]")
        verified = pen.get_attribute("data-source") == "verified"
        return verified and np.allclose(now, distances, rtol=2e-3, atol=2e-3)

    waiting.until(read, "the distances of the digit under the pen, verified")
    assert float(pen.get_attribute("data-delta") or 1) < 1e-4


def trace_of(images: np.ndarray) -> lenet.Trace:
    with torch.inference_mode():
        return lenet.Trace.of(lenet.load(), mnist.as_input(torch.from_numpy(images.copy())))


def test_a_mistake_comes_under_the_pen_and_its_link_opens_it_again(
    page: Page, address: str, pen: Locator
) -> None:
    readings, pictures = mistakes.readings(), results.digits(mistakes.FOLDER)
    page.goto(f"{address}/mistakes")
    tiles = page.locator(".digits button")
    expect(tiles).to_have_count(len(set(mistakes.readings().mistakes) | {*mistakes_of_1998()}))
    tiles.nth(1).click()
    until_read(pen, readings.distances[STILL[1]])
    expect(page.get_by_text(f"Test digit {STILL[1]:,}, labelled").last).to_be_visible()
    (text,) = parse_qs(urlsplit(page.evaluate("location.href")).query)["drawing"]
    picture = link.read(text).picture
    assert picture is not None
    image = pictures.images[pictures.indices == STILL[1]][0]
    assert (picture[2:30, 2:30] == image).all()
    tiles.nth(1).press("ArrowRight")
    expect(tiles.nth(2)).to_be_focused()
    tiles.nth(2).press("Enter")
    until_read(pen, readings.distances[STILL[2]])
    page.reload()
    until_read(pen, readings.distances[STILL[2]])


def mistakes_of_1998() -> list[int]:
    return [one.index for one in mistakes.FIGURE_8]


def test_a_cell_opens_its_digits_and_stands_in_the_address(
    page: Page, address: str, pen: Locator
) -> None:
    readings = mistakes.readings()
    counts = readings.confusions
    label, answer = map(int, np.argwhere((counts == 3) & ~np.eye(10, dtype=bool))[0])
    page.goto(f"{address}/mistakes?part=confusions&cell={label}-{answer}")
    cell = page.locator(f'.confusions [data-cell="{label}-{answer}"]')
    expect(cell).to_have_attribute("aria-pressed", "true")
    shown = page.locator(".confusions .cell button")
    expect(shown).to_have_count(3)
    cell.press("ArrowRight")
    focused = page.locator(".confusions td button:focus")
    other = focused.get_attribute("data-cell")
    assert other is not None
    assert other.startswith(f"{label}-")
    assert other != f"{label}-{answer}"
    focused.press("Enter")
    expect(focused).to_have_attribute("aria-pressed", "true")
    waiting.until(lambda: f"cell={other}" in page.url, "the cell in the address")
    row, column = map(int, other.split("-"))
    picked = np.flatnonzero((readings.labels == row) & (readings.answers == column))
    shown.first.click()
    until_read(pen, readings.distances[min(set(picked) & set(shown_places()))])
    expect(page.locator(f'.confusions [data-cell="{other}"]')).to_have_attribute(
        "aria-pressed", "true"
    )


def shown_places() -> list[int]:
    return results.digits(mistakes.FOLDER).indices.tolist()


def test_the_drawing_lies_among_the_packaged_digits_while_it_is_drawn(
    page: Page, address: str, pen: Locator
) -> None:
    found, digits = neighbours.recorded(), packaged_digits.load()
    page.goto(f"{address}/mistakes?part=plane")
    plane = page.locator(".neighbours")
    expect(plane.locator(".empty")).to_be_visible()
    canvas = page.locator(".st-key-canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 140, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 220, steps=8)
    near = plane.locator("button:visible")
    expect(near).to_have_count(10)  # the pen is still down
    expect(pen).to_have_attribute("data-source", "live")
    page.mouse.up()
    expect(pen).to_have_attribute("data-source", "verified")
    near.first.click()
    place = int(json.loads(plane.get_attribute("data-nearest") or "[]")[0])
    trace = trace_of(digits.images[place : place + 1])
    until_read(pen, trace.output[0].numpy())
    f6 = trace.f6[0, :, 0, 0].numpy()
    waiting.until(
        lambda: (
            json.loads(plane.get_attribute("data-nearest") or "[]")
            == found.nearest(f6, 10).tolist()
        ),
        "the digit's own neighbours",
    )
    star = json.loads(plane.get_attribute("data-drawing") or "[]")
    np.testing.assert_allclose(star, found.plane.place(f6[None])[0], atol=1e-3)
