"""Every Explore page and tab on a phone, zoomed, and in forced colours: nothing is cut off or lost.

By geometry: nothing sticks out of the screen or out of a box that cuts it off, nothing has to be
scrolled sideways, and letters are large enough to be read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lenet.drawing import link
from lenet.drawing.strokes import Drawing
from tests.support import running_app, waiting
from tests.support.digits import DIGITS
from tests.support.sampling import sampled

SEVEN = f"drawing={link.write(Drawing(DIGITS['7'], [20]))}"
PAGES = [
    *(f"architecture?part={part}" for part in ("layers", "ideas-and-arithmetic", "disagreements")),
    *(
        f"architecture?part=learned-parameters&weights={layer}"
        for layer in ("c1", "s2", "c3", "s4", "c5", "f6")
    ),
    "connections?cell=contribution&c3=15",
    "connections?s2=2&c3=all&consequence=c3-maps",
    "connections?s2=3&c3=9",
    *(
        f"receptive-fields?about={about}"
        for about in ("effective", "top-activations", "who-sees-it", "growth", "centres")
    ),
    "receptive-fields?about=top-activations&unit_layer=c1",
    *(
        f"output-codes?part={part}"
        for part in ("distances", "by-hand", "codes", "probabilities", "rejection", "all-samples")
    ),
    "output-codes?part=all-samples&plane=two-distances",
]
PHONES = {"upright": (390, 844), "small": (360, 640), "on its side": (844, 390)}
ON_PHONES = [
    pytest.param(page, size, id=f"{page}, {size}")
    for page, size in itertools.product(PAGES, PHONES)
]
SMALLEST_LETTERS = 11

PROBLEMS = """(smallest) => {
    const found = new Set();
    const wide = document.documentElement.clientWidth;
    const told = (node) =>
        `${node.tagName.toLowerCase()}.${[...(node.classList ?? [])].join(".")} ` +
        `"${(node.textContent ?? "").trim().replace(/\\s+/g, " ").slice(0, 40)}"`;
    const visible = (node) => node.checkVisibility({
        checkOpacity: true, checkVisibilityCSS: true, visibilityProperty: true,
    });
    const mayScroll = (node) => node.closest(".st-key-pages_bar");
    // What is there for those who listen alone is one pixel large.
    const heardOnly = (style, box) => style.clipPath !== "none" || (box.width <= 1 && box.height <= 1);
    const walk = (node, cut) => {
        if (node.nodeType === Node.TEXT_NODE) {
            if (!node.nodeValue.trim()) return;
            const range = document.createRange();
            range.selectNodeContents(node);
            const parent = node.parentElement ?? node.parentNode.host;
            for (const box of range.getClientRects()) {
                if (!box.width || !box.height) continue;
                if (box.left < -1 || box.right > wide + 1) found.add(`outside: ${told(parent)}`);
                if (cut && (box.left < cut.left - 1 || box.right > cut.right + 1)) {
                    found.add(`cut off: ${told(parent)}`);
                }
            }
            const style = getComputedStyle(parent);
            const turned = parent.ownerSVGElement ? parent.getScreenCTM() : { a: 1, b: 0 };
            const size = parseFloat(style.fontSize) * Math.hypot(turned.a, turned.b);
            if (size < smallest - 0.01) found.add(`letters of ${size.toFixed(1)} px: ${told(parent)}`);
            return;
        }
        if (node.nodeType !== Node.ELEMENT_NODE && !(node instanceof ShadowRoot)) return;
        if (node.nodeType === Node.ELEMENT_NODE) {
            if (["SCRIPT", "STYLE", "OPTION"].includes(node.tagName) || !visible(node)) return;
            const style = getComputedStyle(node);
            const box = node.getBoundingClientRect();
            if (heardOnly(style, box) || mayScroll(node)) return;
            const scrolls = ["auto", "scroll"].includes(style.overflowX);
            if (scrolls && node.scrollWidth > node.clientWidth + 1) {
                found.add(`scrolls sideways: ${told(node)}`);
            }
            const drawn = ["CANVAS", "IMG", "BUTTON", "RECT", "SVG", "TABLE", "TD", "INPUT"];
            if (drawn.includes(node.tagName.toUpperCase()) && box.width && box.height &&
                (box.left < -1 || box.right > wide + 1)) {
                found.add(`outside: ${told(node)}`);
            }
            if (style.overflowX !== "visible" && node.tagName !== "svg" && box.width > 40) cut = box;
            if (node.shadowRoot) walk(node.shadowRoot, cut);
        }
        for (const child of node.childNodes) walk(child, cut);
    };
    walk(document.querySelector("[data-testid=stMain]"), null);
    const main = document.querySelector("[data-testid=stMain]");
    if (main.scrollWidth > main.clientWidth + 1) found.add("the page scrolls sideways");
    return [...found];
}"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all: what the first page has loaded the others need not."""
    context = browser.new_context(has_touch=True)
    yield context
    context.close()


def opened(context: BrowserContext, address: str, path: str, size: tuple[int, int]) -> Page:
    """A page of that size, with all its figures."""
    page = context.new_page()
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/{path}&{SEVEN}")
    expect(page.locator("h1.page-title")).to_be_visible()
    complete(page)
    return page


def complete(page: Page) -> None:
    """Wait until the server has said all, and every figure it has sent is there."""
    running_app.settle(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0)
    page.wait_for_function(
        """() => {
            const panels = [...document.querySelectorAll(".stPlotlyChart")]
                .filter((chart) => chart.checkVisibility());
            const hosts = [...document.querySelectorAll(".stBidiComponent *")]
                .filter((node) => node.shadowRoot);
            return panels.every((chart) => chart.querySelector(".main-svg"))
                && hosts.every(({ shadowRoot }) =>
                    [".pictures[role=img]:not([data-pictures])", "table:empty", "svg:empty"]
                        .every((missing) => !shadowRoot.querySelector(missing)));
        }"""
    )


@pytest.mark.parametrize(("path", "size"), sampled(ON_PHONES, 10))
def test_on_a_phone_nothing_is_cut_off_scrolled_sideways_or_too_small(
    context: BrowserContext, address: str, path: str, size: str
) -> None:
    page = opened(context, address, path, PHONES[size])
    assert page.evaluate(PROBLEMS, SMALLEST_LETTERS) == []
    page.close()
