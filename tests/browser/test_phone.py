"""On a phone pen, network and answer are on one screen, and a finger reaches every unit."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from lenet import spec
from tests.support import running_app
from tests.support.boxes import apart, box, tiles
from tests.support.touch import Fingers, phone

PHONES = {"tall": (390, 844), "small": (360, 640), "lying": (844, 390)}

SEVEN = [[(60.0, 50.0), (210.0, 52.0), (120.0, 240.0)]]


@pytest.mark.parametrize("name", PHONES)
def test_while_a_finger_draws_canvas_layers_and_answer_are_on_the_screen(
    browser: Browser, address: str, name: str
) -> None:
    width, height = PHONES[name]
    with phone(browser, address, width, height) as page:
        fingers = Fingers(page)
        start, *others = SEVEN[0]
        fingers.down(start)
        for place in others:
            fingers.move(place, steps=8)
        page.wait_for_selector(f"{running_app.VIEW}[data-digit='7'][data-source='live']")
        boxes = {
            "canvas": box(page, running_app.CANVAS),
            "answer": box(page, f"{running_app.ANSWER} .answer"),
            **tiles(page),
        }
        assert set(boxes) == {"canvas", "answer", *spec.LENET5.by_key}
        for what, (left, top, across, down) in boxes.items():
            assert min(left, top) >= 0, what
            assert left + across <= width + 0.5, what
            assert top + down <= height + 0.5, what
            for other, its in boxes.items():
                assert what == other or apart(boxes[what], its), (what, other)
        texts = page.locator(running_app.VIEW).evaluate(
            """root => [...root.querySelectorAll(".picture *")]
                .filter((one) => one.checkVisibility() && one.childElementCount === 0
                    && one.textContent.trim())
                .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.textContent])"""
        )
        assert min(size for size, _ in texts) >= 11, sorted(texts)[:3]
        canvas = boxes["canvas"]
        assert width - (canvas[0] + canvas[2]) > 24, "no margin beside the canvas to scroll by"
        fingers.up()
        page.wait_for_selector(f"{running_app.VIEW}[data-digit='7'][data-source='verified']")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_tapped_map_opens_large_and_any_of_its_units_can_be_reached(
    browser: Browser, address: str
) -> None:
    with phone(browser, address) as page:
        Fingers(page).draw(SEVEN)
        running_app.wait_for_answer(page, 1)
        running_app.settle(page)
        frames = running_app.frame(page)
        page.evaluate(
            """() => new Promise((done) => {
                let left = 20;
                const step = () => (--left ? requestAnimationFrame(step) : done());
                step();
            })"""
        )
        assert running_app.frame(page) == frames, "it repaints without need"
        sheet = page.locator(f"{running_app.VIEW} .sheet")
        for key in ("c1", "s4", "f6"):
            left, top, width, height = tiles(page)[key]
            page.touchscreen.tap(left + width * 0.4, top + height * 0.2)
            expect(sheet).to_be_visible()
            unit = json.loads(running_app.handles(page)["unit"])
            assert unit["layer"] == key
            assert box(page, f"{running_app.VIEW} .sheet .map")[3] >= 200, "it is large"
            # Every step of the arrows is one unit, however small the units are.
            sheet.get_by_role("button", name="One unit down").tap()
            moved = json.loads(running_app.handles(page)["unit"])
            assert moved != unit
            expect(sheet.locator(".arithmetic")).to_be_visible()
            row, column = unit_on_picture(page, 0.9, 0.6)
            after = json.loads(running_app.handles(page)["unit"])
            layer = spec.LENET5.by_key[key]
            if layer.size > 1:
                assert (after["row"], after["column"]) == (row, column)
            page.touchscreen.tap(195, 20)
            expect(sheet).to_be_hidden()
            assert page.url.split("?")[0].endswith("/"), "what lies under the sheet was not tapped"


def unit_on_picture(page: Page, across: float, down: float) -> tuple[int, int]:
    """Tap a place of the enlarged map; returns the row and column that stand there."""
    picture = page.locator(f"{running_app.VIEW} .sheet .map canvas")
    rows, columns = picture.evaluate("canvas => [canvas.height, canvas.width]")
    left, top, width, height = box(page, f"{running_app.VIEW} .sheet .map")
    page.touchscreen.tap(left + width * across, top + height * down)
    return int(rows * down), int(columns * across)


def test_the_sheet_is_closed_by_a_swipe_and_by_escape(browser: Browser, address: str) -> None:
    with phone(browser, address) as page:
        Fingers(page).draw(SEVEN)
        running_app.wait_for_answer(page, 1)
        running_app.settle(page)
        sheet = page.locator(f"{running_app.VIEW} .sheet")
        left, top, *_ = tiles(page)["c3"]
        page.touchscreen.tap(left + 5, top + 5)
        expect(sheet).to_be_visible()
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        assert running_app.handles(page)["unit"] == ""
        page.touchscreen.tap(left + 5, top + 5)
        x, y, *_ = box(page, f"{running_app.VIEW} .sheet > .head strong")
        session = page.context.new_cdp_session(page)
        for kind, down in (("touchStart", 0), ("touchMove", 60), ("touchMove", 160)):
            points = [{"x": x + 20, "y": y + 5 + down}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect(sheet).to_be_hidden()


def test_a_bar_leads_to_every_page(browser: Browser, address: str) -> None:
    with phone(browser, address, 360, 640) as page:
        bar = page.locator(".st-key-pages_bar")
        for name in ("Architecture", "Output codes", "Draw"):
            bar.get_by_role("link", name=name).tap()
            expect(page).to_have_title(f"{name} \u00b7 Inside LeNet-5")
            expect(bar).to_be_visible()
            if name != "Draw":
                title = page.locator("h1.page-title").bounding_box()
                assert title is not None
                assert title["height"] > 16
                assert title["y"] < 120, "a page begins with its title"
