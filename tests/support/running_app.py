"""A running app and a real Chromium, for the browser tests and the benchmarks."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.support import waiting

ROOT = Path(__file__).parents[2]
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CANVAS = ".st-key-canvas canvas.upper-canvas"
VIEW = ".st-key-network .network"
ANSWER = ".st-key-answer"
CANVAS_SIDE = 280
VIEW_ROOT = (
    "[...document.querySelectorAll('.st-key-network *')].find((node) => node.shadowRoot)"
    ".shadowRoot.querySelector('.network')"
)
"""The view's element as an expression for the page's own scripts."""

SCREEN: ViewportSize = {"width": 1440, "height": 900}
PATIENCE = 60
"""Seconds that a page may take to do what is asked of it: the machine may be busy."""

Strokes = Sequence[Sequence[tuple[float, float]]]


def chromium_path() -> str | None:
    """The Chromium or Chrome of this machine: $CHROMIUM, or the first known name on the path."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = (shutil.which(name) for name in names)
    return os.environ.get("CHROMIUM") or next((path for path in found if path), None)


@contextmanager
def server(
    *options: str,
    started: Callable[[int], object] | None = None,
    environment: Mapping[str, str] | None = None,
    port: int | None = None,
    root: Path = ROOT,
    python: str = sys.executable,
    module: Sequence[str] = ("streamlit",),
    only: Mapping[str, str] | None = None,
    wrap: Sequence[str] = (),
    log: Path | None = None,
    script: str = "app.py",
) -> Iterator[str]:
    """The app on a port, a free one if none is named; yields its address once it answers.

    ``started`` is told the process's id. ``environment`` adds variables, ``only`` replaces all;
    ``module`` is what Python runs, with its own arguments; ``wrap`` starts the whole command;
    ``log`` is a file for all that it says; ``script`` is the app.
    """
    port = port or free_port()
    command = [*wrap, python, "-m", *module, "run", script, "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", *options]
    with (log or Path(os.devnull)).open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=root,
            env={**(os.environ if only is None else only), **(environment or {})},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    if started:
        started(process.pid)
    try:
        _wait_until_healthy(address, process)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    def answers() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"The app ended with status {process.returncode} while starting.")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return True
        except OSError:
            return False

    waiting.until(answers, "the app answers")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_FLAGS)
        )
        browser.on("context", lambda context: context.set_default_timeout(1000 * PATIENCE))
        yield browser
        browser.close()


@contextmanager
def watched_page(browser: Browser) -> Iterator[Page]:
    """A page of 1440 x 900 in a visit of its own; any error in its console fails the test."""
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    errors = errors_of(page)
    yield page
    context.close()
    assert not errors, errors


def errors_of(page: Page) -> list[str]:
    """A list that from now on grows by every error in the page's console."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if _is_error(line) else None)
    return errors


def _is_error(line: ConsoleMessage) -> bool:
    """Streamlit's own search for its server below the page's address is none."""
    return line.type == "error" and "/_stcore/" not in line.location["url"]


def settle(page: Page) -> None:
    """Wait until the server's script has run and nothing is pending."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def open_draw_page(page: Page, address: str) -> None:
    """Open the draw page and wait until canvas and network view are there."""
    page.goto(address)
    page.wait_for_selector(CANVAS)
    expect(page.locator(VIEW)).not_to_have_attribute("data-frame", "0")
    settle(page)


def draw(page: Page, strokes: Strokes, steps: int = 1) -> None:
    """Draw strokes, in canvas pixels, with the mouse on the real canvas."""
    canvas = page.locator(CANVAS)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    for stroke in strokes:
        (x, y), *rest = stroke
        page.mouse.move(box["x"] + x, box["y"] + y)
        page.mouse.down()
        for x, y in rest:
            page.mouse.move(box["x"] + x, box["y"] + y, steps=steps)
        page.mouse.up()


def handles(page: Page) -> dict[str, Any]:
    """The network view's data attributes."""
    return dict(page.locator(VIEW).evaluate("view => ({...view.dataset})"))


def frame(page: Page) -> int:
    """How often the view has repainted all layers."""
    return int(handles(page)["frame"])


def wait_for_answer(page: Page, strokes: int) -> dict[str, Any]:
    """Wait until the server has answered a drawing of that many strokes; the view's handles."""
    page.wait_for_selector(f'{VIEW}[data-source=verified][data-strokes="{strokes}"]')
    return handles(page)
