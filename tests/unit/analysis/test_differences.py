"""A spread that overlaps is no difference."""

from __future__ import annotations

import statistics

import numpy as np
import pytest

from lenet.analysis.differences import between
from lenet.analysis.results import Spread


def spread(*each: float) -> Spread:
    return Spread(statistics.mean(each), each, statistics.stdev(each) if len(each) > 1 else None)


def test_two_means_apart_by_more_than_both_spreads_differ() -> None:
    assert between(spread(1.0, 1.1, 1.2), spread(0.5, 0.6, 0.7)).is_one
    assert between(spread(0.5, 0.6, 0.7), spread(1.0, 1.1, 1.2)).is_one


def test_spreads_that_overlap_or_touch_are_no_difference() -> None:
    assert not between(spread(1.0, 1.1, 1.2), spread(0.9, 1.0, 1.1)).is_one
    assert not between(Spread(3.0, (3.0,), 1.0), Spread(1.0, (1.0,), 1.0)).is_one


def test_a_single_run_differs_from_nothing() -> None:
    assert not between(spread(9.0), spread(0.5, 0.6, 0.7)).is_one


def test_it_agrees_with_the_intervals_drawn_out_and_turns_with_its_sides() -> None:
    random = np.random.default_rng(0)
    seen = set()
    for _ in range(500):
        runs = [random.normal(random.normal(), 0.4, 3) for _ in range(2)]
        (low, high), (other_low, other_high) = (
            (np.mean(each) - np.std(each, ddof=1), np.mean(each) + np.std(each, ddof=1))
            for each in runs
        )
        clear = bool(low > other_high or other_low > high)
        one, other = (spread(*each.tolist()) for each in runs)
        found, turned = between(one, other), between(other, one)
        assert found.is_one == turned.is_one == clear
        assert found.value == -turned.value
        assert found.value == pytest.approx(np.mean(runs[0]) - np.mean(runs[1]))
        seen.add(clear)
    assert seen == {True, False}


def test_what_was_never_reached_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="not reached"):
        between(Spread(None, (1.0, None)), spread(1.0, 2.0))
