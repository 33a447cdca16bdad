"""Several runs become one course: their mean and the band they lie in."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from lenet.analysis import learning, results
from tests.support import recorded


def test_each_point_is_the_runs_mean_between_their_lowest_and_highest(tmp_path: Path) -> None:
    runs = results.histories(recorded.write(tmp_path))["relu"]
    found = learning.course(runs)
    for point in range(recorded.POINTS):
        errors = [float(run.training_error[point]) for run in runs]
        assert found.mean[point] == pytest.approx(statistics.mean(errors))
        assert (found.lowest[point], found.highest[point]) == (min(errors), max(errors))
        seconds = [float(run.processor_seconds[point]) for run in runs]
        assert found.seconds[point] == pytest.approx(statistics.mean(seconds))
        assert found.epochs[point] == pytest.approx((point + 1) / 10)


def test_it_ends_where_the_shortest_run_does(tmp_path: Path) -> None:
    first, *others = results.histories(recorded.write(tmp_path))["relu"]
    short = results.History(
        first.seed,
        first.patterns[:7],
        first.training_error[:7],
        first.processor_seconds[:7],
        first.held_back,
    )
    found = learning.course([*others, short])
    assert {len(part) for part in (found.epochs, found.seconds, found.mean, found.lowest)} == {7}


def test_there_is_no_course_of_no_runs() -> None:
    with pytest.raises(ValueError, match="no run"):
        learning.course([])
