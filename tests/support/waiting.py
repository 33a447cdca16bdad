"""The two ways to wait in a test: until something is so, or to see that nothing happens.

Whatever is expected is waited for by its state, so that a fast machine does not wait and a slow
one does not fail. Only an absence cannot be waited for: it takes a while that says why it is long
enough.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from playwright.sync_api import Page

T = TypeVar("T")

_INTERVAL = 0.05  # seconds from one look to the next


def until(
    look: Callable[[], T], expected: str, *, seconds: float = 60, every: float = _INTERVAL
) -> T:
    """Look until what is seen is true, and return it; AssertionError names what was expected."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline, f"not within {seconds:g} seconds: {expected}"
        time.sleep(every)
    return seen


async def until_async(
    look: Callable[[], Awaitable[T]],
    expected: str,
    *,
    seconds: float = 60,
    every: float = _INTERVAL,
) -> T:
    """The same in a coroutine, while others go on."""
    deadline = time.monotonic() + seconds
    while not (seen := await look()):
        assert time.monotonic() < deadline, f"not within {seconds:g} seconds: {expected}"
        await asyncio.sleep(every)
    return seen


def nothing_happens_for(page: Page, seconds: float, *, because: str) -> None:
    """Let a page go on for a while in which nothing should happen; the test then checks that.

    ``because`` says why it would have happened by then.
    """
    assert because
    page.wait_for_timeout(1000 * seconds)
