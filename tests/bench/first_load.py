"""What a first visit costs: bytes and requests until the draw page stands there, verified.

Each address is opened in a browser that has never been here. Bytes are counted as they cross the
network, compressed where the server compresses, with the headers of the answers; what comes over
the websocket is counted as messages. Prints one JSON object for each address.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, WebSocket

from tests.support import running_app

MOST_NAMED = 12


class Transfer:
    """Counts what a page loads from the moment it is made, before anything is opened."""

    def __init__(self, page: Page) -> None:
        self.received: Counter[str] = Counter()
        self.files: dict[str, int] = {}
        self.messages = 0
        self.requests = 0
        self._kinds: dict[str, tuple[str, str]] = {}
        session = page.context.new_cdp_session(page)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")
        page.on("websocket", self._connected)

    def _answered(self, event: dict[str, Any]) -> None:
        url = event["response"]["url"]
        if not url.startswith(("data:", "blob:")):
            self._kinds[event["requestId"]] = (event["type"].lower(), urlsplit(url).path)

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] not in self._kinds:
            return
        kind, path = self._kinds[event["requestId"]]
        self.requests += 1
        self.received[kind] += int(event["encodedDataLength"])
        self.files[path] = int(event["encodedDataLength"])

    def _connected(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._received)

    def _received(self, frame: bytes | str) -> None:
        self.received["websocket"] += len(frame)
        self.messages += 1

    def as_dict(self) -> dict[str, Any]:
        """Bytes in all, by kind, and the largest files."""
        largest = sorted(self.files.items(), key=lambda item: -item[1])[:MOST_NAMED]
        return {
            "bytes": self.received.total(),
            "http_bytes": self.received.total() - self.received["websocket"],
            "requests": self.requests,
            "messages": self.messages,
            "by_kind": dict(self.received.most_common()),
            "largest": {PurePosixPath(path).name or "/": size for path, size in largest},
        }


def measure(browser: Browser, address: str, path: str) -> dict[str, Any]:
    """Open one page of the app in a browser that has nothing stored."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    transfer = Transfer(page)
    if path == "/":
        running_app.open_draw_page(page, address)
        running_app.wait_for_answer(page, 0)
    else:
        page.goto(f"{address}{path}")
        page.wait_for_selector("h1")
        running_app.settle(page)
    page.wait_for_load_state("networkidle")
    result = transfer.as_dict()
    context.close()
    return result


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=["/"], help="addresses in the app")
    paths = parser.parse_args(arguments).paths
    with running_app.server() as address, running_app.chromium() as browser:
        for path in paths:
            result = {"measure": "first load", "path": path} | measure(browser, address, path)
            print(json.dumps(result))


if __name__ == "__main__":
    main()
