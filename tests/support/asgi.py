"""A request to an ASGI middleware, without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message


def ask(
    middleware: Callable[[ASGIApp], ASGIApp], path: str, method: str = "GET"
) -> tuple[Headers, bytes]:
    """Headers and body of what is answered; "a page" by the app inside."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": method, "path": path, "headers": []}

    async def request() -> None:
        await middleware(PlainTextResponse("a page"))(scope, receive, send)

    asyncio.run(request())
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Headers(raw=sent[0]["headers"]), body
