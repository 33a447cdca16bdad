"""Digits drawn with a real mouse on the real canvas, and what the page makes of them."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, Page, expect

import lenet
from lenet import spec
from lenet.answer import sentences
from tests.support import running_app, waiting
from tests.support.digits import DIGITS
from tests.support.sampling import sampled


@pytest.fixture
def page(desk: Page) -> Page:
    return desk


def test_a_drawn_digit_is_read_and_every_handle_says_so(page: Page) -> None:
    for digit, strokes in sampled(DIGITS.items(), 6):
        running_app.draw(page, strokes, steps=5)
        shown = running_app.wait_for_answer(page, len(strokes))
        distances = json.loads(shown["distances"])
        assert shown["digit"] == digit
        assert shown["rejected"] == "false"
        assert len(distances) == 10
        assert distances.index(min(distances)) == int(digit)
        expect(page.locator(running_app.ANSWER)).to_contain_text(f"The network reads {digit}")
        assert page.locator(running_app.ANSWER).inner_text().startswith(digit)
        page.get_by_role("button", name="Clear", exact=True).click()
        running_app.wait_for_answer(page, 0)


def test_without_ink_there_is_no_digit_anywhere_in_the_answer(page: Page) -> None:
    shown = running_app.handles(page)
    assert shown["digit"] == ""
    text = page.locator(running_app.ANSWER).inner_text()
    assert sentences()["empty"] in text
    assert not any(character.isdigit() for character in text)


def test_a_tiny_digit_in_a_corner_is_the_same_input_as_a_large_one(page: Page) -> None:
    """The mouse stands on whole pixels, so the large strokes are five times the small ones."""
    strokes = [[(round(x / 5), round(y / 5)) for x, y in stroke] for stroke in DIGITS["3"]]
    inputs = []
    for times, left, top in ((1, 15, 215), (5, 0, 0)):
        moved = [[(times * x + left, times * y + top) for x, y in stroke] for stroke in strokes]
        running_app.draw(page, moved)
        assert running_app.wait_for_answer(page, 1)["digit"] == "3"
        inputs.append(trace_shown(page, "input"))
        page.get_by_role("button", name="Clear", exact=True).click()
        running_app.wait_for_answer(page, 0)
    # The positions are multiples of 1/64 px, and the input is the same but for rounding.
    np.testing.assert_allclose(inputs[0], inputs[1], rtol=0, atol=1e-5)


def test_a_dot_is_drawn_as_a_dot(page: Page) -> None:
    running_app.draw(page, [[(60, 200)]])
    running_app.wait_for_answer(page, 1)
    ink = trace_shown(page, "input") > spec.BACKGROUND + 1e-3
    rows, columns = np.nonzero(ink.reshape(spec.INPUT_SIZE, spec.INPUT_SIZE))
    assert np.ptp(rows) <= 4
    assert np.ptp(columns) <= 4


def test_a_scribble_is_called_no_digit(page: Page) -> None:
    scribble = [[(20 + 240 * (i % 2), 20 + 12 * i) for i in range(21)], [(140, 10), (140, 270)]]
    running_app.draw(page, scribble, steps=3)
    shown = running_app.wait_for_answer(page, 2)
    assert shown["rejected"] == "true"
    expect(page.locator(running_app.ANSWER)).to_contain_text("No digit it knows; nearest")


def test_undo_and_clear_are_outside_the_canvas_and_the_canvas_stays(page: Page) -> None:
    inside = page.locator(".st-key-canvas").get_by_role("button", name="Clear", exact=True)
    assert inside.count() == 0
    page.locator(running_app.CANVAS).evaluate("canvas => { canvas.dataset.mark = 'the same'; }")
    running_app.draw(page, DIGITS["4"])
    running_app.wait_for_answer(page, 2)
    page.locator(".st-key-undo").get_by_role("button", name="Undo").click()
    running_app.wait_for_answer(page, 1)
    page.get_by_role("button", name="Clear", exact=True).click()
    assert running_app.wait_for_answer(page, 0)["digit"] == ""
    assert page.locator(running_app.CANVAS).get_attribute("data-mark") == "the same"


def test_all_layers_shown_are_those_of_pytorch(page: Page) -> None:
    running_app.draw(page, DIGITS["8"], steps=4)
    running_app.wait_for_answer(page, 1)
    x = torch.tensor(trace_shown(page, "input")).reshape(1, 1, spec.INPUT_SIZE, spec.INPUT_SIZE)
    trace = lenet.Trace.of(lenet.load(), x)
    for layer in spec.LAYERS:
        expected = trace[layer.key].numpy().ravel()
        assert np.abs(trace_shown(page, layer.key) - expected).max() < 1e-4, layer.name


def test_every_unit_has_the_colour_of_its_value(page: Page) -> None:
    """Blue below zero and orange above, read off the pixels of the picture itself."""
    running_app.draw(page, DIGITS["5"], steps=4)
    running_app.wait_for_answer(page, 1)
    for layer in spec.SQUASHED:
        units = page.locator(running_app.VIEW).evaluate(_COLOURS, layer.key)
        values, warmth = np.array(units).T
        assert len(values) == layer.units
        assert (warmth[values > 0.1] > 0).all(), layer.name
        assert (warmth[values < -0.1] < 0).all(), layer.name
        order = np.argsort(values)
        assert (np.diff(warmth[order]) >= -2).all(), "a larger value is never painted bluer"


_COLOURS = """(root, key) => {
    const { layout, trace } = root.view;
    const context = root.querySelector("canvas.maps").getContext("2d");
    const units = [];
    for (const tile of layout.tiles.filter(({ layer }) => layer === key)) {
        for (let i = 0; i < tile.rows * tile.columns; i++) {
            const x = tile.x + ((i % tile.columns) + 0.5) * tile.scale;
            const y = tile.y + (Math.floor(i / tile.columns) + 0.5) * tile.scale;
            const at = [x * devicePixelRatio, y * devicePixelRatio];
            const [red, , blue] = context.getImageData(...at, 1, 1).data;
            units.push([trace[key][tile.first + i], red - blue]);
        }
    }
    return units;
}"""


def test_a_layer_enlarged_shows_every_value_and_follows_the_drawing(page: Page) -> None:
    running_app.draw(page, DIGITS["4"], steps=4)
    running_app.wait_for_answer(page, 2)
    page.get_by_text("A layer enlarged").click()
    for layer in (spec.C3, spec.S4, spec.F6):
        page.get_by_role("radio", name=layer.name, exact=True).click()
        wait_for_enlarged(page, layer)
    # The figure is below: whoever chose a layer has scrolled down to it.
    page.locator(running_app.CANVAS).scroll_into_view_if_needed()
    running_app.draw(page, [[(60, 60), (220, 60)]], steps=4)
    running_app.wait_for_answer(page, 3)
    wait_for_enlarged(page, spec.F6)


_ENLARGED = """([figure, expected]) => {
    const host = [...document.querySelectorAll(`${figure} *`)].find((node) => node.shadowRoot);
    const sheet = host?.shadowRoot.querySelector(".pictures")?.sheet;
    if (!sheet) return false;
    const shown = sheet.rows.flat(2).flatMap(({ values }) => [...values]);
    const sorted = (values) => [...values].sort((a, b) => a - b);
    const found = sorted(shown);
    const wanted = sorted(expected);
    return found.length === wanted.length &&
        found.every((value, i) => Math.abs(value - wanted[i]) < 1e-4);
}"""


def wait_for_enlarged(page: Page, layer: spec.Layer) -> None:
    """Until the figure holds the layer's values as the view shows them, and says whose they are.

    F6 is shown twice: as a strip, and as the picture that is compared with the codes.
    """
    times = 2 if layer is spec.F6 else 1
    expected = np.repeat(trace_shown(page, layer.key), times).tolist()
    page.wait_for_function(_ENLARGED, arg=[".st-key-layer_figure", expected])
    figure = page.locator(".st-key-layer_figure")
    expect(figure.get_by_text(f"{layer.name}", exact=False).first).to_be_visible()


def test_a_sample_goes_onto_the_canvas_and_to_the_network(page: Page) -> None:
    page.get_by_role("button", name="Samples").click()
    page.get_by_role("tab", name="7", exact=True).click()
    page.get_by_role("button", name="a handwritten 7, sample").first.click()
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='7'][data-strokes='0']")
    background = page.locator(".st-key-canvas canvas.dc-background-canvas")
    waiting.until(
        lambda: background.evaluate(
            "canvas => canvas.getContext('2d').getImageData(0, 0, 280, 280).data.some((v) => v > 0)"
        ),
        "the sample's picture, which the canvas loads in its own time",
    )


SIZES = [(1440, 900), (1366, 768), (1024, 768), (1280, 720)]


@pytest.mark.parametrize(("width", "height"), sampled(SIZES, 2))
def test_drawing_layers_and_answer_fit_without_scrolling(
    browser: Browser, address: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    running_app.open_draw_page(page, address)
    for part in (running_app.CANVAS, f"{running_app.VIEW} .picture", running_app.ANSWER):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height, part
    page.close()


def test_a_made_up_address_says_so_and_the_app_goes_on(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/no-such-page?revision=%00%ff&x=<script>")
    expect(page.get_by_text("Page not found").first).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(running_app.CANVAS)
    page.close()


def test_no_telemetry_leaves_the_page(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    running_app.open_draw_page(page, address)
    running_app.draw(page, DIGITS["1"])
    running_app.wait_for_answer(page, 1)
    elsewhere = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert not elsewhere
    page.close()


def trace_shown(page: Page, key: str) -> np.ndarray:
    """The values of a layer that the view shows, flat."""
    values = page.locator(running_app.VIEW).evaluate(
        "(root, key) => Array.from(root.view.trace[key])", key
    )
    return np.array(values, dtype=np.float32)
