"""Runs are recorded at their moments, go on where they stopped, and are shown as they were."""

from __future__ import annotations

import dataclasses
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from lenet import cli, samples
from lenet.analysis.recorded_runs import INITIAL, RUNS
from lenet.model import LeNet5
from lenet.training import recorded
from lenet.training.dataset import LabelledImages
from lenet.training.evaluation import error_percent
from lenet.training.recipes import MAP_1998, PLAIN, DiagonalSteps
from lenet.training.recorded import TASKS, WITH_WEIGHTS, Task, collect, moments, record
from lenet.training.report import ReportError

SHORT = dataclasses.replace(
    MAP_1998, epochs=2, method=DiagonalSteps(scale=0.4, estimates=1, patterns=20)
)


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> LabelledImages:
    """The packaged samples in place of MNIST, and their first runs in place of the real ones."""
    gallery = LabelledImages.of(samples.load())
    order = torch.randperm(len(gallery), generator=torch.Generator().manual_seed(0))
    digits = LabelledImages(gallery.images[order], gallery.labels[order])
    monkeypatch.setattr(recorded, "_digits", lambda data: (digits, digits))
    monkeypatch.setattr(recorded, "FIRST_PASS", (25, 50))
    monkeypatch.setattr(recorded, "LATER", 3)
    first = Task("1998", SHORT, digits=100, every=1)
    few = Task("1998-of-15000", SHORT, digits=60)
    other = Task("1998-seed-1", SHORT, 1, digits=100)
    monkeypatch.setattr(recorded, "WITH_WEIGHTS", (first,))
    monkeypatch.setattr(recorded, "SIZES", (few,))
    monkeypatch.setattr(recorded, "SEEDS", (other,))
    monkeypatch.setattr(recorded, "TASKS", {one.name: one for one in (first, few, other)})
    return digits


def test_what_is_shown_is_what_was_learned(tmp_path: Path, little: LabelledImages) -> None:
    work, place = tmp_path / "work", tmp_path / "place"
    document = tmp_path / "doc.md"
    ends = ["--work", str(work), "--out", str(place), "--table", str(document)]
    assert cli.main(["record", *ends]) == 0
    index = json.loads((place / RUNS).read_text())
    run = index["runs"]["1998"]
    assert [one["patterns"] for one in run["checkpoints"]] == [0, 25, 50, 100, 150, 200]
    assert [one["patterns"] for one in run["passes"]] == [100, 200]
    errors = {one["patterns"]: one["test_error_percent"] for one in run["checkpoints"]}
    for one in run["passes"]:  # half precision moves an answer of the four hundred, or two
        assert errors[one["patterns"]] == pytest.approx(one["test_error_percent"], abs=0.5)
    for one in run["checkpoints"]:
        weights = load_file(place / one["file"])
        assert {tensor.dtype for tensor in weights.values()} == {torch.float16}
        model = LeNet5()
        model.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
        assert error_percent(model, little) == pytest.approx(one["test_error_percent"])
    assert run["checkpoints"][0]["file"] == INITIAL
    assert {*index["sizes"]} == {"60", "100"}
    assert [one["seed"] for one in index["seeds"]] == [0, 1]
    assert index["seeds"][0]["passes"] != index["seeds"][1]["passes"]
    written = document.read_text()
    for one in run["passes"]:
        both = f"{one['test_error_percent']:.2f} / {one['training_error_percent']:.2f}"
        assert f" | {both} |\n" in written
    assert "seeds 0, 1: test error" in written


def test_a_run_that_was_stopped_is_recorded_as_if_it_had_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(recorded.TASKS["1998"], tmp_path / "whole", None)
    learn, count = recorded.Recording.learn, 0

    def stopped(self: recorded.Recording, *given: Any) -> Any:
        nonlocal count
        count += 1
        if count == 130:
            raise KeyboardInterrupt
        return learn(self, *given)

    with monkeypatch.context() as patch:
        patch.setattr(recorded.Recording, "learn", stopped)
        with pytest.raises(KeyboardInterrupt):
            record(recorded.TASKS["1998"], tmp_path / "parts", None)
    record(recorded.TASKS["1998"], tmp_path / "parts", None)
    names = [path.name for path in sorted((tmp_path / "whole/1998").glob("0*.safetensors"))]
    assert len(names) == 5
    for name in names:
        whole, parts = (tmp_path / each / "1998" / name for each in ("whole", "parts"))
        assert whole.read_bytes() == parts.read_bytes()


@pytest.mark.parametrize("task", WITH_WEIGHTS, ids=lambda task: task.name)
def test_moments_lie_ever_further_apart_and_end_with_the_run(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    found = moments(task)
    assert found == sorted(set(found))
    assert len(found) <= 24
    whole_batches = task.digits // task.recipe.batch * task.recipe.batch
    assert found[-1] == task.recipe.epochs * whole_batches
    ratios = [after / before for before, after in itertools.pairwise(found)]
    assert all(ratio <= 4.01 for ratio in ratios)


def test_batches_end_a_pass_a_little_early() -> None:
    task = Task("batches", dataclasses.replace(PLAIN, epochs=1, batch=30), digits=100, every=1)
    assert moments(task)[-1] == 90


def test_runs_without_weights_record_none() -> None:
    assert not moments(dataclasses.replace(TASKS["1998"], every=None))


def test_a_folder_without_runs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="No run in"):
        collect(tmp_path, tmp_path / "place", None)


def test_a_damaged_history_is_named(tmp_path: Path) -> None:
    record(recorded.TASKS["1998"], tmp_path, None)
    (tmp_path / "1998" / "history.json").write_text("{")
    with pytest.raises(ReportError, match=r"history.json is damaged; record that run again\."):
        collect(tmp_path, tmp_path / "place", None)


def test_a_run_that_does_not_exist_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["record", "1999"]) == 2
    assert capsys.readouterr().err.startswith("There is no run 1999; there are 1998, ")
