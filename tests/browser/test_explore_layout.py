"""Every Explore page and tab on a phone, zoomed, and in forced colours: nothing is cut off or lost.

By geometry: nothing sticks out of the screen or out of a box that cuts it off, nothing has to be
scrolled sideways, and letters are large enough to be read.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Literal

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.support.layout import PAGES, PROBLEMS, SQUEEZED, WITH_A_PEN, opened
from tests.support.sampling import sampled

PHONES = {"upright": (390, 844), "small": (360, 640), "on its side": (844, 390)}
SIZES = {**PHONES, "a laptop at 200 %": (720, 450)}
IN_SIZES = [
    pytest.param(page, size, id=f"{page}, {size}") for page, size in itertools.product(PAGES, SIZES)
]
SMALLEST_LETTERS = 11
FORCED = [
    "architecture?part=layers",
    "architecture?part=ideas-and-arithmetic",
    "architecture?part=learned-parameters&weights=c3",
    "connections?cell=connected",
    "receptive-fields?about=top-activations",
    "output-codes?part=by-hand",
    "output-codes?part=rejection",
    "variants?networks=lenet5,linear&measured=disagreeing",
]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all: what the first page has loaded the others need not."""
    context = browser.new_context(has_touch=True)
    yield context
    context.close()


@pytest.mark.parametrize(("path", "size"), sampled(IN_SIZES, 4))
def test_nothing_is_cut_off_scrolled_sideways_or_too_small(
    context: BrowserContext, address: str, path: str, size: str
) -> None:
    page = opened(context, address, path, SIZES[size])
    assert page.evaluate(PROBLEMS, SMALLEST_LETTERS) == []
    page.close()


@pytest.mark.parametrize("path", WITH_A_PEN)
def test_no_text_is_squeezed_before_anything_is_drawn(
    context: BrowserContext, address: str, path: str
) -> None:
    page = opened(context, address, path, PHONES["upright"], drawing="")
    page.locator(WITH_A_PEN[path]).first.wait_for()
    assert page.evaluate(SQUEEZED) == []
    page.close()


def test_what_is_squeezed_is_found_in_components_too(page: Page) -> None:
    page.set_content(
        """<div data-testid="stMain"><p>has room, in several words</p><div class="host"></div></div>
        <script>document.querySelector(".host").attachShadow({ mode: "open" }).innerHTML =
        '<p style="width: 12px; overflow-wrap: anywhere">squeezed</p>';</script>"""
    )
    assert page.evaluate(SQUEEZED) == ["squeezed"]


def test_what_sticks_out_is_cut_off_or_too_small_is_found(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.set_content(
        """<div data-testid="stMain" style="overflow: auto">
        <p style="font-size: 10px">small</p>
        <p style="width: 600px; text-align: right">far</p>
        <div style="width: 90px; overflow: hidden">
        <p style="width: 300px">a sentence that is cut</p></div>
        <div style="width: 100px; overflow: auto"><p style="width: 300px">moved</p></div>
        <canvas style="display: block; margin-left: 380px; width: 50px"></canvas>
        <svg viewBox="0 0 200 20" width="100"><text y="9" font-size="12">half</text></svg>
        <p style="display: none; font-size: 1px">unseen</p>
        </div>"""
    )
    found = " ".join(page.evaluate(PROBLEMS, SMALLEST_LETTERS))
    for problem in (
        'letters of 10.0 px: p. "small"',
        'outside: p. "far"',
        'cut off: p. "a sentence that is cut"',
        'scrolls sideways: div. "moved"',
        "outside: canvas.",
        'letters of 6.0 px: text. "half"',
        "the page scrolls sideways",
    ):
        assert problem in found, found
    assert "unseen" not in found


@pytest.fixture(scope="module", params=SCHEMES)
def forced(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """The system's colours in place of the page's, and nothing that moves by itself."""
    context = browser.new_context(
        forced_colors="active", color_scheme=request.param, reduced_motion="reduce"
    )
    yield context
    context.close()


def colours_of(shown: Locator) -> dict[tuple[int, int, int], float]:
    """The colours that are seen there, and the share of the pixels that has each."""
    pixels = np.asarray(Image.open(io.BytesIO(shown.screenshot())).convert("RGB")).reshape(-1, 3)
    found, counts = np.unique(pixels, axis=0, return_counts=True)
    return {
        (int(red), int(green), int(blue)): float(count / len(pixels))
        for (red, green, blue), count in zip(found, counts, strict=True)
        if count >= len(pixels) / 200
    }


MARKED = {
    "[role=tab]": "[aria-selected=true]",
    ".stButtonGroup [role=radio]": "[aria-checked=true]",
    ".st-key-switches td button": "[aria-pressed=true]",
}
"""What can be chosen, and what tells that it is."""

DRAWN = (
    ".sharing li:nth-child(3) .squares, .stSlider [role=group], .places, "
    ".stCheckbox label > div:first-of-type, "
    ".bars .bar:first-child, .pictures[role=img] canvas, .plane canvas, .picture .maps, "
    ".gallery .pictures, .disagreeing .digit"
)
"""What would be one colour if a background were all that it had."""


@pytest.mark.parametrize("path", sampled(FORCED, 1))
def test_in_forced_colours_nothing_is_invisible_and_nothing_moves(
    forced: BrowserContext, address: str, path: str
) -> None:
    page = opened(forced, address, path, (1280, 800))
    for kind, chosen in MARKED.items():
        with_mark = page.locator(f"{kind}{chosen}").locator("visible=true")
        if with_mark.count():
            another = page.locator(f"{kind}:not({chosen})").locator("visible=true").first
            marked, plain = colours_of(with_mark.first), colours_of(another)
            marks = [colour for colour in marked if marked[colour] - plain.get(colour, 0) > 0.04]
            assert marks, f"{kind} that is chosen looks like one that is not"
    for drawn in page.locator(DRAWN).locator("visible=true").all()[:40]:
        assert len(colours_of(drawn)) > 1, drawn.evaluate("n => n.outerHTML.slice(0, 200)")
    running = "document.getAnimations().filter(({ playState }) => playState === 'running')"
    assert page.evaluate(f"{running}.length") == 0
    page.close()
