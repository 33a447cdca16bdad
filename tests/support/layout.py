"""Pages of every kind and what is wrong with their layout, by geometry: for tests in a browser."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from lenet.drawing import link
from lenet.drawing.strokes import Drawing
from tests.support import running_app
from tests.support.digits import DIGITS

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
    "variants?networks=lenet5-plain,max-pool,textbook,fully-connected",
    "variants?networks=response-norm,two-towers,lenet1,unshared&measured=training",
    *(
        f"variants?measured={tab}"
        for tab in ("networks", "training", "alexnet", "disagreeing", "disagreeing&digits=test")
    ),
    "variants?networks=lenet5,linear&measured=disagreeing",
    "invariance?networks=lenet5,unshared,fully-connected&turn=-20&curve=squeeze",
    *(
        f"mistakes?part={part}"
        for part in ("paper", "confusions", "typical", "writers", "rejection", "plane")
    ),
    "training?run=1998-mle&moment=1000&beside=60000",
    "training?show=own&own_network=unshared",
    "tour?",
    "glossary?",
]
"""Every page but the first, as it is addressed, in each of its states."""

WITH_A_PEN = {
    "variants?": ".comparison .verdict:not(:empty)",
    "invariance?": ".invariance .after figcaption:not(:empty)",
    "training?": ".machine .verdict:not(:empty)",
    "training?show=own": ".trainer[data-state]",
    "training?show=update": ".update[data-shown]",
    "mistakes?part=plane": ".st-key-mistakes_pen p",
}
"""Pages with a canvas of their own, which show something else as long as nothing is drawn, and what
is there once they show it."""

PROBLEMS = """(smallest) => {
    const found = new Set();
    const wide = document.documentElement.clientWidth;
    const told = (node) =>
        `${node.tagName.toLowerCase()}.${[...(node.classList ?? [])].join(".")} ` +
        `"${(node.textContent ?? "").trim().replace(/\\s+/g, " ").slice(0, 40)}"`;
    const visible = (node) => node.checkVisibility({
        checkOpacity: true, checkVisibilityCSS: true, visibilityProperty: true,
    });
    const mayScroll = (node) => node.closest(".st-key-pages_bar, pre");
    // What is there for those who listen alone is one pixel large.
    const heardOnly = (style, { width, height }) =>
        style.clipPath !== "none" || (width <= 1 && height <= 1);
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
            if (size < smallest - 0.01) {
                found.add(`letters of ${size.toFixed(1)} px: ${told(parent)}`);
            }
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
            const cuts = style.overflowX !== "visible" && node.tagName !== "svg";
            if (cuts && box.width > 40) cut = box;
            if (node.shadowRoot) walk(node.shadowRoot, cut);
        }
        for (const child of node.childNodes) walk(child, cut);
    };
    walk(document.querySelector("[data-testid=stMain]"), null);
    const main = document.querySelector("[data-testid=stMain]");
    if (main.scrollWidth > main.clientWidth + 1) found.add("the page scrolls sideways");
    return [...found];
}"""
"""In the page: what sticks out of the screen or of a box that cuts it off, has to be scrolled
sideways, or has letters that are too small."""

SQUEEZED = """() => {
    const found = new Set();
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) {
            const range = document.createRange();
            range.selectNodeContents(node);
            const lines = [...range.getClientRects()].filter(({ width }) => width > 1).length;
            const text = node.nodeValue.trim();
            if (lines > 3 && text.length < 3 * lines) found.add(text);
            return;
        }
        if (["SCRIPT", "STYLE", "OPTION", "svg"].includes(node.tagName)) return;
        if (node.shadowRoot) walk(node.shadowRoot);
        for (const child of node.childNodes) walk(child);
    };
    walk(document.querySelector("[data-testid=stMain]"));
    return [...found];
}"""
"""In the page, its components included: texts with so little room that words are broken up."""

CROWDED = """() => {
    const found = new Set();
    const seen = [];
    const told = (node) => `"${node.nodeValue.trim().replace(/\\s+/g, " ").slice(0, 50)}"`;
    const visible = (node) => node.checkVisibility({
        checkOpacity: true, checkVisibilityCSS: true, visibilityProperty: true,
    });
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) {
            const parent = node.parentElement ?? node.parentNode.host;
            const style = getComputedStyle(parent);
            const icon = /Symbols/.test(style.fontFamily);
            if (!node.nodeValue.trim() || icon) return;
            const range = document.createRange();
            range.selectNodeContents(node);
            const button = parent.closest("button, [role=button]")?.getBoundingClientRect();
            for (const box of range.getClientRects()) {
                if (box.width > 2 && box.height > 2) seen.push({ node, box, parent });
                if (button && (box.left < button.left || box.right > button.right)) {
                    found.add(`wider than its button: ${told(node)}`);
                }
            }
            if (style.textOverflow === "ellipsis" && parent.scrollWidth > parent.clientWidth + 1) {
                found.add(`shortened: ${told(node)}`);
            }
            return;
        }
        if (node.nodeType === Node.ELEMENT_NODE) {
            if (["SCRIPT", "STYLE", "OPTION"].includes(node.tagName) || !visible(node)) return;
            const style = getComputedStyle(node);
            const { width, height } = node.getBoundingClientRect();
            const tiny = width <= 1 && height <= 1 && style.overflowX !== "visible";
            if (style.clipPath !== "none" || tiny) return; // for those who listen alone
            if (node.shadowRoot) walk(node.shadowRoot);
        }
        for (const child of node.childNodes) walk(child);
    };
    walk(document.querySelector("[data-testid=stMain]"));
    // Letters have room above and below them within a line's box.
    const inner = ({ box }) => ({
        left: box.left + 1, right: box.right - 1,
        top: box.top + 0.2 * box.height, bottom: box.bottom - 0.2 * box.height,
    });
    const boxes = seen.map((one) => ({ ...one, at: inner(one) }));
    boxes.sort((a, b) => a.at.top - b.at.top);
    boxes.forEach((one, i) => {
        for (const other of boxes.slice(i + 1)) {
            if (other.at.top > one.at.bottom) break;
            if (one.node === other.node) continue;
            if (one.at.left < other.at.right && other.at.left < one.at.right) {
                found.add(`over each other: ${told(one.node)} and ${told(other.node)}`);
            }
        }
    });
    return [...found];
}"""
"""In the page: texts that lie over each other, stick out of their buttons, or end in three dots."""


def opened(
    context: BrowserContext, address: str, path: str, size: tuple[int, int], drawing: str = SEVEN
) -> Page:
    """A page of that size, with all its figures."""
    page = context.new_page()
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/{path}&{drawing}")
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
