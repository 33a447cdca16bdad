"""A fresh server shows the first picture before PyTorch is there, and verifies it afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from lenet import spec
from tests.support import running_app, waiting
from tests.support.digits import DIGITS

BADGE = f"{running_app.VIEW} .badge"

Tell = Callable[[str], object]


@pytest.fixture
def cold(tmp_path: Path) -> Iterator[tuple[str, Tell]]:
    """The address of a server whose import of torch waits, and what tells it to come or fail."""
    pipe = tmp_path / "torch"
    os.mkfifo(pipe)
    held = {
        "PYTHONPATH": str(running_app.ROOT / "tests" / "support" / "held_torch"),
        "TORCH_IS_TOLD": str(pipe),
    }
    with running_app.server(environment=held) as address:
        yield address, pipe.write_text


@pytest.fixture
def watched(browser: Browser) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        yield page


def expect_live(page: Page, digit: str) -> None:
    page.wait_for_selector(f'{running_app.VIEW}[data-source=live][data-digit="{digit}"]')
    running_app.settle(page)
    shown = running_app.handles(page)
    assert (shown["source"], shown["delta"]) == ("live", "")
    assert page.locator(BADGE).inner_text() == "live, computed in this browser"


def test_the_first_picture_does_not_wait_for_pytorch(cold: tuple[str, Tell], watched: Page) -> None:
    address, tell = cold
    running_app.open_draw_page(watched, address)
    expect_live(watched, "")
    running_app.draw(watched, DIGITS["3"], steps=4)
    expect_live(watched, "3")
    expect(watched.locator(running_app.ANSWER)).to_contain_text("The network reads 3")
    waiting.nothing_happens_for(
        watched, 3, because="a drawing on a server with PyTorch is overdue by then"
    )
    expect_live(watched, "3")
    assert watched.locator(running_app.ANSWER).inner_text().startswith("3")
    tell("come")
    shown = running_app.wait_for_answer(watched, 1)
    assert shown["digit"] == "3"
    assert float(shown["delta"]) < 1e-4
    expect(watched.locator(BADGE)).to_contain_text("verified by PyTorch")


def test_undo_and_clear_work_before_pytorch_is_there(cold: tuple[str, Tell], watched: Page) -> None:
    address, tell = cold
    running_app.open_draw_page(watched, address)
    running_app.draw(watched, DIGITS["4"], steps=4)
    expect_live(watched, "4")
    watched.locator(".st-key-undo button").click()
    watched.wait_for_selector(f'{running_app.VIEW}:not([data-digit="4"])')
    watched.locator(".st-key-clear button").click()
    expect_live(watched, "")
    running_app.draw(watched, DIGITS["7"], steps=4)
    expect_live(watched, "7")
    tell("come")
    assert running_app.wait_for_answer(watched, 1)["digit"] == "7"


def test_a_stroke_under_way_when_pytorch_comes_is_not_lost(
    cold: tuple[str, Tell], watched: Page
) -> None:
    address, tell = cold
    sockets: list[WebSocket] = []
    watched.on("websocket", lambda socket: sockets.append(socket))
    running_app.open_draw_page(watched, address)
    running_app.draw(watched, DIGITS["1"], steps=4)
    expect_live(watched, "1")
    box = watched.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    watched.mouse.move(box["x"] + 80, box["y"] + 250)
    watched.mouse.down()
    watched.mouse.move(box["x"] + 140, box["y"] + 250, steps=4)
    frame = running_app.frame(watched)
    (socket,) = sockets
    # Bytes, zipped: nothing else that the server says by now has as many as the network has units.
    trace = spec.UNITS
    with socket.expect_event("framereceived", lambda frame: len(frame) > trace):
        tell("come")
    watched.mouse.move(box["x"] + 200, box["y"] + 250, steps=4)
    watched.mouse.up()
    shown = running_app.wait_for_answer(watched, 2)
    assert int(shown["frame"]) > frame
    assert float(shown["delta"]) < 1e-4


def test_once_pytorch_is_there_nobody_asks_any_more(cold: tuple[str, Tell], watched: Page) -> None:
    address, tell = cold
    asked: list[object] = []
    watched.on(
        "websocket", lambda socket: socket.on("framesent", lambda frame: asked.append(frame))
    )
    running_app.open_draw_page(watched, address)
    expect_live(watched, "")
    tell("come")
    running_app.wait_for_answer(watched, 0)
    running_app.settle(watched)
    asked.clear()
    waiting.nothing_happens_for(watched, 1.5, because="a waiting page asks every half second")
    assert not asked


def test_an_open_part_of_the_first_page_does_not_keep_the_drawing_from_being_verified(
    cold: tuple[str, Tell], watched: Page
) -> None:
    address, tell = cold
    watched.goto(f"{address}/?enlarge=true")
    watched.wait_for_selector(running_app.CANVAS)
    expect_live(watched, "")
    tell("come")
    running_app.wait_for_answer(watched, 0)
    watched.wait_for_selector(".st-key-layer_figure .pictures[data-pictures]")


def test_a_damaged_link_on_a_server_that_just_started_is_a_sentence_that_stays(
    cold: tuple[str, Tell], watched: Page
) -> None:
    address, tell = cold
    watched.goto(f"{address}/?drawing=1damaged")
    sentence = watched.get_by_text("The link is damaged or was cut")
    expect(sentence).to_be_visible()
    tell("come")
    running_app.wait_for_answer(watched, 0)
    running_app.settle(watched)
    expect(sentence).to_be_visible()


def test_an_explore_page_says_what_it_waits_for_and_keeps_its_address(
    cold: tuple[str, Tell], watched: Page
) -> None:
    address, tell = cold
    watched.goto(f"{address}/connections?s2=2&c3=7&on=4")
    expect(watched.get_by_text("PyTorch is being loaded")).to_be_visible()
    expect(watched.get_by_role("heading", name="Connections")).to_be_visible()
    tell("come")
    expect(watched.get_by_text("How does S2[2] enter C3[7]?").first).to_be_visible()
    expect(watched.get_by_text("PyTorch is being loaded")).to_have_count(0)
    assert "s2=2" in watched.url
    assert "c3=7" in watched.url


def test_a_pytorch_that_does_not_load_is_a_sentence_and_nothing_is_verified(
    cold: tuple[str, Tell], watched: Page
) -> None:
    address, tell = cold
    running_app.open_draw_page(watched, address)
    tell("fail")
    sentence = watched.get_by_text("PyTorch cannot be loaded on this server")
    expect(sentence).to_be_visible()
    running_app.draw(watched, DIGITS["7"], steps=4)
    expect_live(watched, "7")
    expect(sentence).to_have_count(1)
    watched.goto(f"{address}/output-codes")
    expect(sentence).to_have_count(1)
