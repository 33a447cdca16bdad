"""Presenter mode: everything large enough for the back row, and a teacher's keys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lenet import spec
from pages.serving import room
from tests.support import qr_code, running_app, waiting
from tests.support.boxes import apart, box, tiles
from tests.support.digits import DIGITS
from tests.support.sampling import sampled

SIZES = {(1280, 720): 4, (1920, 1080): 6}
"""A projector's screen, and the least side of a unit on it, in CSS pixels."""

EXPLORE = [
    "architecture",
    "architecture?part=ideas-and-arithmetic",
    "connections",
    "receptive-fields",
    "output-codes?part=rejection",
    "output-codes?part=samples",
    "invariance",
    "variants?measured=networks",
    "variants?measured=training",
    "variants?measured=disagreeing",
    "training",
    "training?show=own",
    "mistakes",
]

LEAST_TEXT = 20
"""CSS pixels at 1280 x 720."""

SMALL_TEXT = """(least) => {
    const found = [];
    const timesOf = (node) => {
        const { a, b } = new DOMMatrix(getComputedStyle(node).transform);
        const around = node.parentElement ?? node.getRootNode().host;
        return Math.hypot(a, b) * (around ? timesOf(around) : 1);
    };
    const look = (root) => {
        for (const node of root.querySelectorAll("*")) {
            if (node.shadowRoot) look(node.shadowRoot);
            for (const text of node.childNodes) {
                if (text.nodeType !== Node.TEXT_NODE || !text.textContent.trim()) continue;
                const range = document.createRange();
                range.selectNode(text);
                const { left, top, right, bottom } = range.getBoundingClientRect();
                const { fontSize, visibility } = getComputedStyle(node);
                const seen = right - left > 1 && bottom - top > 1 && visibility !== "hidden" &&
                    right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
                if (seen && parseFloat(fontSize) * timesOf(node) < least - 0.01) {
                    found.push([text.textContent.trim(), fontSize]);
                }
            }
        }
    };
    look(document);
    return found;
}"""


def open_presented(page: Page, address: str, more: str = "") -> None:
    page.goto(f"{address}/?present=1{more}")
    page.wait_for_selector(running_app.CANVAS)
    page.wait_for_selector(f"{running_app.VIEW}[data-frame]:not([data-frame='0'])")
    page.wait_for_function("'presenting' in document.documentElement.dataset")
    running_app.settle(page)


@pytest.fixture(scope="module")
def presented(browser: Browser, everywhere: str) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        page.set_viewport_size({"width": 1280, "height": 720})
        open_presented(page, everywhere)
        yield page


def scales(page: Page) -> dict[str, float]:
    """The side of a unit of each layer, in CSS pixels."""
    shown = tiles(page)
    found: list[Any] = page.evaluate(f"{running_app.VIEW_ROOT}.view.layout.tiles")
    assert {tile["layer"] for tile in found} == set(shown) - {"output"}
    return {tile["layer"]: tile["scale"] for tile in found}


def check_that_all_is_on_the_screen(page: Page) -> None:
    size = page.viewport_size
    assert size is not None
    boxes = {
        "canvas": box(page, running_app.CANVAS),
        "answer": box(page, f"{running_app.ANSWER} .answer"),
        "bar": box(page, ".present .bar"),
        **tiles(page),
    }
    assert set(boxes) == {"canvas", "answer", "bar", *spec.LENET5.by_key}
    for what, (left, top, across, down) in boxes.items():
        assert left >= 0, what
        assert top >= 0, what
        assert left + across <= size["width"], what
        assert top + down <= size["height"], what
        for other, place in boxes.items():
            assert other == what or apart(boxes[what], place), (what, other)


@pytest.mark.parametrize("size", SIZES)
def test_text_and_units_are_large_and_all_is_on_the_screen(
    presented: Page, size: tuple[int, int]
) -> None:
    width, height = size
    presented.set_viewport_size({"width": width, "height": height})
    running_app.draw(presented, DIGITS["3"], 3)
    running_app.wait_for_answer(presented, 1)
    running_app.settle(presented)
    check_that_all_is_on_the_screen(presented)
    assert min(scales(presented).values()) >= SIZES[size]
    assert presented.evaluate(SMALL_TEXT, LEAST_TEXT * height / 720) == []
    for chrome in ("stHeader", "stToolbar", "stSidebar"):
        expect(presented.get_by_test_id(chrome)).to_be_hidden()
    main = presented.get_by_test_id("stMain")
    assert main.evaluate("main => getComputedStyle(main).overflowY") == "hidden"
    presented.keyboard.press("c")
    running_app.wait_for_answer(presented, 0)


def test_a_layer_and_a_pinned_unit_are_large_while_the_rest_stays_in_sight(
    presented: Page,
) -> None:
    presented.set_viewport_size({"width": 1280, "height": 720})
    running_app.settle(presented)
    before = scales(presented)
    presented.locator(f"{running_app.VIEW} .title[data-layer=c3]").click()
    waiting.until(lambda: scales(presented)["c3"] >= 2 * before["c3"], "C3 at twice its size")
    check_that_all_is_on_the_screen(presented)
    x, y = presented.evaluate(
        f"""() => {{
            const {{ layout, root }} = {running_app.VIEW_ROOT}.view;
            const [{{ x, y, scale }}] = layout.tiles.filter(({{ layer }}) => layer === "c3");
            const {{ left, top }} = root.querySelector(".picture").getBoundingClientRect();
            return [left + x + 4.5 * scale, top + y + 4.5 * scale];
        }}"""
    )
    presented.mouse.click(x, y)
    expect(presented.locator(f"{running_app.VIEW} .arithmetic")).to_be_visible()
    expect(presented.locator(f"{running_app.VIEW} .label")).to_be_hidden()
    check_that_all_is_on_the_screen(presented)
    panel = box(presented, f"{running_app.VIEW} .arithmetic")
    for key, place in tiles(presented).items():
        assert apart(panel, place), key
    assert panel[1] + panel[3] <= 720
    assert presented.evaluate(SMALL_TEXT, LEAST_TEXT) == []
    presented.keyboard.press("Escape")
    presented.locator(f"{running_app.VIEW} .title[data-layer=c3]").click()
    waiting.until(lambda: scales(presented) == before, "everything as it was")


def test_keys_turn_pages_light_the_pointer_and_end_it(browser: Browser, everywhere: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    open_presented(page, everywhere)
    assert page.evaluate("document.fullscreenElement") is None
    page.mouse.click(640, 700)  # browsers want a gesture first
    page.wait_for_function("document.fullscreenElement !== null")
    paths = [
        "architecture",
        "connections",
        "receptive-fields",
        "output-codes",
        "variants",
        "invariance",
        "training",
        "tour",
        "mistakes",
        "glossary",
        "",
    ]
    for path in paths:
        page.keyboard.press("PageDown")
        page.wait_for_url(f"**/{path}?**")
        running_app.settle(page)
        page.wait_for_selector(".present .bar:not([hidden])")
        assert "present=1" in page.url
    page.keyboard.press("b")
    page.wait_for_url("**/glossary?**")
    running_app.settle(page)
    spotlight = page.locator(".present .spotlight")
    expect(spotlight).to_be_hidden()
    page.keyboard.press("s")
    page.mouse.move(300, 200)
    expect(spotlight).to_be_visible()
    assert spotlight.evaluate("one => one.style.getPropertyValue('--x')") == "300px"
    page.keyboard.press("f")
    page.wait_for_function("!('presenting' in document.documentElement.dataset)")
    page.wait_for_function("document.fullscreenElement === null")
    assert "present" not in page.url
    expect(page.locator(".present .bar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_visible()
    page.close()


@pytest.mark.parametrize("path", sampled(EXPLORE, 2))
def test_explore_pages_are_large_too(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{address}/{path}{'&' if '?' in path else '?'}present=1")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_function("'presenting' in document.documentElement.dataset")
    running_app.settle(page)
    main = page.get_by_test_id("stMain")
    seen = 0
    while True:
        assert page.evaluate(SMALL_TEXT, LEAST_TEXT) == []
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 1
        main.evaluate("main => main.scrollBy(0, 500)")
        top = main.evaluate("main => main.scrollTop")
        if top == seen:
            break
        seen = top
    page.close()


def test_the_rooms_address_is_large_with_its_code_and_never_localhost(presented: Page) -> None:
    host = room.lan_address()
    if host is None:
        pytest.skip("This computer is in no network.")
    presented.set_viewport_size({"width": 1280, "height": 720})
    presented.keyboard.press("a")
    dialog = presented.get_by_role("dialog")
    text = dialog.locator(".room-address")
    expect(text).to_contain_text(f"http://{host}:")
    assert text.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 60
    assert qr_code.read(presented) == text.inner_text()
    assert "localhost" not in dialog.inner_text()
    for part in (text, dialog.get_by_role("img")):
        shown = part.bounding_box()
        assert shown is not None
        assert shown["y"] + shown["height"] <= 720
    presented.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_two_drawings_have_one_network_and_two_pens(browser: Browser, address: str) -> None:
    with running_app.watched_page(browser) as page:
        page.set_viewport_size({"width": 1280, "height": 720})
        open_presented(page, address)
        page.keyboard.press("d")
        second = page.locator(".st-key-network_2 .network")
        page.wait_for_selector(".st-key-canvas_2 canvas.upper-canvas")
        page.wait_for_selector(".st-key-network_2 .network[data-tiles]")
        running_app.settle(page)
        for key, canvas, digit in (("", running_app.CANVAS, "3"), ("_2", "", "7")):
            place = page.locator(canvas or f".st-key-canvas{key} canvas.upper-canvas")
            shown = place.bounding_box()
            assert shown is not None
            scale = shown["width"] / running_app.CANVAS_SIDE
            for stroke in DIGITS[digit]:
                points = [(shown["x"] + scale * x, shown["y"] + scale * y) for x, y in stroke]
                page.mouse.move(*points[0])
                page.mouse.down()
                for point in points[1:]:
                    page.mouse.move(*point, steps=3)
                page.mouse.up()
            view = page.locator(f".st-key-network{key} .network")
            expect(view).to_have_attribute("data-digit", digit)
            expect(view).to_have_attribute("data-source", "verified")
            expect(page.locator(f".st-key-answer{key} .headline")).to_have_text(digit)
        places: list[dict[str, list[float]]] = []
        for view in (page.locator(running_app.VIEW), second):
            places.append(json.loads(view.get_attribute("data-tiles") or ""))
        for layers in places:
            for key, (left, top, across, down) in layers.items():
                assert left >= 0, key
                assert top >= 0, key
                assert left + across <= 1280, key
                assert top + down <= 720, key
        assert page.evaluate(SMALL_TEXT, LEAST_TEXT) == []
        # Who does not see them can tell them apart, and every key is there once.
        for name in ("Drawing canvas", "Second drawing canvas"):
            expect(page.get_by_role("application", name=re.compile(f"^{name}:"))).to_have_count(1)
        page.keyboard.press("?")
        listed = page.locator(".keys dd").all_inner_texts()
        assert len(listed) == len(set(listed)) > 8
        page.keyboard.press("Escape")
        page.wait_for_url("**drawing_2=**")
        page.reload()  # a link has both
        expect(second).to_have_attribute("data-digit", "7")
        expect(page.locator(running_app.VIEW)).to_have_attribute("data-digit", "3")
        page.get_by_role("button", name="Copy the first").click()
        expect(second).to_have_attribute("data-digit", "3")
        page.locator(".st-key-undo_2 button").click()
        expect(second).to_have_attribute("data-digit", "7")
