"""The shipped fonts are served below every address of the app, and nothing else is."""

from __future__ import annotations

import asyncio

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Message

from lenet.browser.assets import ASSETS
from pages.serving.fonts import Fonts

FILES = sorted((ASSETS / "fonts").glob("*.woff2"))


def ask(path: str, method: str = "GET") -> tuple[Headers, bytes]:
    """Headers and body of what is answered; "a page" by the app inside."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": method, "path": path, "headers": []}
    asyncio.run(Fonts(PlainTextResponse("a page"))(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Headers(raw=sent[0]["headers"]), body


@pytest.mark.parametrize("folder", ["", "/output-codes", "/lenet/output-codes", "/~/+"])
def test_a_font_is_served_below_every_address_and_kept(folder: str) -> None:
    assert FILES
    for file in FILES:
        headers, body = ask(f"{folder}/fonts/{file.name}")
        assert body == file.read_bytes()
        assert headers["content-type"] == "font/woff2"
        assert "immutable" in headers["cache-control"]
        assert ask(f"{folder}/fonts/{file.name}", "HEAD")[0]["content-length"] == str(len(body))


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/fonts/OFL.txt", "GET"),
        ("/fonts/ko.css", "GET"),
        ("/fonts/xx.woff2", "GET"),
        ("/fonts/../ko.woff2", "GET"),
        ("/fonts/", "GET"),
        ("/fonts/ko.woff2", "POST"),
    ],
)
def test_nothing_else_is(path: str, method: str) -> None:
    assert ask(path, method)[1] == b"a page"
