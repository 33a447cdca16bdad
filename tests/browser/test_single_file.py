"""The page of one file, opened from the disk with the network off, and inside a sandboxed frame."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, BrowserContext, Frame, Page, ViewportSize, expect

import lenet
from lenet import catalogue
from lenet.catalogue import number
from lenet.tour import shelf
from tests.support import one_file, pens, running_app
from tests.support.digits import DIGITS
from tests.support.sampling import sampled
from tests.support.shown_units import PLACE, Place
from tests.support.touch import Fingers

CANVAS = "#canvas canvas"
VIEW = running_app.VIEW
DRAWINGS = pens.drawings(writers=3)
OUTSIDE = re.compile("^(https?|wss?|ftp):")
LEAD = "Draw a digit. Every unit of the 1998 network answers."
NEAR = 1e-3
"""Largest difference of a distance from PyTorch's, relative to 1 + the distance."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("one file") / "inside lenet-5.html"
    path.write_bytes(one_file.content())
    return path


@contextmanager
def offline(
    browser: Browser, size: ViewportSize = running_app.SCREEN, **options: Any
) -> Iterator[BrowserContext]:
    """A context that reaches nothing; what a page asks for outside of its file fails the test."""
    asked: list[str] = []
    context = browser.new_context(viewport=size, **options)
    context.set_offline(True)
    context.on("request", lambda request: asked.append(request.url))
    context.route(OUTSIDE, lambda route: route.abort())
    yield context
    context.close()
    assert not [url for url in asked if OUTSIDE.match(url)]


def open_file(page: Page, file: Path, after: str = "") -> None:
    page.goto(file.as_uri() + after)
    expect(page.locator(VIEW)).not_to_have_attribute("data-frame", "0")


@pytest.fixture(scope="module")
def opened(browser: Browser, file: Path) -> Iterator[Page]:
    """The file, opened once for all tests that leave it as it was."""
    with offline(browser) as context:
        page = context.new_page()
        errors = running_app.errors_of(page)
        open_file(page, file)
        yield page
        assert not errors, errors


@pytest.fixture
def page(opened: Page) -> Iterator[Page]:
    yield opened
    opened.keyboard.press("Escape")
    opened.get_by_role("button", name="Clear", exact=True).click()
    reads(opened, "")


def reads(page: Page | Frame, digit: str) -> None:
    expect(page.locator(VIEW)).to_have_attribute("data-digit", digit)


def draw(page: Page, strokes: running_app.Strokes, where: Page | Frame | None = None) -> None:
    """With the mouse, at the canvas's own scale."""
    box = (where or page).locator(CANVAS).last.bounding_box()
    assert box is not None
    scale = box["width"] / running_app.CANVAS_SIDE
    for stroke in strokes:
        (x, y), *rest = stroke
        page.mouse.move(box["x"] + scale * x, box["y"] + scale * y)
        page.mouse.down()
        for x, y in rest:
            page.mouse.move(box["x"] + scale * x, box["y"] + scale * y, steps=4)
        page.mouse.up()


def shown(page: Page | Frame, strokes: int) -> dict[str, Any]:
    """The view's handles once it has repainted so many strokes."""
    page.wait_for_function(
        f"""(strokes) => {{
            const {{ view }} = document.querySelector("{VIEW}");
            return view.live.strokes().length === strokes && !view.live.isDrawing();
        }}""",
        arg=strokes,
    )
    return dict(
        page.locator(VIEW).evaluate(
            """async (root) => {
                const next = () => new Promise(requestAnimationFrame);
                await next(); await next();
                return { ...root.dataset };
            }"""
        )
    )


def by_pytorch(page: Page | Frame) -> np.ndarray:
    """The distances that PyTorch finds for the strokes on the page's canvas."""
    strokes = page.locator(VIEW).evaluate("({ view }) => view.live.strokes()")
    side = running_app.CANVAS_SIDE
    x = lenet.ink.from_strokes(strokes, size=(side, side), pen=20)
    with torch.inference_mode():
        return lenet.load()(x)[0].numpy()


def agrees(handles: dict[str, Any], expected: np.ndarray) -> bool:
    found = np.array(json.loads(handles["distances"]))
    near = np.abs(found - expected) / (1 + np.abs(expected)) < NEAR
    return bool(near.all()) and handles["digit"] == str(expected.argmin())


def test_drawings_are_read_as_pytorch_reads_them(page: Page) -> None:
    drawings = sampled(DRAWINGS, 3)
    right = 0
    for drawing in drawings:
        draw(page, drawing.strokes)
        handles = shown(page, len(drawing.strokes))
        assert agrees(handles, by_pytorch(page)), drawing
        assert handles["source"] == "live"
        right += handles["digit"] == str(drawing.digit)
        if handles["rejected"] == "false":
            assert page.locator(running_app.ANSWER).inner_text().startswith(handles["digit"])
        page.keyboard.press("c")
        reads(page, "")
        assert not re.search("[0-9]", page.locator(running_app.ANSWER).inner_text())
    assert right >= len(drawings) - len(drawings) // 20


def test_ink_is_seen_where_the_pen_was(page: Page) -> None:
    draw(page, DIGITS["2"])
    shown(page, 1)
    inked = "(canvas, [x, y]) => canvas.getContext('2d').getImageData(x, y, 1, 1).data[3] > 128"
    canvas = page.locator(CANVAS).last
    assert all(canvas.evaluate(inked, list(place)) for place in DIGITS["2"][0])
    assert not canvas.evaluate(inked, [30, 30])


def test_it_says_that_it_is_computed_here_and_was_checked(page: Page) -> None:
    badge = page.locator(f"{VIEW} .badge")
    draw(page, DIGITS["4"])
    shown(page, 2)
    assert badge.get_attribute("data-state") == "checked"
    assert "10 traces by PyTorch" in badge.inner_text()
    bound = 2**-11 + 1e-4
    title = badge.get_attribute("title") or ""
    assert f"{bound:.1e}".replace("e-0", "e-") in title
    said = [float(text) for text in re.findall(r"\d\.\de-\d", title)]
    assert 0 < min(said) <= bound
    expect(page.locator(".differs")).to_be_hidden()


def test_undo_and_clear_take_back_strokes_samples_and_clears(page: Page) -> None:
    undo = page.get_by_role("button", name="Undo", exact=True)
    clear = page.get_by_role("button", name="Clear", exact=True)
    draw(page, DIGITS["4"])
    reads(page, "4")
    whole = shown(page, 2)["distances"]
    undo.click()
    assert shown(page, 1)["distances"] != whole
    page.keyboard.press("3")
    reads(page, "3")
    undo.click()
    shown(page, 1)
    undo.click()
    reads(page, "")
    draw(page, DIGITS["4"])
    reads(page, "4")
    clear.click()
    reads(page, "")
    undo.click()
    reads(page, "4")
    assert shown(page, 2)["distances"] == whole
    # What is drawn after Undo is added to what it has brought back.
    draw(page, [[(20.0, 260.0), (40.0, 260.0)]])
    assert agrees(shown(page, 3), by_pytorch(page))


def test_samples_are_taken_from_the_gallery_and_by_their_keys(page: Page) -> None:
    for digit in "0123456789":
        page.keyboard.press(digit)
        reads(page, digit)
    first = shown(page, 0)["distances"]
    page.keyboard.press("9")
    assert shown(page, 0)["distances"] != first
    page.get_by_role("button", name="Samples", exact=True).click()
    page.get_by_role("tab", name="5", exact=True).click()
    page.get_by_role("button", name=re.compile("handwritten 5")).nth(2).click()
    reads(page, "5")
    page.get_by_role("tab", name="Not digits").click()
    page.get_by_role("button", name="star", exact=True).click()
    expect(page.locator(VIEW)).to_have_attribute("data-rejected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tab", name="5", exact=True)).to_be_hidden()
    # And drawn on.
    page.keyboard.press("1")
    draw(page, [[(40.0, 40.0), (100.0, 40.0)]])
    shown(page, 1)


def position(page: Page, unit: Place) -> tuple[float, float]:
    box = page.locator(f"{VIEW} .picture").bounding_box()
    assert box is not None
    x, y = page.locator(VIEW).evaluate(PLACE, list(unit))
    return box["x"] + x, box["y"] + y


@pytest.mark.parametrize(
    "unit", sampled([("c3", 9, 4, 7), ("f6", 20, 0, 0), ("output", 7, 0, 0)], 2)
)
def test_units_are_pointed_at_pinned_and_taken_apart(page: Page, unit: Place) -> None:
    draw(page, DIGITS["7"])
    reads(page, "7")
    page.mouse.move(*position(page, unit))
    assert json.loads(shown(page, 1)["unit"])["layer"] == unit[0]
    page.mouse.click(*position(page, unit))
    layer, map_, row, column = unit
    value = page.locator(VIEW).evaluate(
        """({ view }, [key, map, row, column]) => {
            const { size } = view.spec.layers.find((layer) => layer.key === key);
            return view.trace[key][(map * size + row) * size + column];
        }""",
        [layer, map_, row, column],
    )
    arithmetic = page.locator(f"{VIEW} .arithmetic")
    expect(arithmetic).to_be_visible()
    assert number(value, 4) in arithmetic.inner_text()
    page.keyboard.press("Escape")
    expect(arithmetic).to_be_hidden()


def test_every_question_mark_opens_its_help_and_leads_nowhere_else(page: Page) -> None:
    marks = page.locator(f"{VIEW} .help")
    panel = page.locator(f"{VIEW} .explained")
    count = marks.count()
    assert count >= 8
    for mark in sampled(range(count), 3):
        marks.nth(mark).click()
        expect(panel).to_be_visible()
        assert len(panel.inner_text()) > 60
        assert panel.locator("a").count() == 0
        panel.get_by_role("button", name="Close").click()
        expect(panel).to_be_hidden()
    assert page.locator(f"{VIEW} a").count() == 0


def test_it_replays_the_forward_pass_and_pauses(page: Page) -> None:
    draw(page, DIGITS["7"])
    reads(page, "7")
    page.keyboard.press("r")
    view = page.locator(VIEW)
    view.evaluate("({ view }) => { view.replay.speed = 9; }")
    caption = page.locator(f"{VIEW} .caption")
    expect(caption).to_be_visible()
    page.wait_for_function(f"document.querySelector('{VIEW}').view.replay.moment?.place > 2")
    assert not page.locator(running_app.ANSWER).inner_text().startswith("7")
    page.keyboard.press("Escape")
    expect(caption).to_be_hidden()
    page.keyboard.press("p")
    before = shown(page, 1)["distances"]
    draw(page, [[(60.0, 140.0), (220.0, 140.0)]])
    assert shown(page, 2)["distances"] == before
    page.keyboard.press("p")
    assert shown(page, 2)["distances"] != before


def test_the_keyboard_draws_and_lists_its_keys(page: Page) -> None:
    page.locator("#canvas .cursor-place").focus()
    for key, times in (("ArrowUp", 14), (" ", 1), ("ArrowDown", 28), (" ", 1)):
        for _ in range(times):
            page.keyboard.press(key)
    assert shown(page, 1)["digit"] == "1"
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keyboard")
    expect(keys).to_be_visible()
    assert "Undo" in keys.inner_text()
    assert "second drawing" not in keys.inner_text(), "what only the app has"
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_light_and_dark_are_as_the_system_or_as_one_likes(page: Page) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    themes = page.get_by_role("combobox", name="Theme")
    theme = f"JSON.stringify(document.querySelector('{VIEW}').view.theme.page)"
    seen = {}
    for name in ("Light", "Dark"):
        themes.select_option(name)
        seen[name] = page.evaluate(background), page.evaluate(theme)
    assert seen["Light"][0] != seen["Dark"][0]
    assert seen["Light"][1] != seen["Dark"][1]
    themes.select_option("As the system")
    page.emulate_media(color_scheme="dark")
    assert (page.evaluate(background), page.evaluate(theme)) == seen["Dark"]
    page.emulate_media(color_scheme="light")
    assert (page.evaluate(background), page.evaluate(theme)) == seen["Light"]


OTHERS = [name for name in catalogue.LANGUAGES if name != catalogue.SOURCE]


def word(language: str, text: str) -> str:
    with catalogue.in_language(language):
        return catalogue.gettext(text)


@pytest.mark.parametrize("language", sampled(OTHERS, 2))
def test_another_language_keeps_what_is_drawn_and_pinned(page: Page, language: str) -> None:
    draw(page, DIGITS["3"])
    before = shown(page, 1)["distances"]
    view = page.locator(VIEW)
    view.evaluate("({ view }) => view.pointing.pin({ layer: 'c1', map: 2, row: 9, column: 9 })")
    switch = page.locator(".st-key-language .open")
    for name in (language, catalogue.SOURCE):
        switch.click()
        page.get_by_role("button", name=catalogue.NAMES[name], exact=True).last.click()
        expect(page.locator("html")).to_have_attribute("lang", name)
        expect(page.locator(".st-key-undo button")).to_have_text(word(name, "Undo"))
        expect(page.locator(".page-lead")).to_have_text(word(name, LEAD))
        assert shown(page, 1)["distances"] == before
        pinned = view.evaluate("({ view }) => view.pointing.pinned")
        assert pinned == {"layer": "c1", "map": 2, "row": 9, "column": 9}
    page.keyboard.press("u")
    reads(page, "")


@pytest.mark.parametrize("language", sampled(catalogue.LANGUAGES, 1))
def test_the_tour_goes_to_its_end_and_asks_nothing_of_a_network(
    browser: Browser, file: Path, language: str
) -> None:
    with offline(browser, locale=f"{language}-XX") as context:
        page = context.new_page()
        errors = running_app.errors_of(page)
        open_file(page, file)
        assert page.evaluate("document.documentElement.lang") == language
        page.locator(".begin-tour").click()
        strip = page.locator(".tour")
        steps = [step for step in shelf.shipped().steps if step.page == "draw"]
        assert len(steps) > 5
        for step in steps:
            expect(strip).to_have_attribute("data-step", step.id)
            if step.predict:
                expect(strip).to_contain_text(word(language, step.title))
                strip.locator(".answers button").first.click()
            expect(strip).to_have_attribute("data-move", "do")
            if step.do.until[0][0] == "drawn":
                more = [[(30.0, 20.0), (30.0 + 5 * len(step.id), 24.0)]]
                draw(page, DIGITS["2"] if step is steps[0] else more)
                expect(strip).to_have_attribute("data-move", "see")
                page.keyboard.press("m")
            else:
                page.keyboard.press("m")
                expect(strip).to_have_attribute("data-move", "see")
                page.keyboard.press("m")
        expect(strip).to_be_hidden()
        assert not errors, errors


def test_the_address_says_the_language_and_the_step(browser: Browser, file: Path) -> None:
    with offline(browser) as context:
        page = context.new_page()
        for after in ("?lang=fr&step=scribble.do", "?step=scribble.do#lang=fr"):
            page.goto("about:blank")
            open_file(page, file, after)
            assert page.evaluate("document.documentElement.lang") == "fr"
            strip = page.locator(".tour")
            expect(strip).to_have_attribute("data-step", "scribble")
            expect(strip).to_have_attribute("data-move", "do")
        page.goto("about:blank")
        open_file(page, file, "?lang=xx&step=nowhere#lang=%00")
        assert page.evaluate("document.documentElement.lang") == "en"


@contextmanager
def sandboxed(page: Page, content: str, width: int, height: int) -> Iterator[Frame]:
    """The file inside a frame without origin, storage or address, as a learning platform has it."""
    size = f"width='{width}' height='{height}'"
    page.set_content(f"<h1>A course</h1><iframe sandbox='allow-scripts' {size}></iframe>")
    page.locator("iframe").evaluate("(frame, content) => { frame.srcdoc = content; }", content)
    handle = page.locator("iframe").element_handle()
    frame = handle.content_frame() if handle else None
    assert frame is not None
    expect(frame.locator(VIEW)).not_to_have_attribute("data-frame", "0")
    yield frame


@pytest.mark.parametrize(("width", "height"), sampled([(800, 600), (360, 640)], 2))
def test_in_a_sandboxed_frame_one_draws_points_and_chooses(
    browser: Browser, width: int, height: int
) -> None:
    with offline(browser) as context:
        page = context.new_page()
        errors = running_app.errors_of(page)
        with sandboxed(page, one_file.content().decode(), width, height) as frame:
            assert frame.evaluate("origin") == "null"
            draw(page, DIGITS["6"], frame)
            handles = shown(frame, 1)
            assert agrees(handles, by_pytorch(frame))
            assert handles["digit"] == "6"
            frame.get_by_role("button", name="Clear", exact=True).click()
            reads(frame, "")
            page.keyboard.press("8")
            reads(frame, "8")
            frame.locator(VIEW).evaluate(
                "({ view }) => view.pointing.pin({ layer: 'c3', map: 9, row: 4, column: 7 })"
            )
            expect(frame.locator(f"{VIEW} .arithmetic")).to_be_visible()
        assert not errors, errors


def test_fingers_draw_on_a_phone(browser: Browser, file: Path) -> None:
    size: ViewportSize = {"width": 390, "height": 844}
    with offline(browser, size, has_touch=True, is_mobile=True, device_scale_factor=3) as context:
        page = context.new_page()
        errors = running_app.errors_of(page)
        must_be_drawn_on_by_fingers(page, file)
        assert not errors, errors


def must_be_drawn_on_by_fingers(page: Page, file: Path) -> None:
    size = page.viewport_size
    assert size is not None
    open_file(page, file)
    Fingers(page).draw(DIGITS["5"])
    handles = shown(page, 1)
    assert agrees(handles, by_pytorch(page))
    assert handles["digit"] == "5"
    # Pen, network and answer are on one screen.
    tiles = list(json.loads(handles["tiles"]).values())
    boxes = [page.locator(one).last.bounding_box() for one in (CANVAS, running_app.ANSWER)]
    tiles += [[box["x"], box["y"], box["width"], box["height"]] for box in boxes if box]
    assert len(tiles) == 10
    for left, top, width, height in tiles:
        assert min(left, top) >= 0
        assert left + width <= size["width"]
        assert top + height <= size["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_traces_that_do_not_agree_are_a_warning_that_says_by_how_much(
    browser: Browser, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.html"
    damaged.write_bytes(one_file.with_damaged_trace(one_file.content(), 1.5))
    with offline(browser) as context:
        page = context.new_page()
        open_file(page, damaged)
        warning = page.get_by_role("alert")
        expect(warning).to_be_visible()
        [by, bound] = map(float, re.findall(r"\d\.\de[+-]\d", warning.inner_text()))
        assert by > 0.1 > bound
        badge = page.locator(f"{VIEW} .badge")
        assert badge.get_attribute("data-state") == "apart"
        assert "not to be trusted" in badge.inner_text()
        draw(page, DIGITS["2"])
        shown(page, 1)
        assert badge.get_attribute("data-state") == "apart"
