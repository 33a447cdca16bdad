"""Figures of several runs are put together, and only of runs that belong together."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from pathlib import Path

import pytest

from lenet import checkpoint
from lenet.files import atomic
from lenet.model import LeNet5
from lenet.training import report, run
from lenet.training.report import FIGURES, ReportError

ERRORS = (0.9, 0.5, 0.7)
Runs = Callable[..., list[Path]]


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    def write(**changes: object) -> list[Path]:
        """Three finished runs, the last with ``changes`` on its card."""
        folders = []
        for seed, error in enumerate(ERRORS):
            card = {"recipe": "some", "settings": {"name": "some"}, "seed": seed, "epochs": 2}
            card |= dict.fromkeys(FIGURES, error)
            if seed == len(ERRORS) - 1:
                card |= changes
            folders.append(tmp_path / str(seed))
            checkpoint.save(LeNet5(), folders[-1] / run.WEIGHTS, card)
            history = {"recipe": {"name": "some"}, "seed": seed, "epochs": [{"epoch": 1}]}
            atomic.write_json(folders[-1] / run.HISTORY, history)
        return folders

    return write


def test_mean_and_spread_are_those_of_the_seeds_in_any_order(runs: Runs) -> None:
    figures = report.collect(runs()[::-1])["some"]
    assert figures["seeds"] == [0, 1, 2]
    for figure in FIGURES:
        assert figures[figure]["each"] == list(ERRORS)
        assert figures[figure]["mean"] == pytest.approx(statistics.mean(ERRORS))
        assert figures[figure]["standard_deviation"] == pytest.approx(statistics.stdev(ERRORS))


def test_a_run_that_has_not_ended_is_no_figure(runs: Runs) -> None:
    with pytest.raises(ReportError, match="has not ended"):
        report.collect(runs(test_error_percent=None))


def test_runs_with_other_settings_are_not_averaged(runs: Runs) -> None:
    with pytest.raises(ReportError, match="same settings"):
        report.collect(runs(settings={"name": "some", "epochs": 99}))


def test_what_is_kept_can_be_read_again(runs: Runs, tmp_path: Path) -> None:
    folders = runs()
    results = report.collect(folders)
    report.save(results, folders, tmp_path / "saved")
    assert json.loads((tmp_path / "saved" / "results.json").read_text()) == results
    saved = sorted(path.name for path in (tmp_path / "saved" / "histories").iterdir())
    assert saved == ["some-0.json", "some-1.json", "some-2.json"]
