"""What breaks while people draw is noticed by nobody, or is a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.support import running_app
from tests.support.digits import DIGITS

SHIFTED_CLOCK = """
import os, time
real = time.time
def shifted():
    try:
        with open(os.environ["CLOCK_MOVED_BY"]) as file:
            return real() + float(file.read() or 0)
    except OSError:
        return real()
time.time = shifted
"""


def copy_of_the_app(place: Path) -> Path:
    """All that the app needs to run, so that its files can be damaged."""
    root = place / "app"
    for folder in ("assets", "lenet", "pages", ".streamlit"):
        shutil.copytree(running_app.ROOT / folder, root / folder)
    for name in ("app.py", "LICENSE", "NOTICE"):
        shutil.copy(running_app.ROOT / name, root)
    return root


@pytest.fixture
def visit(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 1440, "height": 900})


def test_weights_replaced_by_garbage_change_nothing_until_a_restart_which_says_so(
    visit: Page, browser: Browser, tmp_path: Path
) -> None:
    root = copy_of_the_app(tmp_path)
    with running_app.server(root=root) as address:
        running_app.open_draw_page(visit, address)
        running_app.draw(visit, DIGITS["3"], steps=3)
        before = running_app.wait_for_answer(visit, 1)
        (root / "assets" / "lenet5.safetensors").write_bytes(b"garbage" * 1_000)
        for page in (visit, browser.new_page()):
            page.goto(visit.url)
            assert running_app.wait_for_answer(page, 1)["distances"] == before["distances"]
    with running_app.server(root=root) as address:
        visit.goto(address)
        expect(visit.get_by_role("alert")).to_contain_text("does not hold the weights")
        expect(visit.get_by_test_id("stException")).to_have_count(0)
    visit.close()


def test_a_connection_cut_in_mid_stroke_loses_nothing(visit: Page, address: str) -> None:
    sockets: list[WebSocketRoute] = []

    def through(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    visit.route_web_socket("**/_stcore/stream", through)
    running_app.open_draw_page(visit, address)
    box = visit.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    (x, y), *rest = DIGITS["3"][0]
    visit.mouse.move(box["x"] + x, box["y"] + y)
    visit.mouse.down()
    for number, (x, y) in enumerate(rest):
        visit.mouse.move(box["x"] + x, box["y"] + y, steps=4)
        if number == len(rest) // 2:
            sockets[-1].close(code=1012)
    # The picture follows the pen all the same.
    visit.wait_for_selector(f"{running_app.VIEW}[data-source=live][data-digit='3']")
    visit.mouse.up()
    shown = running_app.wait_for_answer(visit, 1)
    assert shown["digit"] == "3"
    assert float(shown["delta"]) < 1e-4
    assert len(sockets) > 1, "it has connected again"
    visit.close()


@pytest.mark.parametrize("days", [400, -400])
def test_a_clock_that_jumps_disturbs_nobody(visit: Page, tmp_path: Path, days: int) -> None:
    (tmp_path / "sitecustomize.py").write_text(SHIFTED_CLOCK, encoding="utf-8")
    moved = tmp_path / "moved"
    environment = {"PYTHONPATH": str(tmp_path), "CLOCK_MOVED_BY": str(moved)}
    with running_app.server(environment=environment) as address:
        visit.clock.install()
        running_app.open_draw_page(visit, address)
        running_app.draw(visit, DIGITS["7"], steps=3)
        running_app.wait_for_answer(visit, 1)
        moved.write_text(str(days * 86_400), encoding="utf-8")
        visit.clock.set_system_time(f"{2026 + days // 400}-01-01T00:00:00")
        running_app.draw(visit, [[(90, 150), (190, 150)]], steps=3)
        assert running_app.wait_for_answer(visit, 2)["digit"] == "7"
        visit.close()
