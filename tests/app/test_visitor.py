"""A visitor who speaks the websocket protocol is served like one with a browser; so is a crowd."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pytest

from pages.parts.compare.chosen import PAGES
from tests.bench import load
from tests.support.digits import DIGITS
from tests.support.fabric import pencil
from tests.support.visitor import CANVAS, VisitError, Visitor, warm_up


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, int]]:
    with load.own_server(None) as served:
        asyncio.run(warm_up(served[0]))
        yield served


@pytest.fixture
def address(served: tuple[str, int]) -> str:
    return served[0]


def headline(visitor: Visitor) -> str:
    (text,) = re.findall(r'class="headline">(.*?)<', visitor.texts("answer")[0])
    return text


def drawn(digit: str) -> list[dict[str, object]]:
    return [pencil(closer(stroke)) for stroke in DIGITS[digit]]


def closer(stroke: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The stroke's positions and three between any two, as a mouse would report them."""
    between = [
        (x + (to_x - x) * part / 4, y + (to_y - y) * part / 4)
        for (x, y), (to_x, to_y) in pairwise(stroke)
        for part in range(4)
    ]
    return [*between, stroke[-1]]


def test_strokes_sent_through_the_canvas_are_answered(address: str) -> None:
    async def visit() -> None:
        visitor = Visitor(address)
        await visitor.connect()
        first = await visitor.run()
        assert headline(visitor) == ""
        shown = gzip.decompress(visitor.element("network_view").bidi_component.bytes)
        assert len(shown) > 9_118 * 4
        for digit in "47":
            run = await visitor.draw(drawn(digit))
            assert not run.exceptions
            assert run.bytes < first.bytes / 5
            assert headline(visitor) == digit
        await visitor.press("clear")
        assert headline(visitor) == ""
        await visitor.leave()

    asyncio.run(visit())


def test_who_comes_back_finds_the_drawing_again(address: str) -> None:
    async def visit() -> None:
        visitor = Visitor(address)
        await visitor.connect()
        await visitor.run()
        await visitor.draw(drawn("3"))
        session = visitor.session_id
        for gone in (visitor.leave, visitor.lose):
            await gone()
            await visitor.connect()
            await visitor.run()
            assert visitor.session_id == session
            assert headline(visitor) == "3"
        await visitor.leave()

    asyncio.run(visit())


def test_large_messages_cross_once_and_are_referred_to_afterwards(address: str) -> None:
    async def visit() -> None:
        visitor = Visitor(address)
        await visitor.connect()
        first = await visitor.run()
        bundle = visitor.element("bundle_modules").bidi_component.bytes
        again = await visitor.run()
        assert again.bytes < first.bytes / 10
        assert visitor.element("bundle_modules").bidi_component.bytes == bundle
        await visitor.leave()

    asyncio.run(visit())


def test_nothing_that_the_browser_has_is_sent_again_on_the_way_through_the_pages(
    address: str,
) -> None:
    async def visit() -> None:
        visitor = Visitor(address)
        await visitor.connect()
        first = await visitor.run()
        bundles = {key: data for key, data in bundles_of(visitor).items() if len(data) > 10_000}
        assert len(bundles) == 2, "the modules, and the network with its weights"
        for page in [*visitor.pages, *visitor.pages]:
            await visitor.go(page)
            told = await visitor.run()
            assert bundles_of(visitor).items() >= bundles.items()
            assert told.bytes < first.bytes - sum(map(len, bundles.values())) / 2
        again = await visitor.go("")
        assert again.bytes < min(map(len, bundles.values()))
        await visitor.leave()

    asyncio.run(visit())


def bundles_of(visitor: Visitor) -> dict[str, bytes]:
    """By their ids, what the browser was given once."""
    return {
        element.bidi_component.id: element.bidi_component.bytes
        for element in visitor.elements()
        if element.bidi_component.component_name == "lenet_bundle"
    }


def shown(visitor: Visitor) -> list[Any]:
    """What stands on the page, without what the browser was given on earlier pages."""
    return [
        element
        for element in visitor.elements()
        if element.bidi_component.component_name != "lenet_bundle"
    ]


def test_every_page_of_the_navigation_opens_and_by_its_own_address_too(address: str) -> None:
    async def visit() -> None:
        visitor = Visitor(address)
        await visitor.connect()
        await visitor.run()
        assert len(visitor.pages) >= 6
        for page in visitor.pages:
            assert not (await visitor.go(page)).exceptions
            newcomer = Visitor(address, page)
            await newcomer.connect()
            assert not (await newcomer.run()).exceptions
            assert len(shown(newcomer)) == len(shown(visitor))
            assert (
                newcomer.has(CANVAS)
                == visitor.has(CANVAS)
                == (page in ("", "training", "mistakes", *PAGES))
            )
            await newcomer.leave()
        await visitor.leave()

    asyncio.run(visit())


def test_bytes_that_are_no_message_end_the_connection_and_the_visitor_says_so(
    address: str,
) -> None:
    async def visit() -> None:
        visitor = Visitor(address, timeout=10)
        await visitor.connect()
        await visitor.run()
        await visitor.send(b"\xff" * 40)
        with pytest.raises(VisitError, match="connection lost"):
            await visitor.finished()
        await visitor.leave()

    asyncio.run(visit())


def test_without_a_server_a_visitor_says_that_there_is_none() -> None:
    with pytest.raises(VisitError, match="no answer"):
        asyncio.run(Visitor("http://127.0.0.1:9").connect())


def test_a_crowd_draws_wanders_leaves_and_returns_without_error(served: tuple[str, int]) -> None:
    asked = load.arguments(
        "--visitors 3 --seconds 5 --pace 0.4 --arrive 0.5 --wander 1 --leave 1 --no-assets".split()
    )
    figures = asyncio.run(load.measure(served[0], asked, served[1], None))
    assert figures["errors"] == {}
    assert figures["served"] == figures["first_load_ms"]["count"] == 3
    for kind in ("stroke_ms", "page_ms", "rerun_ms"):
        assert 0 < figures[kind]["p50"] <= figures[kind]["p95"] <= figures[kind]["max"]
    assert figures["read_right_percent"] > 50
    assert figures["bytes_per_visitor"]["down"] > figures["bytes_per_visitor"]["first_load"]
    server = figures["server"]
    assert server["memory_mb"]["peak"] >= server["memory_mb"]["start"] > 100
    assert server["cpu_seconds"] > 0
    assert server["threads"]["peak"] >= server["threads"]["start"]
