"""The training curves show what was recorded, the chosen networks before all others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lenet.analysis import learning, results
from lenet.analysis.learning import Course
from lenet.figures.training_curves import Against, training_curves
from lenet.variants import COMPARED_WITH, VARIANTS
from tests.support import recorded

TITLES = {name: variant.title() for name, variant in VARIANTS.items()}


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Course]:
    folder = recorded.write(tmp_path_factory.mktemp("recorded"))
    return {
        name: learning.course(runs)
        for name, runs in results.histories(folder).items()
        if name in VARIANTS
    }


def shown(
    courses: dict[str, Course], chosen: list[str], against: Against = "epochs"
) -> dict[str, Any]:
    """The lines that have a name in the legend."""
    figure = training_curves(courses, chosen, COMPARED_WITH, TITLES, against)
    return {trace.name: trace for trace in figure.data if trace.showlegend is not False}


def test_the_reference_is_always_there_and_never_twice(courses: dict[str, Course]) -> None:
    reference = TITLES[COMPARED_WITH]
    assert set(shown(courses, [])) == {reference}
    assert list(shown(courses, ["relu", COMPARED_WITH])) == [reference, TITLES["relu"]]


def test_four_networks_and_the_reference_are_told_apart(courses: dict[str, Course]) -> None:
    lines = shown(courses, ["relu", "softmax", "max-pool", "dropout"])
    assert len(lines) == 5
    assert len({(line.line.color, line.line.dash) for line in lines.values()}) == 5


@pytest.mark.parametrize("against", ["epochs", "seconds"])
def test_a_line_goes_through_the_mean_of_the_runs(
    courses: dict[str, Course], against: Against
) -> None:
    line = shown(courses, ["relu"], against)[TITLES["relu"]]
    place = courses["relu"].epochs if against == "epochs" else courses["relu"].seconds
    assert list(line.x) == place.tolist()
    assert list(line.y) == courses["relu"].mean.tolist()


def test_a_band_goes_from_the_lowest_run_to_the_highest(courses: dict[str, Course]) -> None:
    figure = training_curves(courses, ["relu"], COMPARED_WITH, TITLES, "epochs")
    (highest, lowest) = [
        trace for trace in figure.data if trace.legendgroup == TITLES["relu"] and not trace.name
    ]
    assert list(highest.y) == courses["relu"].highest.tolist()
    assert list(lowest.y) == courses["relu"].lowest.tolist()
    assert lowest.fill == "tonexty"


def test_every_network_is_there_and_a_network_without_runs_is_not(
    courses: dict[str, Course],
) -> None:
    figure = training_curves(courses, ["lenet5"], COMPARED_WITH, TITLES, "epochs")
    assert {trace.name for trace in figure.data if trace.name} == {TITLES[name] for name in courses}


def test_a_training_error_of_nothing_still_has_a_place(courses: dict[str, Course]) -> None:
    none = Course(*(np.array([1.0, 2.0]),) * 2, *(np.array([5.0, 0.0]),) * 3)
    line = shown(courses | {"relu": none}, ["relu"])[TITLES["relu"]]
    assert min(line.y) > 0
    assert line.customdata[1][2] == "0.00%"


def test_the_levels_that_the_table_names_are_lines(courses: dict[str, Course]) -> None:
    figure = training_curves(courses, [], COMPARED_WITH, TITLES, "epochs")
    assert sorted(line.y0 for line in figure.layout.shapes) == sorted(results.LEVELS)
