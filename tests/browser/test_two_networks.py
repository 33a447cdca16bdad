"""LeNet-5 and another network beside it: one pen, two views, both verified by PyTorch."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import torch
from playwright.sync_api import Browser, Page

import lenet
from lenet.model import Network
from lenet.trace import Trace
from tests.support import running_app
from tests.support.digits import DIGITS
from tests.support.second_network import second_network

VIEWS = {"lenet5": ".st-key-network .network", "second": ".st-key-second .network"}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_app.server(script="tests/support/two_networks_page.py") as address:
        yield address


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        page.set_viewport_size({"width": 1440, "height": 1600})
        page.goto(address)
        page.locator(running_app.CANVAS).wait_for()
        for view in VIEWS.values():
            page.locator(view).wait_for()
        running_app.settle(page)
        yield page


@pytest.fixture
def page(shared: Page) -> Iterator[Page]:
    """The same for all tests, and empty."""
    yield shared
    shared.keyboard.press("Escape")
    clear(shared)


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear", exact=True).click()
    for view in VIEWS.values():
        wait(page, view, "data.source === 'verified' && data.strokes === '0'")


def wait(page: Page, view: str, condition: str) -> dict[str, str]:
    """The data attributes of a view, once a condition on them holds."""
    root = page.locator(view)
    page.wait_for_function(
        f"root => {{ const data = root.dataset; return {condition}; }}", arg=root.element_handle()
    )
    told: dict[str, str] = root.evaluate("root => ({ ...root.dataset })")
    return told


def shown_input(page: Page, view: str) -> torch.Tensor:
    values = page.locator(view).evaluate("({ view }) => Array.from(view.trace.input)")
    return torch.tensor(values, dtype=torch.float32).reshape(1, 1, 32, 32)


def test_both_follow_the_pen_and_both_are_verified(page: Page) -> None:
    models: dict[str, Network] = {"lenet5": lenet.load(), "second": second_network()}
    for strokes, digit in enumerate(("7", "1"), start=1):
        running_app.draw(page, DIGITS[digit][:1], steps=5)
        for name, view in VIEWS.items():
            told = wait(page, view, f"data.source === 'verified' && data.strokes === '{strokes}'")
            assert told["network"] == name
            assert float(told["delta"]) < 1e-5
            expected = Trace.of(models[name], shown_input(page, view)).output[0]
            assert json.loads(told["distances"]) == pytest.approx(expected.tolist(), abs=1e-3)
            assert told["digit"] == str(int(expected.argmin()))


def test_both_are_live_while_the_pen_is_down(page: Page) -> None:
    box = page.locator(running_app.CANVAS).bounding_box()
    assert box
    page.mouse.move(box["x"] + 80, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 60, steps=5)
    inputs = []
    for view in VIEWS.values():
        told = wait(page, view, "data.source === 'live' && data.digit !== ''")
        assert told["delta"] == ""
        inputs.append(shown_input(page, view))
    assert torch.equal(*inputs), "the same pen gives both the same input"
    page.mouse.up()
    for view in VIEWS.values():
        wait(page, view, "data.source === 'verified' && data.strokes === '1'")


def test_clear_empties_both(page: Page) -> None:
    running_app.draw(page, DIGITS["7"], steps=3)
    for view in VIEWS.values():
        wait(page, view, "data.source === 'verified' && data.digit !== ''")
    clear(page)
    assert all(page.locator(view).get_attribute("data-digit") == "" for view in VIEWS.values())


def test_each_shows_the_arithmetic_of_its_own_units(page: Page) -> None:
    running_app.draw(page, DIGITS["7"], steps=3)
    for name, view in VIEWS.items():
        wait(page, view, "data.source === 'verified' && data.digit !== ''")
        root = page.locator(view)
        layers = root.evaluate("({ view }) => view.spec.layers.map(({ key }) => key)")
        for key in layers:
            root.evaluate(
                "({ view }, layer) => view.pointing.pin({ layer, map: 1 * (layer !== 'input'),"
                " row: 0, column: 0 })",
                key,
            )
            value = root.locator(".arithmetic .head .value").inner_text()
            index = root.evaluate(
                "({ view }, key) => view.trace[key][(key === 'input' ? 0 : 1)"
                " * view.spec.layers.find((one) => one.key === key).size ** 2]",
                key,
            )
            printed = float(value.replace("=", "").replace("\u2212", "-").replace(",", ""))
            assert printed == pytest.approx(index, abs=2e-4), f"{name} {key}"


def test_each_adds_up_its_own_units_in_a_replay(page: Page) -> None:
    """Of the largest of neighbours with padding around them, and of softmax, as well."""
    running_app.draw(page, DIGITS["7"], steps=3)
    for name, view in VIEWS.items():
        wait(page, view, "data.source === 'verified' && data.digit !== ''")
        shown = page.locator(view).evaluate(
            """({ view }) => view.spec.layers.slice(1).map(({ key, maps }) => {
                view.pointing.pin({ layer: key, map: maps - 1, row: 0, column: 0 });
                view.startReplay();
                view.replay.pause();
                const captions = [];
                while (view.replay.moment.kind !== "value") {
                    view.replay.step();
                    captions.push(view.parts.caption.textContent);
                }
                const lesson = view.parts.lesson.querySelector("[data-role=value]").textContent;
                const panel = view.parts.arithmetic.querySelector(".head .value").textContent;
                view.replay.stop();
                return [key, lesson, panel, captions.join()];
            })"""
        )
        for key, lesson, panel, captions in shown:
            assert panel == f"= {lesson}", (name, key)
            assert lesson in captions, (name, key)
            assert not any(bad in captions for bad in ("NaN", "undefined", "{", "Infinity"))
