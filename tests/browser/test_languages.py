"""In every language: nothing is left in English, every letter is there, and every text has room."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lenet import catalogue
from tests.support import fonts, made_up_language, running_app, visits, waiting
from tests.support.digits import DIGITS
from tests.support.layout import CROWDED, PAGES, PROBLEMS, SEVEN, opened
from tests.support.sampling import EVERYTHING, sampled
from tests.support.translations import LANGUAGES
from tests.support.visitor import warm_up

SIZES = {"phone": (390, 844), "laptop": (1280, 800)}
DRAW = "?pin=c3.9.4.7"
WAYS = list(itertools.product(LANGUAGES, SIZES))
CASES = (
    [(path, *way) for path in (DRAW, *PAGES) for way in WAYS]
    if EVERYTHING
    else [
        (path, *WAYS[place % len(WAYS)])
        for place, path in enumerate([DRAW, *sampled(PAGES, 4), DRAW])
    ]
)
SMALLEST_LETTERS = 9

LEFT = """() => {
    const found = new Set();
    let depth = 0; // brackets that are open; a text in several pieces has one around them all
    const look = (text, node) => {
        let outside = "";
        for (const letter of text) {
            if (letter === "\\u27e6") depth += 1;
            else if (letter === "\\u27e7") depth -= 1;
            else if (depth === 0) outside += letter;
        }
        if (/\\p{L}{3,}/u.test(outside)) {
            found.add(`${node.nodeName}: ${outside.trim().slice(0, 80)}`);
        }
    };
    const ATTRIBUTES = ["aria-label", "title", "alt", "placeholder", "aria-valuetext"];
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return look(node.nodeValue, node.parentNode);
        if (node.nodeType === Node.ELEMENT_NODE) {
            if (["SCRIPT", "STYLE", "NOSCRIPT", "CODE"].includes(node.tagName)) return;
            if (node.dataset?.testid === "stIconMaterial" || !node.checkVisibility()) return;
            const before = depth;
            for (const name of ATTRIBUTES) {
                depth = 0;
                if (node.getAttribute(name)) look(node.getAttribute(name), node);
            }
            depth = before;
            if (node.shadowRoot) walk(node.shadowRoot);
        }
        node.childNodes.forEach(walk);
    };
    walk(document.body);
    look(document.title, { nodeName: "title" });
    return [...found];
}"""
"""What stands on the page outside of brackets and has a word in it."""

NAMES = {
    *(f"SPAN: {name}" for name in catalogue.NAMES.values()),
    *(f"BUTTON: {name}" for name in catalogue.NAMES.values()),
    "BUTTON: Rejeter",  # React Aria's own word in French, for those who listen
}
"""Words that are the same in every language."""


def nothing_is_left(page: Page) -> None:
    """What comes late is waited for."""
    with suppress(AssertionError):
        waiting.until(lambda: not set(page.evaluate(LEFT)) - NAMES, "no English", seconds=20)
    assert set(page.evaluate(LEFT)) - NAMES == set()


@pytest.fixture(scope="module")
def made_up() -> Iterator[str]:
    with running_app.server(module=("tests.support.made_up_language",)) as address:
        visits.run(warm_up(address))
        yield address


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(has_touch=True)
    yield context
    context.close()


def shown(context: BrowserContext, address: str, path: str, size: str, language: str) -> Page:
    if path != DRAW:
        return opened(context, address, f"{path}&lang={language}", SIZES[size])
    page = context.new_page()
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/{path}&lang={language}&{SEVEN}")
    expect(page.locator(running_app.VIEW)).to_have_attribute("data-source", "verified")
    running_app.settle(page)
    return page


@pytest.mark.parametrize(("path", "language", "size"), CASES)
def test_every_text_has_room_and_none_lies_over_another(
    context: BrowserContext, address: str, path: str, language: str, size: str
) -> None:
    page = shown(context, address, path, size, language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.evaluate("document.fonts.ready")
    assert page.evaluate(PROBLEMS, SMALLEST_LETTERS) == []
    assert page.evaluate(CROWDED) == []
    page.close()


def test_texts_over_each_other_and_shortened_ones_are_found(page: Page) -> None:
    page.set_content(
        """<div data-testid="stMain" style="font: 16px/1.4 sans-serif">
        <p style="margin: 0">the first</p><p style="margin: -14px 0 0">the second</p>
        <p style="margin: 0">close</p><p style="margin: -2px 0 0">by</p>
        <p style="width: 60px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap">
        much too long</p>
        <button style="width: 40px; padding: 0; text-wrap: nowrap">a long label</button>
        <p style="position: absolute; clip-path: inset(50%)">heard alone</p></div>"""
    )
    found = sorted(page.evaluate(CROWDED))
    assert found == [
        'over each other: "the first" and "the second"',
        'shortened: "much too long"',
        'wider than its button: "a long label"',
    ]


@pytest.mark.parametrize("path", [DRAW, *sampled(PAGES, 4)])
def test_nothing_is_left_in_english(context: BrowserContext, made_up: str, path: str) -> None:
    """Every text of the catalogue stands in brackets there, so all else has never been in it."""
    page = shown(context, made_up, path, "laptop", "fr")
    nothing_is_left(page)
    page.close()


def test_streamlits_own_dialogs_and_widgets_speak_the_language_too(
    context: BrowserContext, made_up: str
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{made_up}/nowhere?lang=fr")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("\u27e6There is no page of this address")
    nothing_is_left(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_test_id("stMainMenu").click()
    expect(page.get_by_text("\u27e6Print\u27e7")).to_be_visible()
    nothing_is_left(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="\u27e6Upload\u27e7").click()
    expect(page.get_by_text("\u27e620 MB\u27e7")).to_be_visible()
    nothing_is_left(page)
    page.close()


def test_sliders_have_the_decimal_mark_of_the_language(
    context: BrowserContext, made_up: str
) -> None:
    path = "output-codes?part=probabilities"
    page = shown(context, made_up, path, "laptop", "fr")
    value = page.get_by_test_id("stSliderThumbValue").first
    expect(value).to_have_text(re.compile(r"^\d+,\d+$"))
    page.locator(".stSlider input").first.press("ArrowRight")
    expect(value).to_have_text(re.compile(r"^\d+,\d+$"))
    page.close()


def test_the_switch_keeps_drawing_page_and_pin_and_leaves_nothing_behind(
    context: BrowserContext, made_up: str
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    running_app.open_draw_page(page, f"{made_up}/{DRAW}")
    running_app.draw(page, DIGITS["3"])
    view = page.locator(running_app.VIEW)
    expect(view).to_have_attribute("data-source", "verified")
    distances = view.get_attribute("data-distances")
    for language in (*made_up_language.NAMES, catalogue.SOURCE):
        page.locator(".st-key-language button.open").click()
        page.locator(f".st-key-language li button[lang={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator(".st-key-language li button[aria-current]")).to_have_attribute(
            "lang", language
        )
        running_app.settle(page)
        expect(view).to_have_attribute("data-source", "verified")
        assert view.get_attribute("data-distances") == distances
        assert "pin=c3.9.4.7" in page.url
        assert f"lang={language}" in page.url
        if language != catalogue.SOURCE:
            nothing_is_left(page)
        else:
            expect(page.get_by_text("\u27e6")).to_have_count(0)
    page.close()


GLYPHS = """async (letters) => {
    await document.fonts.load('32px "Letters of the language"', letters);
    const { fontFamily } = getComputedStyle(document.querySelector(".page-title"));
    const canvas = new OffscreenCanvas(40, 40);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const drawn = (letter) => {
        context.clearRect(0, 0, 40, 40);
        context.font = `32px ${fontFamily}`;
        context.textBaseline = "top";
        context.fillText(letter, 2, 2);
        return String(context.getImageData(0, 0, 40, 40).data.filter((_, at) => at % 4 === 3));
    };
    const looks = new Set([...letters].map(drawn));
    return { missing: looks.has(drawn("\\u{10ffff}")), different: looks.size };
}"""
"""How many letters look different, and whether one looks like what no font has."""


@pytest.mark.parametrize("language", fonts.SOURCES)
def test_letters_of_the_language_are_no_boxes(
    context: BrowserContext, address: str, language: str
) -> None:
    page = shown(context, address, DRAW, "laptop", language)
    letters = sorted(letter for letter in fonts.characters(language) if letter.isalpha())
    found = page.evaluate(GLYPHS, "".join(letters))
    assert found == {"missing": False, "different": len(letters)}
    page.close()
