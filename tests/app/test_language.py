"""A visitor's language holds everywhere, in parts of a page that run by themselves too."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from google.protobuf.message import Message

from tests.support import running_app
from tests.support.digits import DIGITS
from tests.support.fabric import pencil
from tests.support.made_up_language import NAMES
from tests.support.visitor import Visitor, warm_up


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_app.server(module=("tests.support.made_up_language",)) as address:
        asyncio.run(warm_up(address))
        yield address


def answer(visitor: Visitor) -> str:
    return visitor.texts("answer")[0]


async def choose(visitor: Visitor, name: str) -> None:
    await visitor.put("language_switch", json_value=json.dumps({"chosen": name}))


def test_a_stroke_is_answered_in_the_language_that_the_address_named(address: str) -> None:
    async def visit() -> None:
        french, english = Visitor(address, query="lang=fr"), Visitor(address)
        for visitor in (french, english):
            await visitor.connect()
            await visitor.run()
        assert "\u27e6No ink yet" in answer(french)
        assert ">No ink yet" in answer(english)
        for visitor in (french, english, french):  # each in threads that may serve the other next
            await visitor.draw([pencil(stroke) for stroke in DIGITS["7"]])
        assert "\u27e6The network reads 7" in answer(french), "the fragment alone has run"
        assert "\u27e6" not in answer(english)
        assert "," in answer(french).split("code is ")[1].split(" away")[0], "a decimal comma"
        await french.press("clear")
        assert "\u27e6No ink yet" in answer(french), "a callback, then the fragment"
        french.query = ""
        await french.go("output-codes")
        assert "\u27e6Output codes\u27e7" in french.texts("heading")[0], "the next page, too"
        for visitor in (french, english):
            await visitor.leave()

    asyncio.run(visit())


def test_an_address_with_a_language_that_there_is_none_of_is_in_english(address: str) -> None:
    async def visit() -> None:
        visitor = Visitor(address, query="lang=xx&lang=%00")
        await visitor.connect()
        await visitor.run()
        assert ">No ink yet" in answer(visitor)
        await visitor.leave()

    asyncio.run(visit())


@pytest.mark.parametrize(
    ("query", "languages", "bracketed", "in_address"),
    [
        ("", "fr-CA, en;q=0.9", True, ""),
        ("", "de, en;q=0.5, zh-TW;q=0.7", True, ""),
        ("", "de, en;q=0.8, fr;q=0.7", False, ""),
        ("", "de", False, ""),
        ("", "\u00ff, ;;q=, ko;q=x", False, ""),
        ("lang=ko", "fr", True, "lang=ko"),
        ("lang=en", "fr", False, "lang=en"),
        ("lang=xx", "ko", True, ""),
        ("lang=", "ko-KR", True, ""),
    ],
)
def test_the_address_comes_before_the_browser_and_stays_in_links_only_if_it_named_a_language(
    address: str, query: str, languages: str, bracketed: bool, in_address: str
) -> None:
    async def visit() -> None:
        visitor = Visitor(address, query=query, languages=languages)
        await visitor.connect()
        await visitor.run()
        assert ("\u27e6No ink yet" in answer(visitor)) is bracketed
        visitor.query = ""  # a link between pages
        await visitor.go("output-codes")
        assert ("\u27e6Output codes\u27e7" in visitor.texts("heading")[0]) is bracketed
        assert visitor.query == in_address
        await visitor.leave()

    asyncio.run(visit())


def test_the_switch_changes_the_language_and_keeps_the_page_and_the_drawing(address: str) -> None:
    async def visit() -> None:
        visitor = Visitor(address, "output-codes", languages="fr")
        await visitor.connect()
        await visitor.run()
        await visitor.go("")
        await visitor.draw([pencil(stroke) for stroke in DIGITS["7"]])
        for name in (*NAMES, "en"):
            await choose(visitor, name)
            assert ("\u27e6The network reads 7" in answer(visitor)) is (name != "en")
        await choose(visitor, "xx")
        assert ">The network reads 7" in answer(visitor), "no language of ours"
        await visitor.leave()

    asyncio.run(visit())


def test_what_is_chosen_stays_and_is_shown_in_the_next_language(address: str) -> None:
    async def visit() -> None:
        visitor = Visitor(address, "output-codes")
        await visitor.connect()
        await visitor.run()
        await visitor.put("on", string_value="sample 5")
        for name, shown in (("fr", "\u27e6sample 5\u27e7"), ("en", "sample 5")):
            await choose(visitor, name)
            chosen = visitor.element("on").selectbox
            assert (chosen.set_value, chosen.raw_value) == (True, shown)
            await visitor.put("on", string_value=shown)
            assert "on=5" in visitor.query
        await visitor.leave()

    asyncio.run(visit())


PLACES = [
    ("", ""),
    ("architecture", "part=layers"),
    ("architecture", "part=ideas-and-arithmetic"),
    ("architecture", "part=learned-parameters&weights=c3"),
    ("architecture", "part=disagreements"),
    ("connections", "cell=contribution&c3=15"),
    ("connections", "s2=2&c3=all&consequence=c3-maps"),
    *(
        ("receptive-fields", f"about={about}")
        for about in ("effective", "top-activations", "who-sees-it", "growth", "centres")
    ),
    *(
        ("output-codes", f"part={part}")
        for part in ("distances", "by-hand", "codes", "probabilities", "rejection", "all-samples")
    ),
    *(
        ("variants", f"measured={tab}")
        for tab in ("networks", "training", "alexnet", "disagreeing", "disagreeing&digits=test")
    ),
]
NOT_READ = {"id", "key", "icon", "url", "css_content", "js_content", "component_name"}
NO_WORDS = re.compile(r"<style>.*?</style>|<[^<>]*>|:material/\w+:|%\{[^}]*\}|&\w+;", re.DOTALL)
WORDS = re.compile(r"[^\W\d_]{3,}[ ,;:]+\(?[^\W\d_]{3,}")


def said(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """(field, text) of all that a message, or a figure in it, has to be read."""
    if isinstance(value, Message):
        for field, part in value.ListFields():
            if field.name not in NOT_READ:
                yield from said(part, field.name)
    elif isinstance(value, str):
        if name == "spec":
            yield from said(json.loads(value))
        else:
            yield name, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from said(part, str(key))
    elif not isinstance(value, bytes) and isinstance(value, Iterable):
        for part in value:
            yield from said(part, name)


def outside_brackets(text: str) -> str:
    kept, depth = "", 0
    for letter in text:
        depth += (letter == "\u27e6") - (letter == "\u27e7")
        kept += letter if depth == 0 else ""
    return kept


@pytest.mark.parametrize(("page", "query"), PLACES)
def test_no_page_says_anything_that_is_not_looked_up(address: str, page: str, query: str) -> None:
    async def visit() -> set[tuple[str, str]]:
        visitor = Visitor(address, page, query=f"{query}&lang=fr")
        await visitor.connect()
        await visitor.run()
        texts = [pair for element in visitor.elements() for pair in said(element)]
        await visitor.leave()
        assert sum("\u27e6" in text for _, text in texts) > 5
        return {
            (name, found[0])
            for name, text in texts
            if name not in ("family", "html_content", "textposition")
            and (found := WORDS.search(NO_WORDS.sub(" ", outside_brackets(text))))
        }

    assert asyncio.run(visit()) == set()
