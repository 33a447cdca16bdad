"""Recorded trainings: what is damaged takes its own run away, with a sentence, and no other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from lenet.analysis import recorded_runs
from lenet.analysis.recorded_runs import RUNS
from lenet.mnist import DataError
from pages.parts.training import recorded
from tests.support import recorded_trainings
from tests.support.recorded_trainings import MOMENTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    recorded_trainings.write(tmp_path, "1998", "plain")
    return tmp_path


def test_what_is_written_is_read(folder: Path) -> None:
    found = recorded_runs.read(folder)
    assert not found.missing
    assert {*found.runs} == {"1998", "plain"}
    run = found.runs["1998"]
    assert tuple(each.patterns for each in run.checkpoints) == MOMENTS
    assert [each.test_error for each in run.passes] == [4.0, 2.0]
    assert {size: one.digits for size, one in found.sizes.items()} == {
        15_000: 15_000,
        60_000: 60_000,
    }
    ranges = recorded_runs.verified(run)
    largest = max(
        float(np.abs(recorded_trainings.weights(seed)["c3.weight"]).max())
        for seed in range(len(MOMENTS))
    )
    assert 0.2 < ranges["c3"] <= largest


@pytest.mark.parametrize(
    "damage",
    [
        lambda run: run.pop("passes"),
        lambda run: run.update(passes=[]),
        lambda run: run.update(passes="none"),
        lambda run: run.update(digits=0),
        lambda run: run.update(digits=-1),
        lambda run: run["passes"][0].update(test_error_percent=101.0),
        lambda run: run["passes"][0].update(test_error_percent=float("nan")),
        lambda run: run["passes"][0].update(test_error_percent=True),
        lambda run: run["passes"].reverse(),
        lambda run: run["checkpoints"].reverse(),
        lambda run: run["checkpoints"][1].update(file="../runs.safetensors"),
        lambda run: run["checkpoints"][1].update(file="/etc/hosts.safetensors"),
        lambda run: run["checkpoints"][1].update(file="runs.json"),
        lambda run: run["checkpoints"][1].update(file=7),
        lambda run: run["curve"].append(None),
        lambda run: run.update(checkpoints=run["checkpoints"] * 20),
    ],
)
def test_a_damaged_run_is_missing_with_a_sentence(
    folder: Path, damage: Callable[[dict[str, Any]], object]
) -> None:
    index = json.loads((folder / RUNS).read_text())
    damage(index["runs"]["1998"])
    (folder / RUNS).write_text(json.dumps(index))
    found = recorded_runs.read(folder)
    assert {*found.runs} == {"plain"}
    (sentence,) = found.missing.values()
    assert "1998" in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"runs": 3}', b'{"runs": null}', b"\xff"])
def test_without_an_index_that_can_be_read_nothing_is_shown(folder: Path, content: bytes) -> None:
    (folder / RUNS).write_bytes(content)
    with pytest.raises(DataError, match=r"damaged.*restore it.*\.$"):
        recorded_runs.read(folder)


def test_without_an_index_a_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"There is no .*\.$"):
        recorded_runs.read(tmp_path)


def _single_precision() -> bytes:
    return save({name: a.astype(np.float32) for name, a in recorded_trainings.weights(1).items()})


def _not_finite() -> bytes:
    weights = recorded_trainings.weights(1)
    weights["f6.bias"][3] = np.inf
    return save(weights)


def _incomplete() -> bytes:
    weights = recorded_trainings.weights(1)
    del weights["c3.bias"]
    return save(weights)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, save(recorded_trainings.weights(1))[:-10], _single_precision(),
     _not_finite(), _incomplete(), b"x" * 300_000],
)  # fmt: skip
def test_damaged_weights_are_said_of_their_run_alone(folder: Path, content: bytes) -> None:
    runs = recorded_runs.read(folder).runs
    runs["1998"].checkpoints[2].file.write_bytes(content)
    with pytest.raises(DataError, match=r"run 1998 is missing.*00001000.*\.$"):
        recorded_runs.verified(runs["1998"])
    assert recorded_runs.verified(runs["plain"])


def test_a_file_that_is_gone_is_said(folder: Path) -> None:
    run = recorded_runs.read(folder).runs["1998"]
    run.checkpoints[-1].file.unlink()
    with pytest.raises(DataError, match="run 1998 is missing"):
        recorded_runs.verified(run)


def test_what_the_app_ships_is_whole_small_and_dense_where_most_is_learned() -> None:
    found = recorded_runs.read()
    assert not found.missing
    assert {*found.runs} == {*recorded.titles()}
    assert {15_000, 30_000, 60_000} == {*found.sizes}
    files = {each.file for run in found.runs.values() for each in run.checkpoints}
    assert sum(file.stat().st_size for file in files) < 12_000_000
    for run in found.runs.values():
        assert recorded_runs.verified(run)
        moments = [each.patterns for each in run.checkpoints]
        assert moments[0] == 0
        assert moments[-1] == run.passes[-1].patterns
        assert sum(patterns <= run.digits for patterns in moments) >= 5
        assert len(moments) >= 12
