"""A server that is killed while people draw, and what they find when there is one again."""

from __future__ import annotations

import asyncio
import os
import signal

from tests.support import fabric, running_app
from tests.support.digits import DIGITS
from tests.support.visitor import VisitError, Visitor

LINE = fabric.pencil([(140, 40), (140, 90), (140, 140), (140, 190), (140, 240)])


def answer_of(visitor: Visitor) -> str:
    (answer,) = visitor.texts(inside="answer")
    return answer


def test_a_server_killed_under_load_has_everybody_back() -> None:
    """Every visitor's address has the drawing, and a new server reads it there."""
    pids: list[int] = []

    async def arrive(address: str, query: str = "") -> Visitor:
        visitor = Visitor(address, query=query, timeout=30)
        await visitor.connect()
        await visitor.until_verified()
        return visitor

    async def draw(address: str, digit: str) -> tuple[Visitor, str]:
        visitor = await arrive(address)
        await visitor.draw([fabric.pencil(stroke) for stroke in DIGITS[digit]])
        return visitor, answer_of(visitor)

    async def storm(address: str) -> list[tuple[str, str]]:
        """Everybody draws on while the server is killed; address and answer of each."""
        crowd = await asyncio.gather(*(draw(address, str(digit)) for digit in range(8)))
        runs = [asyncio.create_task(visitor.draw([LINE])) for visitor, _ in crowd]
        await asyncio.sleep(0)
        os.kill(pids[0], signal.SIGKILL)
        ended = await asyncio.gather(*runs, return_exceptions=True)
        assert all(not isinstance(e, BaseException) or isinstance(e, VisitError) for e in ended)
        return [(visitor.query, answer) for visitor, answer in crowd]

    async def come_back(address: str, queries: list[str]) -> list[str]:
        back = await asyncio.gather(*(arrive(address, query) for query in queries))
        return [answer_of(visitor) for visitor in back]

    with running_app.server(started=pids.append) as address:
        left = asyncio.run(storm(address))
    assert all("drawing=" in query for query, _ in left), "the server said so before it died"
    with running_app.server(port=int(address.rsplit(":", 1)[1])):
        found = asyncio.run(come_back(address, [query for query, _ in left]))
    for (_, before), answer in zip(left, found, strict=True):
        assert answer == before or "The network reads 1" in answer
