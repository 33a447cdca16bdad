"""What a visitor keeps of what the server sent, as a browser would."""

from __future__ import annotations

import pytest
from google.protobuf.json_format import ParseDict
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.support.shown_page import CACHED_RUNS
from tests.support.visitor import VisitError, Visitor


def component(key: str, place: list[int], text: str, fragment: str = "") -> ForwardMsg:
    return ParseDict(
        {
            "hash": f"hash of {text}",
            "metadata": {"cacheable": True, "delta_path": place},
            "delta": {
                "fragment_id": fragment,
                "new_element": {"bidi_component": {"id": f"$$ID-1f-{key}", "json": text}},
            },
        },
        ForwardMsg(),
    )


def reference(text: str, place: list[int]) -> ForwardMsg:
    return ParseDict(
        {"ref_hash": f"hash of {text}", "metadata": {"delta_path": place}}, ForwardMsg()
    )


def shows(visitor: Visitor, *messages: ForwardMsg, fragment: str = "") -> None:
    """One run with these messages."""
    for message in messages:
        visitor.take(message, message.ByteSize())
    visitor.forget({tuple(m.metadata.delta_path) for m in messages}, fragment)


@pytest.fixture
def visitor() -> Visitor:
    return Visitor("http://127.0.0.1:9")


def test_a_component_is_found_by_its_key_even_one_with_hyphens(visitor: Visitor) -> None:
    shows(visitor, component("two-part", [0, 1], "a"))
    assert visitor.element("two-part").bidi_component.json == "a"
    with pytest.raises(VisitError, match="no 'part'"):
        visitor.element("part")


def test_a_fragment_s_run_takes_only_its_own_elements_away(visitor: Visitor) -> None:
    shows(visitor, component("page", [0], "a"), component("mine", [1], "b", "f"))
    shows(visitor, component("new", [2], "c", "f"), fragment="f")
    assert [visitor.has(key) for key in ("page", "mine", "new")] == [True, False, True]
    shows(visitor, component("page", [0], "a"))
    assert [visitor.has(key) for key in ("page", "mine", "new")] == [True, False, False]


def test_a_reference_stands_for_the_message_wherever_it_is_shown_next(visitor: Visitor) -> None:
    shows(visitor, component("big", [0], "a"))
    shows(visitor, reference("a", [7]))
    assert visitor.element("big").bidi_component.json == "a"


def test_what_is_not_shown_is_forgotten_after_a_few_runs_and_the_server_is_told(
    visitor: Visitor,
) -> None:
    shows(visitor, component("big", [0], "a"))
    for _ in range(CACHED_RUNS - 1):
        shows(visitor)
        assert visitor.rerun_message().rerun_script.cached_message_hashes == ["hash of a"]
    shows(visitor)
    assert not visitor.rerun_message().rerun_script.cached_message_hashes
    with pytest.raises(VisitError, match="does not have"):
        shows(visitor, reference("a", [0]))


def test_a_visitor_with_little_memory_notes_large_elements_without_their_bytes() -> None:
    visitor = Visitor("http://127.0.0.1:9", largest=1000)
    large = component("large", [0], "")
    large.delta.new_element.bidi_component.bytes = b"x" * 2000
    shows(visitor, large)
    assert visitor.has("large")
    assert visitor.element("large").bidi_component.bytes == b""
