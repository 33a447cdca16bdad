"""The output column: bars that are as long as distances, a line, and a winner only before it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from lenet import checkpoint, codes, spec
from lenet.browser.description import describe_spec
from lenet.spec import LENET5
from tests.support import node
from tests.support.second_network import SECOND

ROOMS = [(1440, 700, ""), (1280, 430, ""), (780, 430, ""), (390, 700, ""), (1920, 900, "presented")]
FARTHEST = spec.CODE_UNITS * (1 + spec.AMPLITUDE) ** 2
"""No F6 is further than this from a code."""


def columns(
    architecture: spec.Architecture, penalties: list[list[float]], rejection: float | None
) -> list[dict[str, Any]]:
    """For every room its output column, the line in it, and the state for each of the penalties."""
    found: list[dict[str, Any]] = node.run(
        """
        const { arrangementFor, layOut } = await import("./network_view/layout.js");
        const { columnOf, lineAt } = await import("./network_view/outputs.js");
        const { answerOf } = await import("./engine/answer.js");
        const { spec, rejection } = data;
        return data.rooms.map(([width, height, name]) => {
          const arrangement = arrangementFor(width, 900, name ? 1.25 : 0);
          const layout = layOut(spec, { width, height, arrangement });
          const line = lineAt(spec, layout, rejection);
          return {
            width,
            outputs: layout.outputs,
            line,
            empty: columnOf(spec, layout, line, data.penalties[0], null),
            states: data.penalties.map((each) =>
              columnOf(spec, layout, line, each, answerOf(each, rejection)),
            ),
          };
        });
        """,
        {
            "spec": describe_spec(architecture),
            "rooms": ROOMS,
            "penalties": penalties,
            "rejection": rejection,
        },
    )
    return found


def some_distances() -> list[list[float]]:
    """Of F6 anywhere between two codes and beyond them, so that some nearest are far."""
    random = np.random.default_rng(5)
    f6 = random.uniform(-spec.AMPLITUDE, spec.AMPLITUDE, (30, spec.CODE_UNITS))
    f6[:15] = codes.DIGITS[random.integers(10, size=15)] + random.normal(0, 0.4, f6[:15].shape)
    distances: list[list[float]] = ((f6[:, None] - codes.DIGITS) ** 2).sum(2).tolist()
    return [*distances, [FARTHEST] * 10]


@pytest.mark.parametrize("rejection", [2.5, 18.33, 30.0, 99.0])
def test_a_bar_passes_the_line_exactly_where_its_code_is_too_far(rejection: float) -> None:
    distances = some_distances()
    for room in columns(LENET5, distances, rejection):
        x = room["line"]["x"]
        for penalties, state in zip(distances, room["states"], strict=True):
            for row, output, distance in zip(
                state["rows"], room["outputs"], penalties, strict=True
            ):
                end = output["bar"]["x"] + row["length"]
                if abs(distance - rejection) > 1e-6 and row["length"] > 1.5:
                    assert (end > x) == (distance > rejection)
                assert end <= output["bar"]["x"] + output["bar"]["width"]
                assert row["cut"] == (distance > 160)
                assert row["number"] > max(x, end) + 4, "no line through a number"


def test_where_the_nearest_is_beyond_the_line_nothing_wins() -> None:
    distances = some_distances()
    (room, *_) = columns(LENET5, distances, 40.0)
    beyond = []
    for penalties, state in zip(distances, room["states"], strict=True):
        winners = [digit for digit, row in enumerate(state["rows"]) if row["wins"]]
        beyond.append(state["beyond"])
        assert state["beyond"] == (min(penalties) > 40)
        assert winners == ([] if state["beyond"] else [int(np.argmin(penalties))])
    assert set(beyond) == {True, False}


def test_without_ink_nothing_wins_and_nothing_is_turned_down() -> None:
    for room in columns(LENET5, some_distances(), 40.0):
        assert not room["empty"]["beyond"]
        assert not any(row["wins"] for row in room["empty"]["rows"])


def test_the_line_spans_all_rows_and_stands_between_codes_and_numbers() -> None:
    for room in columns(LENET5, some_distances(), checkpoint.rejection_distance()):
        first, last = room["outputs"][0], room["outputs"][-1]
        line, bar = room["line"], first["bar"]
        assert bar["x"] < line["x"] <= bar["x"] + bar["width"] < room["width"]
        assert line["top"] < first["centre"] < last["centre"] < line["bottom"]


@pytest.mark.parametrize(
    ("architecture", "rejection"), [(LENET5, None), (SECOND, None), (SECOND, 3.0)]
)
def test_what_turns_nothing_down_has_no_line(
    architecture: spec.Architecture, rejection: float | None
) -> None:
    penalties = np.random.default_rng(1).uniform(0, 14, (5, 10)).tolist()
    for room in columns(architecture, penalties, rejection):
        assert room["line"] is None
        if rejection is None:
            for each, state in zip(penalties, room["states"], strict=True):
                assert [row["wins"] for row in state["rows"]].index(True) == np.argmin(each)
                assert not state["beyond"]


def test_there_is_room_for_the_largest_number_beside_the_longest_bar() -> None:
    letters = len(f"{FARTHEST:.2f}")
    assert math.isfinite(FARTHEST)
    for room in columns(LENET5, some_distances(), 20.0):
        size = 18 if room["width"] == 1920 else 12  # CSS pixels; a figure is 0.6 of it wide
        for row, output in zip(room["states"][-1]["rows"], room["outputs"], strict=True):
            assert row["cut"]
            assert row["number"] + 0.6 * size * letters <= room["width"] + 4, output["digit"]
