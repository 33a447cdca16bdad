"""An address that is longer than any link of ours is opened cut short, and no other is touched."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from hypothesis import example, given
from hypothesis import strategies as some
from starlette.types import Message, Scope
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.serving.gate import LONGEST_NAME, LONGEST_QUERY, LongAddresses, refusal

TEXTS = some.builds(
    lambda text, times: text * times,
    some.text(some.characters(min_codepoint=33, max_codepoint=126), max_size=30),
    some.sampled_from([1, 40, 700, 100_000]),
)


def opened(path: str, query: str, kind: str = "http") -> tuple[bool, list[Message]]:
    """Whether the app was asked for the address, and what was answered in its place."""
    asked, said = [], list[Message]()

    async def app(scope: Scope, *_: Any) -> None:
        asked.append((scope["path"], scope["query_string"]))

    async def send(message: Message) -> None:
        said.append(message)

    async def receive() -> Message:
        raise AssertionError("nobody should ask for a body")

    scope = {"type": kind, "path": path, "query_string": query.encode(), "root_path": ""}
    asyncio.run(LongAddresses(app)(scope, receive, send))
    assert asked in ([], [(path, query.encode())])
    return bool(asked), said


@given(TEXTS, TEXTS)
@example("", "drawing=1" + "A" * LONGEST_QUERY)
@example("architecture", "drawing=1" + "A" * (LONGEST_QUERY - 9))
@example("A" * LONGEST_NAME, "")
def test_what_is_too_long_leads_to_an_address_that_is_not(name: str, query: str) -> None:
    path = f"/{name}"
    passed, said = opened(path, query)
    assert passed == (len(path) <= LONGEST_NAME and len(query) <= LONGEST_QUERY)
    if passed:
        assert not said
        return
    assert said[0]["status"] == 303
    place, _, rest = dict(said[0]["headers"])[b"location"].decode().partition("?")
    assert query.startswith(rest)
    assert len(rest) == min(len(query), LONGEST_QUERY)
    assert opened(place or path, rest) == (True, []), "it would go round in circles"


def test_a_page_that_writes_its_address_anew_is_still_listened_to() -> None:
    message = BackMsg()
    message.rerun_script.query_string = quote("(" * LONGEST_QUERY)
    assert refusal(message.SerializeToString()) is None
    message.rerun_script.query_string += "A"
    assert refusal(message.SerializeToString()) == 0


def test_websockets_have_their_own_bounds() -> None:
    assert opened("/_stcore/stream", "A" * 100_000, "websocket") == (True, [])
