"""Errors of recorded trainings: each run and the points of the paper, all of them in sight."""

from __future__ import annotations

import math
from pathlib import Path

import plotly.graph_objects as go
import pytest

from lenet.analysis import recorded_runs
from lenet.analysis.recorded_runs import PAPER_SIZES, PAPER_TEST_ERROR, RecordedRuns
from lenet.figures.recorded_errors import by_passes, by_size
from tests.support import recorded_trainings

TITLES = {"1998": "first", "plain": "second <b>"}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> RecordedRuns:
    folder: Path = tmp_path_factory.mktemp("recorded")
    recorded_trainings.write(folder, "1998", "plain")
    return recorded_runs.read(folder)


def line(figure: go.Figure, name: str) -> list[tuple[float, float]]:
    (found,) = [each for each in figure.data if each.name == name and each.showlegend is not False]
    return list(zip(found.x, found.y, strict=True))


def test_the_papers_points_are_at_its_passes(recorded: RecordedRuns) -> None:
    figure = by_passes(recorded.runs, "1998", TITLES)
    points = line(figure, "paper\u2019s Fig. 5, test digits")
    assert points == [(number + 1, error) for number, error in enumerate(PAPER_TEST_ERROR)]
    (kind,) = {each.mode for each in figure.data if each.name.startswith("paper")}
    assert kind == "markers"


def test_the_chosen_run_has_every_moment_and_others_are_faint(recorded: RecordedRuns) -> None:
    figure = by_passes(recorded.runs, "1998", TITLES)
    run = recorded.runs["1998"]
    expected = {each.patterns / run.digits: each.test_error for each in run.passes}
    expected |= {e.patterns / run.digits: e.test_error for e in run.checkpoints if e.patterns}
    assert line(figure, "test digits") == sorted(expected.items())
    learned = [(each.patterns / run.digits, each.training_error) for each in run.passes]
    assert line(figure, "digits learned from, as they come") == learned
    (other,) = [each for each in figure.data if each.name == "second &lt;b&gt;"]
    assert not other.showlegend


def test_sizes_have_the_error_at_the_end_and_the_papers(recorded: RecordedRuns) -> None:
    figure = by_size(recorded.sizes)
    ends = {size: one.passes[-1].test_error for size, one in recorded.sizes.items()}
    assert line(figure, "test digits") == sorted(ends.items())
    points = line(figure, "paper\u2019s Fig. 6, test digits")
    assert points == [(size, test) for size, (test, _training) in PAPER_SIZES.items()]


def test_all_points_are_within_the_axes(recorded: RecordedRuns) -> None:
    nothing = RecordedRuns({}, {}, {})
    for runs in (recorded, nothing):
        for figure in (by_passes(runs.runs, "1998", TITLES), by_size(runs.sizes)):
            left, right = figure.layout.xaxis.range
            bottom, top = figure.layout.yaxis.range
            for each in figure.data:
                assert all(left <= math.log10(x) <= right for x in each.x)
                assert all(bottom <= math.log10(y) <= top for y in each.y)
