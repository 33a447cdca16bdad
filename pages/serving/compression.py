"""Streamlit's own scripts and styles, compressed once and kept.

Streamlit serves them as they are, because compressing them anew for every visitor costs more
than it saves. Compressed once for a server it costs some milliseconds in all, and thirty phones
on a school's wireless network load a fraction of the bytes.

A middleware around the whole server; a host that ignores ``st.App`` goes without. It opens no
file: it only compresses what the server inside has answered, and keeps at most ``KEPT_BYTES``.
It stands in pages/serving, with what a server needs and no page shows.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections import OrderedDict
from typing import Any, NoReturn

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEPT_BYTES = 16 * 2**20
"""All of Streamlit's scripts and styles take 7 MB compressed."""

LARGEST, SMALLEST = 16 * 2**20, 1000
"""Bytes of a file; larger ones would need much memory for a moment, smaller ones gain nothing."""

_LEVEL = 6  # 9 takes a third longer and saves less than a hundredth more
_AT_ONCE = 2  # files in memory, uncompressed

# One file has one such address, so nobody fills the store with other names for it.
_PATH = re.compile(r"(?:/[\w~-]+)*/static/(?:js|css)/[\w.~-]+\.(?:js|css)", re.ASCII)
_TYPES = ("text/javascript", "application/javascript", "text/css")

_Key = tuple[str, str]


class CompressedScripts:
    """ASGI middleware: gzip for static scripts and styles, whoever asks first waits for it."""

    def __init__(self, app: ASGIApp, kept_bytes: int = KEPT_BYTES) -> None:
        self.app = app
        self.room = kept_bytes
        self.kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._made: dict[_Key, asyncio.Task[bytes]] = {}
        self._turn = asyncio.Semaphore(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _asks_for_script(scope):
            await self.app(scope, receive, send)
            return
        # Its headers say whether the file is there, which version, and whether it is asked for.
        start, _ = await self._answer({**scope, "method": "HEAD"})
        headers = MutableHeaders(raw=list(start["headers"]))
        if start["status"] != 200 or not _worth_it(headers):
            await self.app(scope, receive, send)
            return
        headers.add_vary_header("Accept-Encoding")
        if not _takes_gzip(Headers(scope=scope)):
            await self.app(scope, receive, _with_vary(send))
            return
        body = await self._compressed((scope["path"], headers["etag"]), scope)
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        headers["etag"] = "W/" + headers["etag"].removeprefix("W/")  # another encoding of it
        del headers["accept-ranges"]
        await send({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})

    async def _compressed(self, key: _Key, scope: Scope) -> bytes:
        if key in self.kept:
            self.kept.move_to_end(key)
            return self.kept[key]
        if key not in self._made:
            self._made[key] = asyncio.create_task(self._make(key, scope))
            self._made[key].add_done_callback(lambda _: self._made.pop(key))
        # Whoever asked first may leave; others wait for the same.
        return await asyncio.shield(self._made[key])

    async def _make(self, key: _Key, scope: Scope) -> bytes:
        async with self._turn:
            plain = [pair for pair in scope["headers"] if not pair[0].startswith(b"if-")]
            _, body = await self._answer({**scope, "headers": plain})
            made = await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
        self.kept[key] = made
        while sum(map(len, self.kept.values())) > self.room:
            self.kept.popitem(last=False)
        return made

    async def _answer(self, scope: Scope) -> tuple[Message, bytes]:
        """The start and the body of what the server inside answers."""
        start: Message = {}
        body = bytearray()
        asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> Message:
            return next(asked, None) or await _forever()

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                body.extend(message.get("body", b""))

        # Without extensions the body comes as bytes, not as a file's name.
        await self.app({**scope, "extensions": {}}, receive, send)
        return start, bytes(body)


def _asks_for_script(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and _PATH.fullmatch(scope["path"]) is not None
        and "range" not in Headers(scope=scope)
    )


def _worth_it(headers: Headers) -> bool:
    return (
        headers.get("content-type", "").partition(";")[0] in _TYPES
        and "content-encoding" not in headers
        and "etag" in headers
        and SMALLEST <= int(headers.get("content-length", 0)) <= LARGEST
    )


def _takes_gzip(headers: Headers) -> bool:
    """Whether Accept-Encoding names gzip, or everything, with a weight above zero."""
    weights: dict[str, float] = {}
    for part in headers.get("accept-encoding", "").lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        try:
            weights[name] = float(quality)
        except ValueError:
            weights[name] = 0.0
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def _with_vary(send: Send) -> Send:
    async def varied(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            headers.add_vary_header("Accept-Encoding")
            message = {**message, "headers": headers.raw}
        await send(message)

    return varied


async def _forever() -> NoReturn:
    await asyncio.Future[Any]()
    raise AssertionError("unreachable")
