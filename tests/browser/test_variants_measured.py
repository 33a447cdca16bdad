"""Below the comparison in a real browser: a digit that networks read differently, clicked."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, Page, expect

import lenet
from lenet import mnist, samples
from lenet.drawing import link, size_normalisation
from tests.support import running_app, waiting

NETWORKS = ["lenet5", "linear"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        yield page


def drawn(page: Page) -> np.ndarray | None:
    """The picture in the page's address."""
    address = page.evaluate("location.href")
    (text,) = parse_qs(urlsplit(address).query).get("drawing", [""])
    return link.read(text).picture


def expected(place: int) -> np.ndarray:
    image = torch.from_numpy(samples.load().images[place : place + 1].copy())
    return size_normalisation.grey_levels(mnist.as_input(image))


def test_a_digit_that_networks_read_differently_comes_under_the_pen(
    page: Page, address: str
) -> None:
    """By a click, and by keys, of which the sheet is one stop."""
    inputs = mnist.as_input(torch.from_numpy(samples.load().images.copy()))
    first, second = (lenet.predict(lenet.load(name), inputs) for name in NETWORKS)
    differing = torch.nonzero(first != second).ravel().tolist()
    page.goto(f"{address}/variants?measured=disagreeing&networks={','.join(NETWORKS)}")
    tiles = page.locator(".disagreeing button")
    expect(tiles).to_have_count(len(differing))
    tiles.nth(1).click()
    wanted = expected(differing[1])
    waiting.until(
        lambda: (now := drawn(page)) is not None and np.array_equal(now, wanted),
        "the clicked digit in the address",
    )
    expect(page.locator(".st-key-canvas")).to_be_in_viewport()
    expect(page.locator(".disagreeing button[tabindex='0']")).to_have_count(1)
    tiles.nth(1).press("ArrowRight")
    expect(tiles.nth(2)).to_be_focused()
    tiles.nth(2).press("Enter")
    wanted = expected(differing[2])
    waiting.until(
        lambda: (now := drawn(page)) is not None and np.array_equal(now, wanted),
        "the digit chosen by keys in the address",
    )
