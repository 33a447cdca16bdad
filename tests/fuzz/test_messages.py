"""Whatever a browser says over the websocket is a message of this app, or is not heard."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from lenet import spec
from lenet.analysis import connection_table as tables
from lenet.drawing import non_digits
from pages.parts.common import errors, unit_picker
from pages.parts.connections import connection_table
from pages.parts.drawing import gallery
from pages.parts.output_codes import code_morph
from pages.serving import gate
from tests.support.mutants import grafts, mutants, numbers, wild, words


def message(**fields: Any) -> bytes:
    return BackMsg(**fields).SerializeToString()


def rerun() -> BackMsg:
    back = BackMsg()
    run = back.rerun_script
    run.query_string, run.page_name, run.fragment_id = "f6=1-50-3", "architecture", "a" * 32
    run.widget_states.widgets.add(id="$$ID-1-drawing", json_value='{"drawing": {"raw": {}}}')
    run.widget_states.widgets.add(id="$$ID-2-pen", trigger_value=True)
    run.widget_states.widgets.add(id="$$ID-3-row").double_array_value.data.extend([1.0, 2.0])
    return back


OURS = (rerun().SerializeToString(), message(app_heartbeat=True), message(stop_script=True))
OTHERS = ("clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime")


@given(mutants(*OURS, *(message(**{name: True}) for name in OTHERS)))
def test_bytes_are_a_message_of_this_app_or_does_not_pass(content: bytes) -> None:
    verdict = gate.refusal(content)
    assert verdict == gate.refusal(content)
    if verdict is None:
        back = BackMsg.FromString(content)
        assert back.WhichOneof("type") in (*gate.MESSAGE_KINDS, "backend_operation_request")
        assert len(back.rerun_script.widget_states.widgets) <= gate.MOST_WIDGETS


def test_messages_for_developers_are_not_heard_and_ours_are() -> None:
    assert [gate.refusal(content) for content in OURS] == [None] * len(OURS)
    assert [gate.refusal(message(**{name: True})) for name in OTHERS] == [0] * len(OTHERS)
    assert gate.refusal(None) == 1003
    assert gate.refusal(b"\xff" * 20) == 1002
    assert gate.refusal(bytes(3_000_000)) == 1009


def depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


@given(st.one_of(wild, grafts({"a": [[{"b": ["[", "]", '"', "\\"]}]]})))
def test_brackets_within_brackets_are_counted_and_those_in_words_are_not(value: Any) -> None:
    assert gate.nesting(json.dumps(value)) == depth(value)


WIDGETS = [one.SerializeToString() for one in rerun().rerun_script.widget_states.widgets]
FIELDS = ["json_value", "trigger_value", "double_array_value", "string_value", None]


@given(mutants(*WIDGETS), st.sampled_from(FIELDS))
def test_a_widgets_value_is_of_its_kind_and_finite_or_is_not_taken(
    content: bytes, expected: str | None
) -> None:
    try:
        state = WidgetState.FromString(content)
    except Exception:
        return  # no message with it passes
    if gate.is_plausible(state, expected):
        kind = state.WhichOneof("value")
        assert expected is None or kind in (None, expected)
        assert np.isfinite(state.double_array_value.data).all()


@given(st.one_of(wild, grafts([3, 9])))
def test_a_click_on_the_table_is_a_pair_of_maps_or_nothing(sent: Any) -> None:
    pair = connection_table.pair_of(sent)
    if pair is not None:
        s2, c3 = pair
        assert s2 is None or s2 in range(spec.S2.maps)
        assert c3 is None or c3 in range(spec.C3.maps)
        assert not any(isinstance(one, bool | float) for one in pair)


patterns = st.one_of(
    st.integers(0, 2**96 - 1).map(lambda bits: f"{bits:096b}"),
    st.integers(0, 2**97 - 1).map(lambda bits: f"{bits:b}"),
    st.text("012", min_size=96, max_size=96),
)


@given(st.one_of(wild, patterns, patterns))
def test_a_pattern_of_switches_is_a_table_or_nothing(sent: Any) -> None:
    table = connection_table.table_of(sent)
    if table is not None:
        assert table.shape == tables.TABLE_I.shape
        assert "".join(str(int(on)) for on in table.flat) == sent


addresses = st.one_of(
    st.text(max_size=30),
    st.text("0123456789abcdefABCDEF ", max_size=30),
    st.binary(min_size=12, max_size=12).map(bytes.hex),
)


@given(addresses)
def test_a_table_in_an_address_is_a_table_or_nothing(text: str) -> None:
    table = tables.from_text(text)
    if table is not None:
        assert table.shape == tables.TABLE_I.shape
        again = tables.from_text(tables.to_text(table))
        assert again is not None
        assert (again == table).all()


@given(st.one_of(wild, grafts({"layer": "c3", "map": 3, "row": 2, "column": 1})))
def test_a_click_on_a_unit_is_a_unit_or_nothing(sent: Any) -> None:
    unit = unit_picker.unit_of(sent)
    if unit is not None:
        assert unit.map in range(unit.layer.maps)
        assert {unit.row, unit.column} <= set(range(unit.layer.size))


@given(st.one_of(wild, numbers, st.integers(-5, 405)))
def test_a_click_on_a_sample_is_one_of_the_samples_or_nothing(sent: Any) -> None:
    if gallery.is_sample(sent, 400):
        assert not isinstance(sent, bool)
        assert sent in range(400)


@given(st.one_of(wild, grafts({"digit": 7, "press": 3})), st.lists(st.integers(0, 9), max_size=30))
def test_a_digit_key_means_a_sample_of_that_digit_or_nothing(sent: Any, labels: list[int]) -> None:
    number = gallery.sample_of_key(sent, labels)
    if number is not None:
        assert labels[number] == sent["digit"]


@given(st.integers(0, 9), st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_presses_of_a_digit_key_go_through_all_samples_of_it(digit: int, labels: list[int]) -> None:
    own = {number for number, label in enumerate(labels) if label == digit}
    presses = [{"digit": digit, "press": press} for press in range(2 * len(own))]
    taken = [gallery.sample_of_key(press, labels) for press in presses]
    assert taken[: len(own)] == sorted(own)
    assert taken[len(own) :] == sorted(own)


@given(st.one_of(wild, words, st.sampled_from([*non_digits.names()])))
def test_a_click_on_a_non_digit_is_one_of_them_or_nothing(sent: Any) -> None:
    if gallery.is_non_digit(sent):
        assert non_digits.drawing(sent).strokes
    else:
        assert sent not in list(non_digits.names())


@given(st.one_of(wild, grafts({"towards": 3, "amount": 0.5, "flipped": [1, 2, 80]})))
def test_f6_by_hand_is_written_so_that_it_can_be_read_or_not_at_all(sent: Any) -> None:
    try:
        text = code_morph.write(sent)
    except (KeyError, TypeError, ValueError, OverflowError):
        return
    assert re.fullmatch(r"(\d-\d{1,3}-[\d.]*)?", text, re.ASCII)
    state = code_morph.read(text, 0)
    assert code_morph.write(state) in (text, "")


by_hand = st.builds(
    lambda code, share, places, cut: f"{code}-{share}-{'.'.join(map(str, places))}"[: 30 - cut],
    st.integers(0, 10),
    st.integers(0, 120),
    st.lists(st.integers(0, 90), max_size=4),
    st.integers(0, 25),
)


@given(st.one_of(st.text(max_size=20), by_hand, by_hand, words))
def test_f6_in_an_address_is_a_state_whatever_it_says(text: str) -> None:
    state = code_morph.read(text, 7)
    assert state["towards"] in range(10)
    assert 0 <= state["amount"] <= 1
    assert set(state["flipped"]) <= set(range(spec.CODE_UNITS))
    assert code_morph.read(code_morph.write(state), 7) == state or not code_morph.write(state)


@given(st.one_of(st.text(max_size=40), st.text("\\`*_[]()<>#$:~&|{}!a ", max_size=40)))
def test_a_sentence_is_no_markup_whatever_words_are_in_it(text: str) -> None:
    shown = errors.escape_markdown(text)
    assert re.sub(r"\\([\\`*_\[\]<>#$:~&|{}!])", r"\1", shown) == text
    assert not re.search(r"(?<!\\)(\\\\)*[`*_\[\]<>#$:~&|{}!]", shown)


@given(st.lists(st.integers(0, 400), max_size=40))
def test_a_visits_messages_pass_at_a_visitors_pace(gaps: list[int]) -> None:
    """In any stretch of time no more pass than a burst and so many a second; slow ones at once."""
    limit, now = gate.RateLimit(), 1000.0
    passed: list[float] = []
    for gap in gaps:
        now = max(now + gap / 1000, passed[-1] if passed else 0.0)
        waits = limit.wait(now)
        assert waits == 0 or len(passed) >= gate.BURST
        passed.append(now + waits)
    for i, first in enumerate(passed):
        for j, last in enumerate(passed[i:], 1):
            assert j <= gate.BURST + gate.PER_SECOND * (last - first) + 1.001
