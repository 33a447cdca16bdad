"""Visits by program, beside the browser tests' own event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from tests.support.visitor import Visitor

T = TypeVar("T")


def run(visit: Coroutine[Any, Any, T]) -> T:
    """Its result. In a thread of its own: this one may belong to Playwright's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, visit).result()


async def opened(address: str, cookies: Mapping[str, str] | None = None) -> Visitor:
    """A visitor who has opened the first page as a browser does: page, health, websocket."""
    visitor = Visitor(address, timeout=30)
    visitor.cookies.update(cookies or {})
    for path in ("/", "/_stcore/health"):
        await visitor.get(path)
    await visitor.connect()
    assert not (await visitor.run()).exceptions
    return visitor
