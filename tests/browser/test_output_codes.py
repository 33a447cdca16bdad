"""F6 by hand in a real browser: the distances are the library's, and the address keeps them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, Page, expect

import lenet
from lenet import codes
from lenet.samples import load as load_samples
from tests.support import running_app
from tests.support.digits import DIGITS

MORPH = ".st-key-morph .morph"


@pytest.fixture
def codes_page(browser: Browser, address: str) -> Iterator[Page]:
    """The part with F6 by hand, opened by its own address; errors of scripts fail the test."""
    with running_app.watched_page(browser) as page:
        open_page(page, f"{address}/output-codes?part=F6+by+hand")
        yield page


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(f"{MORPH}[data-distances]")
    running_app.settle(page)


def f6_of_the_sample() -> np.ndarray:
    gallery = load_samples()
    x = lenet.mnist.as_input(torch.from_numpy(gallery.images[gallery.labels == 3][:1].copy()))
    with torch.inference_mode():
        return lenet.Trace.of(lenet.load(), x).f6.double().numpy().ravel()


def shown(page: Page) -> list[float]:
    return list(json.loads(page.locator(MORPH).get_attribute("data-distances") or "[]"))


def test_flipping_and_sliding_move_the_distances_as_the_arithmetic_says(codes_page: Page) -> None:
    f6 = f6_of_the_sample()
    assert shown(codes_page) == pytest.approx(((f6 - codes.DIGITS) ** 2).sum(1), abs=1e-3)
    for place in (3, 40):
        codes_page.locator(f"{MORPH} [data-place='{place}']").click()
        f6[place] *= -1
    assert shown(codes_page) == pytest.approx(((f6 - codes.DIGITS) ** 2).sum(1), abs=1e-3)
    codes_page.get_by_label("Towards the code of").select_option("7")
    codes_page.get_by_label("How far, in percent").fill("100")
    there = codes.DIGITS[7].copy()
    there[[3, 40]] *= -1
    assert shown(codes_page) == pytest.approx(((there - codes.DIGITS) ** 2).sum(1), abs=1e-3)
    expect(codes_page.locator(MORPH)).to_have_attribute("data-digit", "7")


def test_the_address_keeps_what_was_changed_by_hand(codes_page: Page) -> None:
    codes_page.locator(f"{MORPH} [data-place='10']").click()
    codes_page.wait_for_url("**f6=*")
    changed = shown(codes_page)
    open_page(codes_page, codes_page.url)
    assert shown(codes_page) == pytest.approx(changed)
    codes_page.get_by_role("button", name="Back to the drawing's F6").click()
    codes_page.wait_for_function("!location.search.includes('f6=')")


def test_a_drawing_is_placed_among_the_samples(codes_page: Page) -> None:
    codes_page.get_by_role("tab", name="All samples").click()
    codes_page.wait_for_selector(running_app.CANVAS)
    plane = codes_page.locator(".st-key-plane_figure .plane")
    expect(plane).to_have_attribute("data-drawing", re.compile(r"^\["))
    before = plane.get_attribute("data-drawing") or ""
    running_app.draw(codes_page, DIGITS["7"], steps=4)
    expect(plane).not_to_have_attribute("data-drawing", before)
