"""A sweep searches, goes on after a kill, keeps what has ended, and counts nothing half-written."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from lenet import checkpoint, cli, samples
from lenet.files import atomic
from lenet.training import recipes, sweep
from lenet.training.dataset import LabelledImages
from lenet.training.run import STATE, WEIGHTS, Run
from lenet.training.sweep import RESULT, Sweep, SweepError, Task
from lenet.variants import named
from tests.support import waiting

needs_mnist = pytest.mark.skipif(
    "LENET_DATA" not in os.environ, reason="LENET_DATA names no copy of MNIST"
)


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The packaged samples in place of MNIST, for what trains in this process."""
    digits = LabelledImages.of(samples.load())
    if "mnist" not in request.node.name:
        monkeypatch.setattr(sweep, "_digits", lambda data: (digits, digits, digits))
        small = {**recipes.RECIPES, "budget": recipes.Recipe("budget", 2, batch=20, non_digits=0)}
        monkeypatch.setattr(sweep, "RECIPES", small)


def small(folder: Path, **changes: object) -> Sweep:
    facts = {
        "networks": ("linear", "lenet1"),
        "recipes": ("budget",),
        "step_sizes": (0.01, 1e-6),
        "seeds": (3, 5),
        "folder": folder,
    }
    return Sweep(**{**facts, **changes})  # type: ignore[arg-type]


def stop_training(monkeypatch: pytest.MonkeyPatch, after: int, error: BaseException) -> None:
    """Let ``Run.save`` fail once so many epochs have been saved in all."""
    save = Run.save
    saved: list[Run] = []

    def limited(run: Run) -> None:
        if len(saved) == after:
            raise error
        saved.append(run)
        save(run)

    monkeypatch.setattr(Run, "save", limited)


def test_each_network_goes_on_with_the_step_size_that_suits_it(tmp_path: Path) -> None:
    results = small(tmp_path).run()
    assert [(one["network"], one["seed"]) for one in results] == [
        ("linear", 3), ("linear", 5), ("lenet1", 3), ("lenet1", 5),
    ]  # fmt: skip
    for one in results:
        tried = {
            size: json.loads(
                (tmp_path / Task(one["network"], "budget", size, 3).folder / RESULT).read_text()
            )["held_back_error_percent"]
            for size in (0.01, 1e-6)
        }
        assert one["step_size"] == min(tried, key=lambda size: tried[size])
        folder = tmp_path / Task(one["network"], "budget", one["step_size"], one["seed"]).folder
        model = checkpoint.load(folder / WEIGHTS, named(one["network"]).architecture)
        digits = sweep._digits(None)[2]
        from lenet import mnist

        answers = model(mnist.as_input(digits.images)).argmin(1)
        wrong = 100 * float((answers != digits.labels).float().mean())
        assert one["test_error_percent"] == pytest.approx(wrong)


def test_only_chosen_runs_look_at_the_test_set(tmp_path: Path) -> None:
    chosen = {(one["network"], one["step_size"]) for one in small(tmp_path).run()}
    for file in tmp_path.glob(f"*/*/{RESULT}"):
        result = json.loads(file.read_text())
        looked = "test_error_percent" in result
        assert looked == ((result["network"], result["step_size"]) in chosen)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "disk full", "x")])
def test_what_ended_stays_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    whole = small(tmp_path / "whole").run()
    with monkeypatch.context() as patch:
        stop_training(patch, 3, error)
        with pytest.raises(type(error)):
            small(tmp_path / "broken").run()
    ended = list((tmp_path / "broken").glob(f"*/*/{RESULT}"))
    assert len(ended) == 1, "three epochs are one run and half of another"
    before = ended[0].stat().st_mtime_ns
    again = small(tmp_path / "broken").run()
    assert ended[0].stat().st_mtime_ns == before or "test_error" in ended[0].read_text()
    assert [without_clock(one) for one in again] == [without_clock(one) for one in whole]


def without_clock(result: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in result.items() if key != "processor_seconds"}


def test_a_folder_without_a_result_does_not_count(tmp_path: Path) -> None:
    sweeping = small(tmp_path, networks=("linear",))
    results = sweeping.run()
    folder = tmp_path / sweeping.chosen()[1].folder
    (folder / RESULT).unlink()
    (folder / STATE).write_bytes(b"half")
    assert [without_clock(one) for one in sweeping.run()] == [without_clock(one) for one in results]


def test_a_damaged_result_is_said(tmp_path: Path) -> None:
    sweeping = small(tmp_path, networks=("linear",))
    sweeping.run()
    (tmp_path / sweeping.chosen()[0].folder / RESULT).write_bytes(b"{")
    with pytest.raises(SweepError, match=r"result\.json is damaged; delete it"):
        sweeping.run()


def test_runs_of_other_epochs_are_not_mixed(tmp_path: Path) -> None:
    small(tmp_path, networks=("linear",)).run()
    with pytest.raises(SweepError, match="2 epochs, not 1"):
        small(tmp_path, networks=("linear",), epochs=1).run()


def test_a_cluster_trains_the_same(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    here = small(tmp_path / "here", networks=("linear",)).run()
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        there = small(tmp_path / "there", networks=("linear",)).run(
            jobs=2, scheduler=cluster.scheduler_address
        )
    assert [without_clock(one) for one in there] == [without_clock(one) for one in here]


def test_a_scheduler_that_does_not_answer_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "_PATIENCE", 1)
    with pytest.raises(SweepError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9:"):
        small(tmp_path).run(scheduler="tcp://127.0.0.1:9")


@needs_mnist
def test_a_lost_worker_on_mnist_leaves_a_sweep_that_can_go_on(tmp_path: Path) -> None:
    arguments = [
        sys.executable, "-m", "lenet", "sweep", "--networks", "linear", "--seeds", "0", "1",
        "--step-sizes", "0.004", "0.008", "--epochs", "2", "--jobs", "2", "--out", str(tmp_path),
    ]  # fmt: skip
    begun = subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True)
    try:
        worker = waiting.until(
            lambda: worker_that_trains(begun.pid, tmp_path), "a worker has saved an epoch"
        )
        assert worker is not None
        os.kill(worker, signal.SIGKILL)
        _, said = begun.communicate(timeout=120)
    finally:
        begun.kill()
    assert begun.returncode == cli.MISTAKE
    assert "A worker was lost" in said
    assert "--resume" in said
    ended = subprocess.run(
        [*arguments, "--resume", "--json"], capture_output=True, text=True, timeout=240, check=True
    )
    results = json.loads(ended.stdout)
    assert [one["seed"] for one in results] == [0, 1]
    assert all(one["test_error_percent"] < 10 for one in results)


def worker_that_trains(parent: int, folder: Path) -> int | None:
    """A process of the sweep that has saved an epoch."""
    if not list(folder.glob(f"*/*/{STATE}")):
        return None
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    for child in map(int, children):
        if "popen_loky" in Path(f"/proc/{child}/cmdline").read_text():
            return child
    return None


def test_the_command_refuses_what_it_cannot_train(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["sweep", "--networks", "resnet", "--out", str(tmp_path)]) == cli.MISTAKE
    said = capsys.readouterr().err
    assert "no network 'resnet'" in said
    assert "max-pool" in said
    assert "unshared" in said
    (tmp_path / "something").mkdir()
    assert cli.main(["sweep", "--out", str(tmp_path)]) == cli.MISTAKE
    assert "--resume" in capsys.readouterr().err
    for option, value in (("--jobs", "0"), ("--epochs", "0"), ("--step-sizes", "0")):
        assert cli.main(["sweep", "--out", str(tmp_path / "new"), option, value]) == cli.MISTAKE
        assert option in capsys.readouterr().err


def test_progress_of_the_runs_is_not_shown_beside_the_sweeps_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small(tmp_path, networks=("linear",)).run()
    said = capsys.readouterr().err
    assert "Sweep 3 runs" in said
    assert "Epoch" not in said


def test_results_are_written_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write", full)
        with pytest.raises(OSError, match="No space"):
            small(tmp_path, networks=("linear",)).run()
    assert not list(tmp_path.glob(f"*/*/{RESULT}"))
    assert torch.get_num_threads() == 1
