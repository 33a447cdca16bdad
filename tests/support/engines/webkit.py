"""WebKit, the engine of Safari and of every browser on an iPhone, as WebKitGTK has it.

Debian's ``webkit2gtk-driver`` brings a small browser made for being driven. It has no headless
mode, so it runs in a virtual display of its own.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.remote.command import Command
from selenium.webdriver.webkitgtk.service import Service

from tests.support.engines.window import HEIGHT, WIDTH, Picture, Window

_LIBRARIES = Path("/usr/lib")
_LISTEN = """
window.wentWrong = [];
addEventListener("error", (event) => window.wentWrong.push(String(event.message)));
addEventListener("unhandledrejection", (event) => window.wentWrong.push(String(event.reason)));
const said = console.error;
console.error = (...words) => { window.wentWrong.push(words.join(" ")); said(...words); };
"""


def _browser() -> Path | None:
    """The driver's own browser, which the driver does not look for where Debian puts it."""
    return max(_LIBRARIES.glob("*/webkit2gtk-4.*/MiniBrowser"), default=None)


def missing() -> str:
    """What this machine lacks, empty if nothing."""
    programs = [name for name in ("WebKitWebDriver", "Xvfb") if not shutil.which(name)]
    return " and ".join(programs if _browser() else [*programs, "MiniBrowser"])


@contextmanager
def window() -> Iterator[Window]:
    """Start the browser and yield its window."""
    options = WebKitGTKOptions()
    options.binary_location = str(_browser())
    options.add_argument("--automation")
    with _display() as display:
        service = Service(
            str(shutil.which("WebKitWebDriver")), env={**os.environ, "DISPLAY": display}
        )
        driver = WebKitGTK(options=options, service=service)
        try:
            yield _WebKit(driver)
        finally:
            driver.quit()


@contextmanager
def _display() -> Iterator[str]:
    """A virtual display with room for the window and its frame; its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1200x24"]
    process = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as says:
            yield f":{says.readline().strip()}"  # once it can be used
    finally:
        process.terminate()
        process.wait(timeout=20)


class _WebKit(Window):
    def __init__(self, driver: WebKitGTK) -> None:
        self._driver = driver
        self.resize(WIDTH, HEIGHT)

    def resize(self, width: int, height: int) -> None:
        self._driver.set_window_size(width, height)
        inner = self._driver.execute_script("return [innerWidth, innerHeight]")
        self._driver.set_window_size(2 * width - inner[0], 2 * height - inner[1])

    def load(self, address: str) -> None:
        self._driver.get(address)
        self._driver.execute_script(_LISTEN)

    def evaluate(self, expression: str) -> str | None:
        answer = self._driver.execute_script(f"return {expression}")
        return None if answer is None else str(answer)

    def perform(self, source: dict[str, Any]) -> None:
        self._driver.execute(Command.W3C_ACTIONS, {"actions": [source]})

    def picture(self) -> Picture:
        shot = Image.open(io.BytesIO(self._driver.get_screenshot_as_png()))
        return np.asarray(shot.convert("RGB"))

    def errors(self) -> list[str]:
        return list(self._driver.execute_script("return window.wentWrong.splice(0)"))
