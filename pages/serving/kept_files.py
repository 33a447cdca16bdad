"""Streamlit's own files, kept in memory as they are sent: scripts and styles compressed once.

Streamlit opens each file anew for every visitor and sends it as it is, because compressing it
each time costs more than it saves. A new browser asks for some eighty; kept, they cost the
server half a millisecond each less, and thirty phones on a school's wireless network load a
fraction of the bytes.

A middleware around the whole server; a host that ignores ``st.App`` goes without. It opens no
file: it only keeps what the server inside has answered, and at most ``KEPT_BYTES`` of it.
It stands in pages/serving, with what a server needs and no page shows.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, NoReturn

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEPT_BYTES = 16 * 2**20
"""All of Streamlit's scripts and styles take 7 MB compressed, its fonts and pictures 2.3 MB."""

LARGEST, SMALLEST = 16 * 2**20, 1000
"""Bytes of a file: larger ones would need much memory for a moment and are not kept; smaller
ones are not compressed, because that gains nothing."""

_LEVEL = 6  # 9 takes a third longer and saves less than a hundredth more
_AT_ONCE = 2  # files in memory, uncompressed
_PIECE = 2**16  # bytes

# One file has one such address, so nobody fills the store with other names for it.
_PATH = re.compile(r"(?:/[\w~-]+)*/static/(?:js|css|media)/[\w.~-]+\.\w+", re.ASCII)
_COMPRESSED = ("text/javascript", "application/javascript", "text/css")


@dataclass(frozen=True)
class File:
    """A file as it is sent."""

    tag: str
    """Etag of the file inside, which says which version it is."""
    start: Message
    body: bytes
    compressed: bool
    lasting: bool
    """Whether the server inside has said that no other file will ever have this address."""

    async def send(self, send: Send) -> None:
        # A list of its own: who stands further out may add to it.
        await send({**self.start, "headers": [*self.start["headers"]]})
        # In pieces, so that a slow network holds the next one back and not a copy of the whole.
        for begin in range(0, len(self.body) or 1, _PIECE):
            end = begin + _PIECE
            more = end < len(self.body)
            piece = {"body": self.body[begin:end], "more_body": more}
            await send({"type": "http.response.body", **piece})


class KeptFiles:
    """ASGI middleware: static files from memory; whoever asks first for one waits for it."""

    def __init__(self, app: ASGIApp, kept_bytes: int = KEPT_BYTES) -> None:
        self.app = app
        self.room = kept_bytes
        self.kept: OrderedDict[str, File] = OrderedDict()
        """By path, the longest unasked first."""
        self._made: dict[tuple[str, str], asyncio.Task[File]] = {}
        self._turn = asyncio.Semaphore(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if not _asks_for_file(scope, asked):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        kept = self.kept.get(path)
        if (
            kept
            and kept.lasting
            and not _asks_for_news(asked)
            and (_takes_gzip(asked) or not kept.compressed)
        ):
            self.kept.move_to_end(path)
            await kept.send(send)
            return
        # Its headers say whether the file is there, which version, and whether it is asked for.
        start, _ = await self._answer({**scope, "method": "HEAD"})
        found = Headers(raw=start["headers"])
        compressible = _is_compressible(found)
        if start["status"] != 200 or not (_can_be_kept(found) and (compressible or _lasts(found))):
            await self.app(scope, receive, send)
        elif compressible and not _takes_gzip(asked):
            await self.app(scope, receive, _with_vary(send))
        else:
            file = await self._file(path, found["etag"], compressible, scope)
            await file.send(send)

    async def _file(self, path: str, tag: str, compressed: bool, scope: Scope) -> File:
        if path in self.kept and self.kept[path].tag == tag:
            self.kept.move_to_end(path)
            return self.kept[path]
        key = (path, tag)
        if key not in self._made:
            self._made[key] = asyncio.create_task(self._make(path, tag, compressed, scope))
            self._made[key].add_done_callback(lambda _: self._made.pop(key))
        # Whoever asked first may leave; others wait for the same.
        return await asyncio.shield(self._made[key])

    async def _make(self, path: str, tag: str, compressed: bool, scope: Scope) -> File:
        async with self._turn:
            plain = [pair for pair in scope["headers"] if not pair[0].startswith(b"if-")]
            start, body = await self._answer({**scope, "headers": plain})
            headers = MutableHeaders(raw=start["headers"])
            same = start["status"] == 200 and headers.get("etag") == tag and _can_be_kept(headers)
            if not same:  # it has just been taken away, and this is what is said of that
                return File(tag, start, body, compressed=False, lasting=False)
            if compressed:
                body = await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
        if compressed:
            headers.add_vary_header("Accept-Encoding")
            headers["content-encoding"] = "gzip"
            headers["content-length"] = str(len(body))
            headers["etag"] = "W/" + tag.removeprefix("W/")  # another encoding of it
            del headers["accept-ranges"]
        file = File(tag, {**start, "headers": headers.raw}, body, compressed, _lasts(headers))
        self.kept[path] = file
        self.kept.move_to_end(path)
        while sum(len(kept.body) for kept in self.kept.values()) > self.room:
            self.kept.popitem(last=False)
        return file

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


def _asks_for_file(scope: Scope, asked: Headers) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and _PATH.fullmatch(scope["path"]) is not None
        and "range" not in asked
    )


def _asks_for_news(asked: Headers) -> bool:
    """Whether the browser has the file already, and asks if it is still the same."""
    return any(name.startswith("if-") for name in asked)


def _can_be_kept(found: Headers) -> bool:
    """Whether the answer is the same for everybody, and not too large."""
    return (
        "etag" in found
        and found.get("vary", "accept-encoding").lower() == "accept-encoding"
        and not {"set-cookie", "content-encoding"} & {*found}
        and int(found.get("content-length", LARGEST + 1)) <= LARGEST
    )


def _is_compressible(found: Headers) -> bool:
    kind = found.get("content-type", "").partition(";")[0]
    return kind in _COMPRESSED and int(found.get("content-length", 0)) >= SMALLEST


def _lasts(found: Headers) -> bool:
    return "immutable" in found.get("cache-control", "")


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
