"""What is pinned or paused stays what it is, and everything on the page says the same of it.

All tests share one page; each begins with what it needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import running_app
from tests.support.digits import DIGITS
from tests.support.shown_units import PLACE, Place

DIGIT = "7"
UNITS: list[Place] = [
    ("input", 0, 16, 16),
    ("c1", 3, 14, 14),
    ("s2", 5, 9, 9),
    ("c3", 9, 4, 7),
    ("c5", 60, 0, 0),
    ("output", 9, 0, 0),
]


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        running_app.open_draw_page(page, address)
        running_app.draw(page, DIGITS[DIGIT], steps=4)
        running_app.wait_for_answer(page, len(DIGITS[DIGIT]))
        yield page


def place_of(page: Page, unit: Place) -> tuple[float, float]:
    box = page.locator(f"{running_app.VIEW} .picture").bounding_box()
    assert box is not None
    x, y = page.locator(running_app.VIEW).evaluate(PLACE, list(unit))
    return box["x"] + x, box["y"] + y


def pin(page: Page, unit: Place) -> None:
    page.locator(running_app.VIEW).evaluate(
        "({ view }, [layer, map, row, column]) => view.pointing.pin({ layer, map, row, column })",
        list(unit),
    )
    expect(arithmetic(page)).to_be_visible()


def arithmetic(page: Page):
    return page.locator(f"{running_app.VIEW} .arithmetic")


def tiles(page: Page) -> dict[str, list[float]]:
    return json.loads(running_app.handles(page)["tiles"])


def resize(page: Page, width: int, height: int) -> None:
    """Wait until the page has laid itself out in a window of that size."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(
        """(height) => new Promise((done) => {
            const look = () => requestAnimationFrame(innerHeight === height ? settled : look);
            const settled = () => requestAnimationFrame(done);
            look();
        })""",
        height,
    )


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1440, 1400)])
def test_a_second_click_on_the_same_spot_lets_go(shared: Page, size: tuple[int, int]) -> None:
    resize(shared, *size)
    for unit in UNITS:
        where = place_of(shared, unit)
        before = tiles(shared)
        shared.mouse.click(*where)
        expect(arithmetic(shared)).to_be_visible()
        assert tiles(shared) == before
        left, top, width, height = before[unit[0]]
        assert left <= where[0] <= left + width
        assert top <= where[1] <= top + height
        shared.mouse.click(*where)
        expect(arithmetic(shared)).to_be_hidden()
        assert tiles(shared) == before
    resize(shared, 1440, 900)


def test_escape_lets_go_wherever_the_focus_is(shared: Page) -> None:
    slider = shared.get_by_role("slider", name="Pen")
    focused = [
        shared.locator("body"),
        slider,
        shared.locator(".st-key-undo button"),
        shared.get_by_role("button", name="QR code"),
        shared.locator(f"{running_app.VIEW} [data-stop=s4]"),
        arithmetic(shared).get_by_role("button", name="Copy as Python"),
    ]
    for one in focused:
        pin(shared, ("c3", 2, 5, 5))
        one.evaluate("(element) => element.focus()")
        shared.keyboard.press("Escape")
        expect(arithmetic(shared)).to_be_hidden()


def test_a_dialog_is_closed_before_a_unit_is_let_go(shared: Page) -> None:
    pin(shared, ("c3", 2, 5, 5))
    shared.get_by_role("button", name="QR code").click()
    expect(shared.get_by_role("dialog")).to_be_visible()
    shared.keyboard.press("Escape")
    expect(shared.get_by_role("dialog")).to_be_hidden()
    expect(arithmetic(shared)).to_be_visible()
    shared.keyboard.press("Escape")
    expect(arithmetic(shared)).to_be_hidden()


def test_a_click_beside_it_lets_go_and_a_click_that_does_something_does_not(shared: Page) -> None:
    everywhere = tiles(shared)
    s4, c5 = everywhere["s4"], everywhere["c5"]
    between = (s4[0] + s4[2] + c5[0]) / 2, c5[1] - 40
    title = shared.locator("h1")
    for beside in (between, _middle(title), _middle(shared.locator(running_app.ANSWER))):
        pin(shared, ("c3", 2, 5, 5))
        shared.mouse.click(*beside)
        expect(arithmetic(shared)).to_be_hidden()
    pin(shared, ("c3", 2, 5, 5))
    _view_button(shared, "layer").click()
    _view_button(shared, "fixed").click()
    arithmetic(shared).locator(".head .value").click()
    # A stroke that ends beside the canvas is no click beside the unit.
    box = shared.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    shared.mouse.move(box["x"] + 200, box["y"] + 200)
    shared.mouse.down()
    shared.mouse.move(box["x"] + 300, box["y"] + 270, steps=4)
    shared.mouse.up()
    running_app.wait_for_answer(shared, len(DIGITS[DIGIT]) + 1)
    expect(arithmetic(shared)).to_be_visible()
    shared.locator(".st-key-undo button").click()
    running_app.wait_for_answer(shared, len(DIGITS[DIGIT]))
    expect(arithmetic(shared)).to_be_visible()
    shared.keyboard.press("Escape")


def _middle(one) -> tuple[float, float]:
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _view_button(page: Page, name: str):
    return page.locator(f"{running_app.VIEW} .controls").get_by_role(
        "button", name=name, exact=True
    )
