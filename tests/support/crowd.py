"""Many visitors at once, behaving like people: they draw, look at other pages, go and come back.

Each has a random generator of its own, so the same seed makes the same crowd; what the clock
makes of it differs. ``Crowd.visit`` runs them in one event loop until their time is over.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from lenet import samples
from lenet.spec import CLASSES
from tests.support import handwriting
from tests.support.visitor import Run, VisitError, Visitor

DRAWINGS_KEPT = 20
"""Different sample digits that the crowd draws, two of each class."""

_HEADLINE = re.compile(r'class="headline">(.*?)<')
_ASSET = re.compile(rb'(?:src|href)="\./([^"]+\.(?:js|css|woff2))"')


@dataclass(frozen=True)
class Habits:
    """What visitors do, and how often."""

    pace: float = 3.0
    """Seconds between two strokes, give or take half of it."""
    arrive: float = 10.0
    """Seconds within which all have come."""
    wander: float = 0.15
    """Chance, after each digit, of looking at another page."""
    leave: float = 0.1
    """Chance, after each digit, of going away for a few strokes' time; half of them are cut off."""
    assets: bool = True
    """Whether they fetch Streamlit's scripts first, as a browser with an empty cache does."""


@dataclass
class Diary:
    """What the whole crowd has met with."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Kind of exchange -> how long each took."""
    errors: Counter[str] = field(default_factory=Counter)
    read: Counter[bool] = field(default_factory=Counter)
    """Whether the answer was the digit that was drawn."""
    served: int = 0
    """Visitors who have had the network view."""
    page_bytes: list[int] = field(default_factory=list)
    """Down, for each visitor's first load, without scripts."""
    asset_bytes: list[int] = field(default_factory=list)
    """Down, for each visitor's scripts, as sent."""
    down: list[int] = field(default_factory=list)
    up: list[int] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    """Seconds by which the crowd itself woke up too late."""


def drawings() -> list[tuple[int, list[dict[str, Any]]]]:
    """What the crowd draws, prepared; takes a second or two."""
    labels = samples.load().labels.tolist()
    each = DRAWINGS_KEPT // len(CLASSES)
    firsts = (labels.index(digit) for digit in range(len(CLASSES)))
    return [handwriting.drawing(first + i) for first in firsts for i in range(each)]


class Crowd:
    """``visitors`` people at ``address``; ``diary`` fills while they are there."""

    def __init__(self, address: str, visitors: int, habits: Habits, seed: int = 0) -> None:
        self.address = address
        self.habits = habits
        self.diary = Diary()
        self._drawings = drawings()
        self._dice = [random.Random(f"{seed}/{index}") for index in range(visitors)]
        self._end = 0.0

    async def visit(
        self, seconds: float, before_leaving: Callable[[], None] = lambda: None
    ) -> None:
        """Everybody comes, draws until the seconds are over, and leaves when all are ready to."""
        self._end = time.monotonic() + seconds
        visitors = [Visitor(self.address, largest=100_000) for _ in self._dice]
        try:
            await asyncio.gather(*map(self._one, visitors, self._dice))
            before_leaving()
        finally:
            await asyncio.gather(*(visitor.leave() for visitor in visitors))
        self.diary.down = [visitor.received for visitor in visitors]
        self.diary.up = [visitor.sent for visitor in visitors]

    async def _one(self, visitor: Visitor, dice: random.Random) -> None:
        await asyncio.sleep(dice.uniform(0, self.habits.arrive))
        await self._arrive(visitor)
        while self._time_left():
            await self._draw(visitor, dice)
            if self._time_left() and dice.random() < self.habits.wander:
                await self._wander(visitor, dice)
            if self._time_left() and dice.random() < self.habits.leave:
                await self._go_and_come_back(visitor, dice)

    async def _arrive(self, visitor: Visitor) -> None:
        if self.habits.assets:
            await self._timed("scripts", visitor, partial(self._fetch, visitor))
        had = visitor.received

        async def first() -> Run:
            await visitor.connect()
            run = await visitor.run()
            if not visitor.element("network_view").bidi_component.bytes:
                raise VisitError("the network view came empty")
            return run

        if await self._timed("first load", visitor, first):
            self.diary.served += 1
            self.diary.page_bytes.append(visitor.received - had)

    async def _draw(self, visitor: Visitor, dice: random.Random) -> None:
        digit, objects = dice.choice(self._drawings)
        for count in range(1, len(objects) + 1):
            drawn = objects[:count]
            if not await self._pause(dice) or not await self._timed(
                "stroke", visitor, partial(visitor.draw, drawn)
            ):
                return
        self.diary.read[_answer(visitor) == str(digit)] += 1
        if await self._pause(dice):
            await self._timed("clear", visitor, partial(visitor.press, "clear"))

    async def _wander(self, visitor: Visitor, dice: random.Random) -> None:
        others = [page for page in visitor.pages if page]
        for page in (dice.choice(others), "") if others else ():
            if await self._pause(dice):
                await self._timed("page", visitor, partial(visitor.go, page))

    async def _go_and_come_back(self, visitor: Visitor, dice: random.Random) -> None:
        await (visitor.leave() if dice.random() < 0.5 else visitor.lose())
        session = visitor.session_id
        for _ in range(3):
            if not await self._pause(dice):
                return
        there = await self._timed("return", visitor, partial(_reconnected, visitor))
        if there and visitor.session_id != session:
            self.diary.errors["the session was not there any more"] += 1

    async def _timed(
        self, kind: str, visitor: Visitor, exchange: Callable[[], Awaitable[Run | None]]
    ) -> bool:
        """Do and record it; after an error the visitor reloads the page. Whether all was well."""
        begin = time.perf_counter()
        try:
            run = await exchange()
        except VisitError as error:
            self.diary.errors[f"{kind}: {error}"] += 1
            await self._reload(visitor)
            return False
        self.diary.seconds[kind].append(time.perf_counter() - begin)
        for exception in run.exceptions if run else ():
            self.diary.errors[f"{kind}: {exception}"] += 1
        return True

    async def _reload(self, visitor: Visitor) -> None:
        """Try again, more and more patiently, until the page is there or the time is over."""
        patience = 1.0
        while self._time_left():
            await visitor.leave()
            await asyncio.sleep(patience)
            patience = min(2 * patience, 10)
            try:
                await _reconnected(visitor)
            except VisitError as error:
                self.diary.errors[f"reload: {error}"] += 1
            else:
                return

    async def _fetch(self, visitor: Visitor) -> None:
        had = visitor.received
        ((_, index),) = await visitor.get("")
        names = [name.decode() for name in _ASSET.findall(index)]
        for name, (status, _) in zip(names, await visitor.get(*names), strict=True):
            if status != 200:
                raise VisitError(f"status {status} for {name}")
        self.diary.asset_bytes.append(visitor.received - had)

    async def _pause(self, dice: random.Random) -> bool:
        """Wait a while; False when the time is over, and nothing more should be done.

        Nobody acts at the very end, or all would act at once.
        """
        wanted = dice.uniform(0.5, 1.5) * self.habits.pace
        left = min(wanted, max(self._end - time.monotonic(), 0))
        begin = time.perf_counter()
        await asyncio.sleep(left)
        self.diary.late.append(time.perf_counter() - begin - left)
        return left == wanted

    def _time_left(self) -> bool:
        return time.monotonic() < self._end


async def _reconnected(visitor: Visitor) -> Run:
    await visitor.connect()
    return await visitor.run()


def _answer(visitor: Visitor) -> str:
    found = _HEADLINE.search(" ".join(visitor.texts("answer")))
    return found.group(1) if found else ""
