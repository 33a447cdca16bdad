"""While the pen moves the browser computes the network itself, and is checked by PyTorch."""

from __future__ import annotations

import base64
import os
import signal
from collections.abc import Callable

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, Page, WebSocket, expect

import lenet
from lenet import ink, spec
from tests.support import running_app, waiting
from tests.support.digits import DIGITS

UNITS = sum(layer.units for layer in spec.BY_KEY.values())

_TRACES = """(root, drawings) => {
    const { layers } = root.view.bundle.spec;
    const bytes = [];
    for (const strokes of drawings) {
        const trace = root.view.live.traceOf(strokes);
        for (const { key } of layers) bytes.push(new Uint8Array(trace[key].slice().buffer));
    }
    return new Promise((done) => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result.split(",")[1]);
        reader.readAsDataURL(new Blob(bytes));
    });
}"""


@pytest.fixture
def page(desk: Page) -> Page:
    return desk


def browser_traces(page: Page, drawings: list[running_app.Strokes]) -> np.ndarray:
    """(drawings, units): input, every layer and the distances as the browser computes them."""
    text = page.locator(running_app.VIEW).evaluate(_TRACES, drawings)
    return np.frombuffer(base64.b64decode(text), "<f4").reshape(len(drawings), UNITS)


def torch_traces(drawings: list[running_app.Strokes]) -> np.ndarray:
    """The same from PyTorch."""
    model, rows = lenet.load(), []
    blank = torch.full((1, 1, spec.INPUT_SIZE, spec.INPUT_SIZE), spec.BACKGROUND)
    for strokes in drawings:
        x = ink.from_strokes(strokes, size=(running_app.CANVAS_SIDE, running_app.CANVAS_SIDE))
        trace = lenet.Trace.of(model, blank if x is None else x)
        rows.append(np.concatenate([trace[key].numpy().ravel() for key in spec.BY_KEY]))
    return np.stack(rows)


def difference(browser: np.ndarray, torch_: np.ndarray) -> np.ndarray:
    """Per drawing the largest difference; distances relative to 1 + their size."""
    apart = np.abs(browser.astype(np.float64) - torch_)
    apart[:, -spec.OUTPUT.units :] /= 1 + np.abs(torch_[:, -spec.OUTPUT.units :])
    return np.asarray(apart.max(axis=1))


def random_drawings(count: int) -> list[running_app.Strokes]:
    """Scribbles of all sizes and places, with fractions, dots, repeats, and some off the edge."""
    generator = np.random.default_rng(1998)
    drawings: list[running_app.Strokes] = []
    for _ in range(count):
        middle, reach = generator.uniform(0, running_app.CANVAS_SIDE, 2), generator.uniform(1, 160)
        drawing = []
        for _ in range(generator.integers(1, 5)):
            steps = generator.normal(0, 1, (generator.integers(1, 60), 2)).cumsum(0)
            drawing.append((middle + reach * steps / (1 + np.abs(steps).max())).tolist())
        drawings.append(drawing)
    return drawings


def wobbled_digits(count: int) -> list[running_app.Strokes]:
    """Digits as people draw them: slanted, stretched, trembling, anywhere."""
    generator = np.random.default_rng(7)
    drawings: list[running_app.Strokes] = []
    for index in range(count):
        slant = np.eye(2) + generator.normal(0, 0.15, (2, 2))
        size, place = generator.uniform(0.2, 1), generator.uniform(0, 60, 2)
        drawing = []
        for stroke in DIGITS[str(index % 10)]:
            tremor = generator.normal(0, 0.7, (len(stroke), 2))
            drawing.append((size * np.array(stroke) @ slant + place + tremor).tolist())
        drawings.append(drawing)
    return drawings


@pytest.mark.parametrize("drawings", [random_drawings, wobbled_digits], ids=["random", "digits"])
def test_browser_and_pytorch_agree_in_every_unit_of_every_layer(
    page: Page, drawings: Callable[[int], list[running_app.Strokes]]
) -> None:
    drawn = drawings(150)
    apart = difference(browser_traces(page, drawn), torch_traces(drawn))
    assert apart.max() < 1e-4
    assert np.median(apart) < 1e-5


def test_every_layer_moves_while_the_pen_is_down(page: Page) -> None:
    box = page.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    (x, y), *rest = DIGITS["8"][0]
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()
    frames, answers = [running_app.frame(page)], set()
    for x, y in rest:
        page.mouse.move(box["x"] + x, box["y"] + y, steps=4)
        page.wait_for_function(
            f"frame => Number({running_app.VIEW_ROOT}.dataset.frame) > frame", arg=frames[-1]
        )
        shown = running_app.handles(page)
        frames.append(int(shown["frame"]))
        answers.add(page.locator(running_app.ANSWER).inner_text())
        assert shown["source"] == "live"
        assert shown["delta"] == ""
    page.mouse.up()
    assert len(answers) > len(rest) / 2, "the answer follows the pen"
    shown = running_app.wait_for_answer(page, 1)
    assert shown["digit"] == "8"
    assert float(shown["delta"]) < 1e-4


def test_nothing_runs_when_nothing_changes(page: Page) -> None:
    running_app.draw(page, DIGITS["2"], steps=3)
    running_app.wait_for_answer(page, 1)
    before = running_app.frame(page)
    waiting.nothing_happens_for(page, 1.5, because="a frame takes a sixtieth of a second")
    assert running_app.frame(page) == before


def test_undo_and_clear_are_followed_before_the_server_answers(page: Page) -> None:
    running_app.draw(page, DIGITS["4"], steps=3)
    running_app.wait_for_answer(page, 2)
    for button, digit in (("undo", None), ("clear", "")):
        sources = page.evaluate(
            f"""(key) => new Promise((done) => {{
                const root = {running_app.VIEW_ROOT};
                const seen = [];
                new MutationObserver(() => {{
                    seen.push(root.dataset.source);
                    if (seen.at(-1) === "verified") done(seen);
                }}).observe(root, {{ attributes: true, attributeFilter: ["data-frame"] }});
                document.querySelector(`.st-key-${{key}} button`).click();
            }})""",
            button,
        )
        assert sources[0] == "live"
        assert sources[-1] == "verified"
        if digit is not None:
            assert running_app.handles(page)["digit"] == digit


def test_ink_drawn_right_after_clear_and_undo_is_safe(page: Page) -> None:
    """Nobody waits for a server between two clicks."""
    for _ in range(3):
        running_app.draw(page, DIGITS["4"])
        page.locator(".st-key-clear button").click()
        running_app.draw(page, DIGITS["7"])
        assert running_app.wait_for_answer(page, 1)["digit"] == "7"
        running_app.draw(page, [[(60, 150), (220, 150)]])
        page.locator(".st-key-undo button").click()
        running_app.draw(page, [[(100, 240), (180, 240)]])
        running_app.wait_for_answer(page, 2)
        running_app.settle(page)
        assert running_app.handles(page)["strokes"] == "2"
        page.locator(".st-key-clear button").click()
        running_app.wait_for_answer(page, 0)


def test_clear_and_undo_on_an_empty_canvas_do_nothing(fresh_page: Page) -> None:
    before = running_app.handles(fresh_page)
    fresh_page.locator(".st-key-undo button").click()
    fresh_page.locator(".st-key-clear button").click()
    waiting.nothing_happens_for(fresh_page, 3, because="an unverified drawing is overdue by then")
    assert running_app.handles(fresh_page) == before
    expect(fresh_page.locator(f"{running_app.VIEW} .badge")).to_contain_text("verified by PyTorch")


def test_touch_draws_and_is_followed(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 800, "height": 900}, has_touch=True)
    page = context.new_page()
    running_app.open_draw_page(page, address)
    box = page.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    session = context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": box["x"] + x + 0.25, "y": box["y"] + y + 0.5} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    for stroke in DIGITS["7"]:
        touch("touchStart", stroke[0])
        for point in stroke[1:]:
            touch("touchMove", point)
        assert running_app.handles(page)["source"] in ("live", "verified")
        touch("touchEnd")
    shown = running_app.wait_for_answer(page, 1)
    assert shown["digit"] == "7"
    assert float(shown["delta"]) < 1e-4
    context.close()


def test_a_stroke_costs_few_bytes_and_the_weights_come_once(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    received: list[int] = []
    asked: list[int] = []

    def watch(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: received.append(len(frame)))
        socket.on("framesent", lambda frame: asked.append(len(frame)))

    page.on("websocket", watch)
    running_app.open_draw_page(page, address)
    opened = sum(received)
    weights = 4 * spec.PARAMETERS
    assert weights < opened < 2 * weights
    for index, digit in enumerate("3571"):
        received.clear()
        asked.clear()
        running_app.draw(page, DIGITS[digit], steps=8)
        running_app.wait_for_answer(page, index + 1)
        running_app.settle(page)
        assert sum(received) < 52_500
        assert len(asked) == 1, "a stroke is one message to the server and one run"
    page.close()


def test_a_canvas_that_cannot_be_followed_leaves_the_servers_answer(fresh_page: Page) -> None:
    fresh_page.locator(running_app.CANVAS).evaluate(
        "canvas => canvas.classList.replace('upper-canvas', 'x')"
    )
    box = fresh_page.locator(".st-key-canvas").bounding_box()
    assert box is not None
    (x, y), *rest = DIGITS["7"][0]
    fresh_page.mouse.move(box["x"] + x, box["y"] + y)
    fresh_page.mouse.down()
    frame = running_app.frame(fresh_page)
    for x, y in rest:
        fresh_page.mouse.move(box["x"] + x, box["y"] + y, steps=4)
    assert running_app.frame(fresh_page) == frame, "nothing could be followed"
    fresh_page.mouse.up()
    assert running_app.wait_for_answer(fresh_page, 1)["digit"] == "7"


def test_a_silent_server_leaves_the_view_live_and_verifies_later(browser: Browser) -> None:
    pids: list[int] = []
    with running_app.server(started=pids.append) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        running_app.open_draw_page(page, address)
        os.kill(pids[0], signal.SIGSTOP)
        try:
            running_app.draw(page, DIGITS["3"], steps=4)
            expect(page.locator(f"{running_app.VIEW} .badge")).to_contain_text("not verified")
            shown = running_app.handles(page)
            assert (shown["source"], shown["digit"]) == ("live", "3")
        finally:
            os.kill(pids[0], signal.SIGCONT)
        shown = running_app.wait_for_answer(page, 1)
        assert shown["digit"] == "3"
        expect(page.locator(f"{running_app.VIEW} .badge")).to_contain_text("verified by PyTorch")
        page.close()


def test_the_canvas_takes_strokes_before_the_weights_are_there(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(
        """const weights = {
            promise: new Promise((done) => { window.release = () => done(window.held); }),
            resolve: (held) => { window.held = held; },
        };
        globalThis.lenet = new Proxy({}, {
            get: (bundles, name) => name.startsWith("network-") ? weights : bundles[name],
        });"""
    )
    page.goto(address)
    waiting = page.locator(f"{running_app.VIEW} .waiting")
    expect(waiting).to_contain_text("weights are on their way")
    page.wait_for_selector(running_app.CANVAS)
    running_app.draw(page, DIGITS["7"], steps=4)
    page.wait_for_function("window.held !== undefined")
    expect(page.locator(running_app.ANSWER)).to_contain_text("The network reads 7")
    page.evaluate("window.release()")
    assert running_app.wait_for_answer(page, 1)["digit"] == "7"
    expect(waiting).to_have_count(0)
    page.close()


def test_a_server_that_was_restarted_verifies_what_was_drawn_meanwhile(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    with running_app.server() as address:
        running_app.open_draw_page(page, address)
        running_app.draw(page, DIGITS["3"], steps=4)
        running_app.wait_for_answer(page, 1)
    running_app.draw(page, [[(60, 200), (120, 210)]], steps=4)
    expect(page.locator(f"{running_app.VIEW} .badge")).to_contain_text("not verified")
    assert running_app.handles(page)["source"] == "live"
    with running_app.server(port=int(address.rsplit(":", 1)[1])):
        assert float(running_app.wait_for_answer(page, 2)["delta"]) < 1e-4
        page.close()
