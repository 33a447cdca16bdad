"""Streamlit's own files from memory: scripts and styles are compressed once.

Streamlit opens each file anew for every visitor and sends it uncompressed, because compressing
it each time costs more than it saves. A new browser asks for some eighty; from this cache, each
costs the server half a millisecond less, and thirty phones on a school's wireless network load a
fraction of the bytes.

This is a middleware around the whole server; a host that ignores ``st.App`` goes without. It
opens no file: it holds what the server inside has answered, and at most ``CACHE_BYTES`` of it.
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

CACHE_BYTES = 16 * 2**20
"""All of Streamlit's scripts and styles take 7 MB compressed, its fonts and pictures 2.3 MB."""

LARGEST, SMALLEST = 16 * 2**20, 1000
"""Bytes of a file: larger ones would need much memory for a moment and are not cached; smaller
ones are not compressed, because that gains nothing."""

_LEVEL = 6  # 9 takes a third longer and saves less than a hundredth more
_MOST_AT_ONCE = 2  # files in memory, uncompressed
_PIECE = 2**16  # bytes

# One file has one such address, so nobody fills the cache with other names for it.
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
    immutable: bool
    """Whether the server inside has said that no other file will ever have this address."""

    async def send(self, send: Send) -> None:
        # A list of its own: middleware further out may add to it.
        await send({**self.start, "headers": [*self.start["headers"]]})
        # In pieces, so that on a slow network no copy of the whole file waits to be sent.
        for begin in range(0, len(self.body) or 1, _PIECE):
            end = begin + _PIECE
            more = end < len(self.body)
            piece = {"body": self.body[begin:end], "more_body": more}
            await send({"type": "http.response.body", **piece})


class CachedStaticFiles:
    """ASGI middleware: static files from memory; the first request for each waits for it."""

    def __init__(self, app: ASGIApp, cache_bytes: int = CACHE_BYTES) -> None:
        self.app = app
        self.cache_bytes = cache_bytes
        self.cache: OrderedDict[str, File] = OrderedDict()
        """By path; the one that nobody has asked for longest comes first."""
        self._pending: dict[tuple[str, str], asyncio.Task[File]] = {}
        self._slots = asyncio.Semaphore(_MOST_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if not _asks_for_static_file(scope, request):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        cached = self.cache.get(path)
        if (
            cached
            and cached.immutable
            and not _revalidates(request)
            and (_accepts_gzip(request) or not cached.compressed)
        ):
            self.cache.move_to_end(path)
            await cached.send(send)
            return
        # Its headers say whether the file is there, which version, and whether it is asked for.
        start, _ = await self._answer({**scope, "method": "HEAD"})
        found = Headers(raw=start["headers"])
        compressible = _is_compressible(found)
        if start["status"] != 200 or not (
            _can_be_cached(found) and (compressible or _is_immutable(found))
        ):
            await self.app(scope, receive, send)
        elif compressible and not _accepts_gzip(request):
            await self.app(scope, receive, _with_vary(send))
        else:
            file = await self._file(path, found["etag"], compressible, scope)
            await file.send(send)

    async def _file(self, path: str, tag: str, compressed: bool, scope: Scope) -> File:
        if path in self.cache and self.cache[path].tag == tag:
            self.cache.move_to_end(path)
            return self.cache[path]
        key = (path, tag)
        if key not in self._pending:
            self._pending[key] = asyncio.create_task(self._make(path, tag, compressed, scope))
            self._pending[key].add_done_callback(lambda _: self._pending.pop(key))
        # Whoever asked first may leave; others wait for the same.
        return await asyncio.shield(self._pending[key])

    async def _make(self, path: str, tag: str, compressed: bool, scope: Scope) -> File:
        async with self._slots:
            plain = [pair for pair in scope["headers"] if not pair[0].startswith(b"if-")]
            start, body = await self._answer({**scope, "headers": plain})
            headers = MutableHeaders(raw=start["headers"])
            same = start["status"] == 200 and headers.get("etag") == tag and _can_be_cached(headers)
            if not same:  # it has just been taken away, and this is what is said of that
                return File(tag, start, body, compressed=False, immutable=False)
            if compressed:
                body = await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
        if compressed:
            headers.add_vary_header("Accept-Encoding")
            headers["content-encoding"] = "gzip"
            headers["content-length"] = str(len(body))
            headers["etag"] = "W/" + tag.removeprefix("W/")  # another encoding of it
            del headers["accept-ranges"]
        file = File(
            tag, {**start, "headers": headers.raw}, body, compressed, _is_immutable(headers)
        )
        self.cache[path] = file
        self.cache.move_to_end(path)
        while sum(len(file.body) for file in self.cache.values()) > self.cache_bytes:
            self.cache.popitem(last=False)
        return file

    async def _answer(self, scope: Scope) -> tuple[Message, bytes]:
        """The start and the body of what the server inside answers."""
        start: Message = {}
        body = bytearray()
        requests = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> Message:
            return next(requests, None) or await _forever()

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                body.extend(message.get("body", b""))

        # Without extensions the body comes as bytes, not as a file's name.
        await self.app({**scope, "extensions": {}}, receive, send)
        return start, bytes(body)


def _asks_for_static_file(scope: Scope, request: Headers) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and _PATH.fullmatch(scope["path"]) is not None
        and "range" not in request
    )


def _revalidates(request: Headers) -> bool:
    """Whether the browser has the file already, and asks if it is still the same."""
    return any(name.startswith("if-") for name in request)


def _can_be_cached(found: Headers) -> bool:
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


def _is_immutable(found: Headers) -> bool:
    return "immutable" in found.get("cache-control", "")


def _accepts_gzip(headers: Headers) -> bool:
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
