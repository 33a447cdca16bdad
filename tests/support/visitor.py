"""A visitor without a browser: speaks Streamlit's websocket protocol as a browser tab does.

For what a browser is too heavy or too well-behaved for: a hundred visitors at once, messages
that no browser would send, servers behind a proxy. It asks for the cookies, connects with
origin and XSRF token, comes back with the session id it was given, sends reruns with widget
states and fragment, and keeps what the server answers, so that a component is found by its key:

    visitor = Visitor("http://127.0.0.1:8501")
    await visitor.connect()
    await visitor.run()
    await visitor.draw([fabric.pencil(stroke)])
    visitor.element("network_view").bidi_component.bytes
    await visitor.leave()
"""

from __future__ import annotations

import asyncio
import gzip
import json
import ssl
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Origin, Subprotocol

from tests.support import waiting
from tests.support.shown_page import Path, ShownPage, VisitError

__all__ = ["CANVAS", "Run", "VisitError", "Visitor"]

CANVAS = "drawing"
"""The drawing canvas's key."""

_XSRF_COOKIE = "_streamlit_xsrf"
_NO_TOKEN = "PLACEHOLDER_AUTH_TOKEN"
_FINISHED = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


@dataclass
class Run:
    """One run of the script, from the message sent to "script finished" received."""

    seconds: float = 0.0
    messages: int = 0
    bytes: int = 0
    exceptions: list[str] = field(default_factory=list)
    """Exceptions that the page showed instead of an element."""


class Visitor(ShownPage):
    """One tab. ``address`` may have a path, when the server is behind one.

    ``page`` is the page's own address, empty for the first one; ``languages`` is what the browser
    asks for, as in Accept-Language. Elements whose payload exceeds
    ``largest`` bytes are noted without it; so many visitors need little memory. ``timeout`` is
    how many seconds it waits for an answer. ``cookies`` (a proxy's, for instance) are sent with
    every request, and new ones are taken over.
    """

    def __init__(
        self,
        address: str,
        page: str = "",
        *,
        query: str = "",
        languages: str = "",
        largest: int = 1 << 30,
        timeout: float = 60,
    ) -> None:
        super().__init__(largest)
        self.address = address.rstrip("/")
        self.page = page
        self.query = query
        self.languages = languages
        self.timeout = timeout
        self.cookies: dict[str, str] = {}
        self.received = self.sent = 0
        """Bytes of websocket messages and of answers to requests; the same for requests."""
        self._socket: ClientConnection | None = None

    async def connect(self) -> None:
        """Open the websocket, coming back to the session it had. Raises VisitError."""
        if _XSRF_COOKIE not in self.cookies:
            await self.get("_stcore/health")
        token = self.cookies.get(_XSRF_COOKIE, _NO_TOKEN)
        protocols = ["streamlit", token, *([self.session_id] if self.session_id else [])]
        scheme, rest = self.address.split("://", 1)
        secure = scheme == "https"
        try:
            self._socket = await connect(
                f"{'wss' if secure else 'ws'}://{rest}/_stcore/stream",
                subprotocols=[Subprotocol(name) for name in protocols],
                origin=Origin(self._origin),
                additional_headers={**self._cookie_header(), **self._language_header()},
                compression="deflate",
                max_size=None,
                open_timeout=self.timeout,
                proxy=None,
            )
        except (OSError, WebSocketException, TimeoutError) as error:
            raise VisitError(f"no connection: {_words(error)}") from error
        if self._socket.response is not None:
            self._take_cookies(self._socket.response.headers.get_all("Set-Cookie"))

    def _language_header(self) -> dict[str, str]:
        return {"Accept-Language": self.languages} if self.languages else {}

    async def leave(self) -> None:
        """Close the tab properly."""
        if self._socket is not None:
            socket, self._socket = self._socket, None
            with suppress(Exception):
                await socket.close()

    async def lose(self) -> None:
        """Lose the connection in the middle of whatever happens, without a word."""
        if self._socket is not None:
            socket, self._socket = self._socket, None
            socket.transport.abort()

    async def get(self, *paths: str) -> list[tuple[int, bytes]]:
        """Fetch paths below the address over one connection; status and body of each.

        As a browser with an empty cache would, but without waiting for one answer before the
        next request. Raises VisitError.
        """
        parts = urlsplit(self.address)
        secure = parts.scheme == "https"
        common = f"Host: {parts.netloc}\r\nAccept-Encoding: gzip\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in self._cookie_header().items()
        )
        raw = "".join(
            f"GET {parts.path}/{path.lstrip('/')} HTTP/1.1\r\n{common}\r\n" for path in paths
        ).encode()
        answers = []
        try:
            async with asyncio.timeout(self.timeout):
                reader, writer = await asyncio.open_connection(
                    parts.hostname,
                    parts.port or (443 if secure else 80),
                    ssl=ssl.create_default_context() if secure else None,
                )
                try:
                    writer.write(raw)
                    for _ in paths:
                        answers.append(await self._answer(reader))
                finally:
                    writer.close()
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            raise VisitError(f"no answer to GET /{paths[len(answers)]}: {_words(error)}") from error
        self.sent += len(raw)
        return answers

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = await reader.readuntil(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").strip().split("\r\n")
        halves = (line.partition(":") for line in lines)
        pairs = [(name.lower(), value.strip()) for name, _, value in halves]
        self._take_cookies(value for name, value in pairs if name == "set-cookie")
        fields = dict(pairs)
        body = b""
        if fields.get("transfer-encoding") == "chunked":
            while size := int((await reader.readline()).strip() or b"0", 16):
                body += await reader.readexactly(size)
                await reader.readline()
            await reader.readline()
        else:
            body = await reader.readexactly(int(fields.get("content-length", 0)))
        self.received += len(head) + len(body)
        zipped = fields.get("content-encoding") == "gzip"
        return int(status.split()[1]), gzip.decompress(body) if zipped else body

    async def send(self, message: BackMsg | bytes) -> None:
        """Send one message, or any bytes at all. Raises VisitError when there is no connection."""
        raw = message if isinstance(message, bytes) else message.SerializeToString()
        try:
            await self._connected().send(raw)
        except ConnectionClosed as error:
            raise VisitError(f"connection lost: {_words(error)}") from error
        self.sent += len(raw)

    async def receive(self) -> ForwardMsg:
        """The next message, taken in. Raises VisitError if none comes or the connection ends."""
        message, _ = await self._receive()
        return message

    async def run(self, *, fragment: str = "", states: Iterable[WidgetState] = ()) -> Run:
        """Have the page (or one fragment of it) run, and wait until it has.

        ``states`` are sent this once, beside those that were set: triggers, for instance.
        Raises VisitError when the script does not finish, or not well.
        """
        begin = time.perf_counter()
        await self.send(self.rerun_message(fragment=fragment, states=states))
        run = await self.finished(fragment)
        run.seconds = time.perf_counter() - begin
        return run

    async def finished(self, fragment: str = "") -> Run:
        """Wait until a run that was asked for has finished."""
        run = Run()
        seen: set[Path] = set()
        try:
            async with asyncio.timeout(self.timeout):
                while True:
                    message, size = await self._receive()
                    run.messages += 1
                    run.bytes += size
                    kind = message.WhichOneof("type")
                    if kind == "delta":
                        seen.add(tuple(message.metadata.delta_path))
                        element = message.delta.new_element
                        if element.WhichOneof("type") == "exception":
                            exception = element.exception
                            run.exceptions.append(f"{exception.type}: {exception.message}")
                    elif kind == "script_finished":
                        if message.script_finished in _FINISHED:
                            break
                        if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                            raise VisitError("the script could not be run")
                        seen.clear()  # it was stopped to run again with newer states
        except TimeoutError as error:
            raise VisitError(f"no end of the run within {self.timeout:g} s") from error
        self.forget(seen, fragment)
        return run

    def rerun_message(self, *, fragment: str = "", states: Iterable[WidgetState] = ()) -> BackMsg:
        """What a browser would send now."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        state.page_script_hash = self._page_hash
        if not self._page_hash:
            state.page_name = self.page
        state.fragment_id = fragment
        state.widget_states.widgets.extend([*self._states.values(), *states])
        state.cached_message_hashes.extend(self._cache)
        context = state.context_info
        context.timezone, context.locale, context.color_scheme = "UTC", "en-US", "light"
        context.timezone_offset, context.is_embedded = 0, False
        context.url = f"{self.address}/{self.page}"
        return message

    async def until_verified(self) -> None:
        """Run the page until PyTorch answers it, which a server that just started loads first."""

        async def verified() -> bool:
            await self.run()
            data = gzip.decompress(self.element("network_view").bidi_component.bytes)
            header = data[4 : 4 + int.from_bytes(data[:4], "little")]
            return bool(json.loads(header)["traced"])

        async with asyncio.timeout(self.timeout):
            await waiting.until_async(verified, "PyTorch answers", seconds=self.timeout, every=0.1)

    async def draw(self, objects: Sequence[Mapping[str, Any]]) -> Run:
        """The canvas now holds these Fabric objects and says so, as after a stroke."""
        return await self.say(CANVAS, {"raw": {"version": "7.4.0", "objects": [*objects]}})

    async def say(self, key: str, drawing: Mapping[str, Any]) -> Run:
        """The canvas of that key sends its state, whatever it is."""
        state = {"drawing": {"data": None, **drawing}}
        return await self.put(key, json_value=json.dumps(state, separators=(",", ":")))

    async def put(self, key: str, **value: Any) -> Run:
        """Give a widget a value (``json_value=...``, ``bool_value=...``) and run its fragment."""
        shown = self._named(key)
        self._states[shown.id] = WidgetState(id=shown.id, **value)
        return await self.run(fragment=shown.fragment)

    async def press(self, key: str) -> Run:
        """Press a button."""
        shown = self._named(key)
        pressed = WidgetState(id=shown.id, trigger_value=True)
        return await self.run(fragment=shown.fragment, states=[pressed])

    async def go(self, page: str) -> Run:
        """Follow the navigation to another page, by its address (empty for the first page)."""
        if page not in self.pages:
            raise VisitError(f"the navigation has no page {page!r}")
        self.page, self._page_hash = page, self.pages[page]
        self._states.clear()
        return await self.run()

    @property
    def _origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    def _connected(self) -> ClientConnection:
        if self._socket is None:
            raise VisitError("not connected")
        return self._socket

    def _cookie_header(self) -> dict[str, str]:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": pairs} if pairs else {}

    def _take_cookies(self, lines: Iterable[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.coded_value

    async def _receive(self) -> tuple[ForwardMsg, int]:
        try:
            raw = await self._connected().recv(decode=False)
        except ConnectionClosed as error:
            raise VisitError(f"connection lost: {_words(error)}") from error
        self.received += len(raw)
        message = ForwardMsg()
        try:
            message.ParseFromString(raw)
        except DecodeError as error:
            raise VisitError("a message that is none of Streamlit's") from error
        return self.take(message, len(raw)), len(raw)


async def warm_up(address: str) -> None:
    """Visit a server that has just started until PyTorch answers, and leave."""
    visitor = Visitor(address)
    await visitor.connect()
    await visitor.until_verified()
    await visitor.leave()


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
