"""Where an answer breaks, and the areas of a map, on answers made up for it."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import node

SCRIPT = """
const edges = await import("./invariance/edges.js");
return data.map(([name, ...asked]) => edges[name](...asked));
"""


def asked(*calls: tuple[Any, ...]) -> list[Any]:
    found: list[Any] = node.run(SCRIPT, calls)
    return found


def test_the_reach_goes_both_ways_until_another_digit() -> None:
    answers = [7, 1, 7, 7, 7, 2, 7]
    found = asked(
        ("reach", answers, 7, 3),
        ("reach", answers, 7, 0),
        ("reach", answers, 7, 6),
        ("reach", answers, 7, 1),
        ("reach", [7] * 5, 7, 2),
    )
    assert found == [
        {"first": 2, "last": 4},
        {"first": 0, "last": 0},
        {"first": 6, "last": 6},
        None,
        {"first": 0, "last": 4},
    ]


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=60))
def test_stretches_are_all_answers_in_their_order(answers: list[int]) -> None:
    (found,) = asked(("stretches", answers))
    whole = [one["answer"] for one in found for _ in range(one["first"], one["last"] + 1)]
    assert whole == answers
    assert all(a["answer"] != b["answer"] for a, b in itertools.pairwise(found))


def test_every_area_has_its_digit_in_one_of_its_own_cells() -> None:
    random = np.random.default_rng(4)
    maps = [random.integers(0, 3, (21, 21)).repeat(1, 0) for _ in range(5)]
    blocks = np.kron(random.integers(0, 4, (7, 7)), np.ones((3, 3), int))
    for each, areas in zip(
        [*maps, blocks],
        asked(*(("areas", each.ravel().tolist(), 21, 5) for each in [*maps, blocks])),
        strict=True,
    ):
        for one in areas:
            assert each[one["row"], one["column"]] == one["answer"]
        assert len({(one["row"], one["column"]) for one in areas}) == len(areas)
    # An area does not go on beyond the end of a row.
    striped = np.tile(np.array([1] + [0] * 19 + [1]), 21).tolist()
    (found,) = asked(("areas", striped, 21, 5))
    assert sorted(one["answer"] for one in found) == [0, 1, 1]


def test_the_sentence_says_where_the_curve_itself_ends() -> None:
    values = [-20, -10, 0, 10, 20]
    found = asked(
        *(
            ("edgesInWords", "LeNet-5", 7, "turn", values, reach, 2)
            for reach in (
                {"first": 1, "last": 3},
                {"first": 0, "last": 3},
                {"first": 1, "last": 4},
                {"first": 0, "last": 4},
                None,
            )
        )
    )
    assert found == [
        "LeNet-5 reads it as 7 from \u221210° to +10°.",
        "LeNet-5 reads it as 7 from \u221220°, where the curve begins, to +10°.",
        "LeNet-5 reads it as 7 from \u221210° to +20°, where the curve ends.",
        "LeNet-5 reads it as 7 all the way from \u221220° to +20°.",
        "LeNet-5 does not read this as 7 at 0°.",
    ]


def test_curves_and_maps_pass_through_what_changes_nothing() -> None:
    told = node.run(
        """
        const { NAMES, valuesOf, MAPS } = await import("./invariance/disturbances.js");
        const { NOTHING } = await import("./engine/disturb.js");
        return {
          curves: NAMES.map((name) => [valuesOf(name), NOTHING[name]]),
          maps: MAPS.flatMap(({ across, down }) => [across, down]).map(({ name, values }) =>
            [values, NOTHING[name]]),
        };
        """,
        None,
    )
    for values, nothing in told["curves"]:
        assert nothing in values
        assert values == sorted(values)
    for values, nothing in told["maps"]:
        assert len(values) == 21
        assert values[10] == nothing
