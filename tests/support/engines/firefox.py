"""Firefox, driven over WebDriver BiDi, which it speaks itself: JSON over a websocket."""

from __future__ import annotations

import base64
import io
import itertools
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from websockets.sync.client import ClientConnection, connect

from tests.support import waiting
from tests.support.engines.window import HEIGHT, WIDTH, Picture, Window

_QUIET = """
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("browser.safebrowsing.update.enabled", false);
"""
"""A browser that asks nobody outside for anything."""


def _browser() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


def missing() -> str:
    """What this machine lacks, empty if nothing."""
    return "" if _browser() else "firefox-esr"


@contextmanager
def window() -> Iterator[Window]:
    """Start the browser and yield its window."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        (profile / "user.js").write_text(_QUIET, encoding="utf-8")
        command = [str(_browser()), "--headless", "--no-remote", "--profile", folder]
        with (profile / "said.txt").open("wb") as said:
            process = subprocess.Popen(
                [*command, "--remote-debugging-port", "0", "about:blank"], stdout=said, stderr=said
            )
        try:
            listens = waiting.until(lambda: _listens_at(profile), "Firefox can be driven")
            with connect(f"{listens}/session", max_size=None) as socket:
                yield _Firefox(socket)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _listens_at(profile: Path) -> str:
    """Its address, which it also says among much else; empty before it listens."""
    said = (profile / "said.txt").read_text(encoding="utf-8", errors="replace")
    found = re.search(r"WebDriver BiDi listening on (ws://\S+)\n", said)
    return found[1] if found else ""


class _Firefox(Window):
    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._errors: list[str] = []
        self._command("session.new", capabilities={})
        self._command("session.subscribe", events=["log.entryAdded"])
        # The window that it starts with never has the focus: it has no focus events, and a key
        # presses no button in it.
        self._tab = {"context": self._command("browsingContext.create", type="window")["context"]}
        self.resize(WIDTH, HEIGHT)

    def resize(self, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        self._command("browsingContext.setViewport", **self._tab, viewport=viewport)

    def load(self, address: str) -> None:
        self._command("browsingContext.navigate", **self._tab, url=address, wait="complete")

    def evaluate(self, expression: str) -> str | None:
        answer = self._command(
            "script.evaluate", expression=expression, target=self._tab, awaitPromise=False
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        value = answer["result"].get("value")
        return None if value is None else str(value)

    def perform(self, source: dict[str, Any]) -> None:
        self._command("input.performActions", **self._tab, actions=[source])

    def picture(self) -> Picture:
        shot = self._command("browsingContext.captureScreenshot", **self._tab)
        file = io.BytesIO(base64.b64decode(shot["data"]))
        return np.asarray(Image.open(file).convert("RGB"))

    def errors(self) -> list[str]:
        # Events come in order with answers: after one, all earlier ones are here.
        self.evaluate("undefined")
        said, self._errors = self._errors, []
        return said

    def _command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result; what is told meanwhile is kept."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=120))
            if message.get("id") == number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
                return dict(message["result"])
            if message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self._errors.append(str(message["params"]["text"]))
