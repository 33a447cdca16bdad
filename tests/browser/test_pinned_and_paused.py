"""What is pinned or paused stays what it is, and everything on the page says the same of it.

All tests share one page; each begins with what it needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, Page, expect

import lenet
from lenet import spec
from lenet.catalogue import number
from tests.support import running_app, waiting
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


# --- pausing ---------------------------------------------------------------------------------


def said(page: Page) -> dict[str, str]:
    """All that the page says of the drawing in words and numbers."""
    shown = running_app.handles(page)
    view = page.locator(running_app.VIEW)
    return {
        "answer": page.locator(running_app.ANSWER).inner_text(),
        "output": view.locator(".outputs").inner_text(),
        "winner": " ".join(view.locator(".output.nearest .class").all_inner_texts()),
        "badge": view.locator(".badge .whose").inner_text(),
        **{name: shown[name] for name in ("digit", "distances", "source", "rejected")},
    }


def latest_is_verified(page: Page, strokes: int) -> None:
    """Wait until PyTorch has answered a drawing that the paused view does not show."""
    page.locator(running_app.VIEW).evaluate(
        """({ view }, strokes) => new Promise((done) => {
            const look = () => {
                const { source, trace } = view.latest;
                const there = source === "verified" && trace.drawing.strokes.length === strokes;
                if (there) done();
                else requestAnimationFrame(look);
            };
            look();
        })""",
        strokes,
    )
    running_app.settle(page)


def test_a_paused_page_says_the_same_everywhere_and_that_the_pen_is_ahead(shared: Page) -> None:
    strokes = len(DIGITS[DIGIT])
    ahead = shared.locator(f"{running_app.VIEW} .badge .ahead")
    before = said(shared)
    assert before["answer"].startswith(DIGIT)
    assert before["badge"].startswith("verified by PyTorch")
    _view_button(shared, "Pause").click()
    assert said(shared) == before
    expect(ahead).to_have_count(0)

    running_app.draw(shared, [[(40, 250), (240, 250), (240, 40)]], steps=6)
    expect(ahead).to_contain_text("the pen is ahead")
    latest_is_verified(shared, strokes + 1)
    assert said(shared) == before, "the server has answered another drawing meanwhile"
    shared.get_by_role("button", name="layer", exact=True).click()
    shared.get_by_role("button", name="fixed", exact=True).click()
    assert said(shared) == before

    _view_button(shared, "Resume").click()
    expect(ahead).to_have_count(0)
    other = said(shared)
    assert other["distances"] != before["distances"]
    assert other["answer"] != before["answer"]

    _view_button(shared, "Pause").click()
    shared.locator(".st-key-undo button").click()
    expect(ahead).to_have_count(1)
    latest_is_verified(shared, strokes)
    assert said(shared) == other
    _view_button(shared, "Resume").click()
    assert said(shared) == before


def test_what_is_paused_in_mid_stroke_is_not_called_verified(shared: Page) -> None:
    strokes = len(DIGITS[DIGIT])
    box = shared.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    frame = running_app.frame(shared)
    shared.mouse.move(box["x"] + 40, box["y"] + 250)
    shared.mouse.down()
    shared.mouse.move(box["x"] + 120, box["y"] + 250, steps=4)
    waiting.until(lambda: running_app.frame(shared) > frame, "the live picture")
    shared.locator(running_app.VIEW).evaluate("({ view }) => view.togglePause()")
    frozen = said(shared)
    assert frozen["badge"] == "paused, computed in this browser"
    shared.mouse.move(box["x"] + 250, box["y"] + 60, steps=4)
    shared.mouse.up()
    latest_is_verified(shared, strokes + 1)
    assert said(shared) == frozen
    expect(shared.locator(f"{running_app.VIEW} .badge .ahead")).to_have_count(1)
    _view_button(shared, "Resume").click()
    assert said(shared)["badge"].startswith("verified by PyTorch")
    shared.locator(".st-key-undo button").click()
    running_app.wait_for_answer(shared, strokes)


def test_the_same_drawing_is_verified_although_it_is_paused(shared: Page) -> None:
    """PyTorch's answer to what is frozen is let in: it is the same picture."""
    shared.locator(running_app.VIEW).evaluate(
        """({ view }) => {
            view.show(structuredClone(view.trace), "live");
            view.togglePause();
            view.show({ ...view.trace }, "verified", 1e-7);
        }"""
    )
    assert said(shared)["badge"] == "verified by PyTorch, difference 1e-7"
    expect(shared.locator(f"{running_app.VIEW} .badge .ahead")).to_have_count(0)
    _view_button(shared, "Resume").click()


def test_what_is_called_verified_is_pytorchs_before_squashing_too(shared: Page) -> None:
    view = shared.locator(running_app.VIEW)
    expect(view).to_have_attribute("data-source", "verified")
    shown = view.evaluate(
        """({ view: { live, trace } }) => {
            const listed = (sums) => Object.fromEntries(
                Object.entries(sums).map(([key, values]) => [key, Array.from(values)]),
            );
            return {
                input: Array.from(trace.input),
                before: listed(trace.before),
                own: listed(live.traceOf(trace.drawing.strokes).before),
            };
        }"""
    )
    x = torch.tensor(shown["input"]).reshape(1, 1, spec.INPUT_SIZE, spec.INPUT_SIZE)
    expected = lenet.Trace.of(lenet.load(), x).before
    assert shown["before"].keys() == expected.keys()
    for key, sums in expected.items():
        found = np.float32(shown["before"][key])
        np.testing.assert_allclose(found, sums.numpy().ravel(), rtol=1e-4, atol=1e-5)
        assert (found != np.float32(shown["own"][key])).any(), "the browser rounds differently"
    for unit in UNITS[1:-1]:
        pin(shared, unit)
        layer, map_, row, column = unit
        value = number(float(expected[layer][0, map_, row, column]), 4)
        expect(view.locator(".label")).to_contain_text(f"before squashing {value}")
        expect(arithmetic(shared).locator("[data-role=total]")).to_have_text(value)
    shared.keyboard.press("Escape")
