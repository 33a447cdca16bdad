"""What browsers send is checked before Streamlit and the pages act on it.

``LongAddresses`` cuts a page's address that is longer than any of ours, so that the page opens
and says what is wrong with its drawing, where the web server would only refuse it.
``WebsocketMessages`` stands in front of Streamlit's own endpoint and lets only messages through
that a page of this app sends. ``check_widget_values`` makes Streamlit take a widget's value only
if it is of the widget's own kind and can be decoded; any other counts as never sent.
``show_unexpected_error`` says a sentence where Streamlit would show the type of an error.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
import re
import time

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lenet.catalogue import gettext as _
from pages.serving import streamlit_internals
from pages.serving.streamlit_internals import BackMsg, WidgetState

MESSAGE_KINDS = ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request")
"""What a visitor's page sends. Other kinds are for developers: clearing everybody's cache,
asking what has not been committed."""

OPERATIONS = ("deferred_file", "dataframe_chunk")
"""What it asks for in a message of the kind "backend_operation_request"."""

MOST_FILES = 10
"""Files that one message can want to upload."""

MOST_WIDGETS = 200
"""Widgets in one message; the largest page has some thirty."""

LONGEST_NAME = 1_000
"""Characters of an id, a page's name or a text; the longest of ours has some two hundred."""

LONGEST_QUERY = 20_000
"""Characters of an address after its question mark: twice the longest that our pages write, so
that a drawing that is too long is still seen to be."""

LONGEST_HEAD = 2**18
"""Bytes of a request before its body: as many as the server reads at once. Spent on
headers, they cost it up to eighty times as much memory."""

_ENCODED = 3
"""How much longer a query gets when the page encodes it, with %28 for a bracket."""

DEEPEST = 20
"""Brackets within brackets in a component's message; a drawing has seven."""

PER_SECOND, BURST = 10, 20
"""Messages of one visit that pass: every second, and at once. Nobody draws ten strokes a second."""

_UNSUPPORTED, _NO_MESSAGE, _TOO_BIG = 1003, 1002, 1009  # reasons to close, RFC 6455

_JSON = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{]|[\]}]', re.DOTALL)

_log = logging.getLogger("lenet")


# Addresses -------------------------------------------------------------------------------


class LongAddresses:
    """Middleware in front of Streamlit: an address that is far too long is cut short and opened."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        streamlit_internals.accept_long_requests(LONGEST_HEAD)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        query, known = scope["query_string"], len(scope["path"]) <= LONGEST_NAME
        if known and len(query) <= LONGEST_QUERY:
            await self.app(scope, receive, send)
            return
        page = "" if known else "/" + st.get_option("server.baseUrlPath").strip("/")
        location = page.encode() + b"?" + query[:LONGEST_QUERY]
        headers = [(b"location", location), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


# Messages --------------------------------------------------------------------------------


class WebsocketMessages:
    """Middleware in front of Streamlit: only messages of this app pass, and not too many."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        closed = gone = False
        limit = RateLimit()

        async def received() -> Message:
            nonlocal closed, gone
            while not closed:
                message = await receive()
                if message["type"] != "websocket.receive":
                    gone = message["type"] == "websocket.disconnect"
                    return message
                await asyncio.sleep(limit.wait(time.monotonic()))
                why = refusal(message.get("bytes"))
                if why is None:
                    return message
                if why:
                    closed = True
                    _log.warning("A connection was closed: not a message of this app.")
                    await send({"type": "websocket.close", "code": why})
            return {"type": "websocket.disconnect", "code": _NO_MESSAGE}

        async def sent(message: Message) -> None:
            nonlocal gone
            try:
                if not closed:
                    await send(message)
            except Exception:
                gone = True
                raise

        try:
            await self.app(scope, received, sent)
        except Exception:
            if not closed and not gone:
                raise
            _log.info("A connection was lost while something was on its way.")


class RateLimit:
    """How long each of one visit's messages has to wait, so that no more than a few a second pass.

    While one waits the next ones are not read, so they pile up at the sender.
    """

    def __init__(self) -> None:
        self.due = 0.0

    def wait(self, now: float) -> float:
        """Seconds that a message that came ``now`` (a clock's seconds) has to wait."""
        self.due = max(self.due, now - BURST / PER_SECOND) + 1 / PER_SECOND
        return max(0.0, self.due - now)


def refusal(content: bytes | None) -> int | None:
    """None for a message that passes; else the code to close with, or 0 to ignore the message."""
    if content is None:
        return _UNSUPPORTED  # a text, which no page sends
    if len(content) > st.get_option("server.maxWidgetStateSize") * 1_000_000:
        return _TOO_BIG
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except Exception:  # whatever the decoder raises
        return _NO_MESSAGE
    return None if _is_ours(message) else 0


def _is_ours(message: BackMsg) -> bool:
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        request = message.backend_operation_request
        return any(
            name in OPERATIONS for name in (field.name for field, value in request.ListFields())
        )
    if kind == "file_urls_request":
        return len(message.file_urls_request.file_names) <= MOST_FILES
    if kind == "rerun_script":
        run = message.rerun_script
        widgets = run.widget_states.widgets
        return (
            len(widgets) <= MOST_WIDGETS
            and all(len(widget.id) <= LONGEST_NAME for widget in widgets)
            and len(run.cached_message_hashes) <= LONGEST_NAME
            and len(run.query_string) <= _ENCODED * LONGEST_QUERY
            and max(map(len, (run.page_name, run.page_script_hash, run.fragment_id)))
            <= LONGEST_NAME
        )
    return kind in MESSAGE_KINDS


# Widgets ---------------------------------------------------------------------------------


def check_widget_values() -> None:
    """Have Streamlit ask ``is_plausible`` before it decodes a widget's value."""
    streamlit_internals.check_widget_values(
        is_plausible,
        lambda: _log.warning("A widget's value was refused: not what its page sends."),
    )


def is_plausible(state: WidgetState, expected: str | None) -> bool:
    """Whether a value is of the expected kind, finite, and neither too long nor too deep."""
    kind = state.WhichOneof("value")
    if kind is None:
        return True
    if expected is not None and kind != expected:
        return False
    value = getattr(state, kind)
    if kind in ("json_value", "json_trigger_value"):
        return nesting(value) <= DEEPEST and _is_json(value, kind == "json_value")
    if isinstance(value, str):
        return len(value) <= LONGEST_NAME
    if isinstance(value, float):
        return math.isfinite(value)
    if kind in ("double_array_value", "int_array_value", "string_array_value"):
        few = 0 < len(value.data) <= MOST_WIDGETS  # nothing on our pages can be deselected
        return few and all(_is_short(one) for one in value.data)
    return True


def _is_json(text: str, named: bool) -> bool:
    """Whether a text is JSON, and, if ``named`` is asked for, an object with named values."""
    try:
        value = json.loads(text)
    except ValueError:  # also for numbers of too many digits
        return False
    return isinstance(value, dict) or not named


def _is_short(value: str | float) -> bool:
    return len(value) <= LONGEST_NAME if isinstance(value, str) else math.isfinite(value)


def nesting(text: str) -> int:
    """How deep brackets go in a JSON text; not counted further than is too deep."""
    depth = deepest = 0
    for found in _JSON.finditer(text):
        if found[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if depth > DEEPEST:
                break
        elif found[0] in "]}":
            depth -= 1
    return deepest


# Errors ----------------------------------------------------------------------------------


def show_unexpected_error(error: Exception) -> bool:
    """Say a sentence for an error that no page handles; Streamlit has put it into the log."""
    st.error(
        _(
            "Something went wrong on this page, and it is in the server's log; "
            "please reload the page."
        ),
        icon=":material/error:",
    )
    return True
