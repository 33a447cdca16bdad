"""Runs that are recorded for the page about training: their errors, and weights of many moments.

They learn from all of MNIST's training digits, as the paper's did, and the test set is read after
every pass, as for the paper's Fig. 5; nothing is chosen by it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load as parse
from safetensors.torch import save as serialise
from torch import Tensor

from lenet import mnist
from lenet.analysis.recorded_runs import (
    INITIAL,
    PAPER_SIZES,
    PAPER_TEST_ERROR,
    PAPER_TRAINING_ERROR,
    RUNS,
)
from lenet.files import atomic, bounded
from lenet.model import LeNet5
from lenet.training.dataset import LabelledImages, TrainingSet
from lenet.training.evaluation import error_percent
from lenet.training.recipes import (
    DISTORTED,
    LITERAL_1998,
    MAP_1998,
    MLE_1998,
    PLAIN,
    Recipe,
)
from lenet.training.report import ReportError, markdown, spread
from lenet.training.run import HISTORY, LARGEST_HISTORY, STATE, Run

FIRST_PASS = (250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000)
"""Patterns of the first pass after which weights are recorded."""

LATER = 14
"""Moments from the end of the first pass to the end of the run, ever further apart."""


@dataclass(frozen=True)
class Task:
    """One run that is recorded.

    Args:
        name: what it is called, and its folder.
        recipe: how it is trained.
        seed: of its initial weights and of its order of patterns.
        digits: how many of MNIST's training digits it learns from, the first ones.
        every: 1 for all moments, 2 for every second of the moments at which weights are
            recorded; None for none.
    """

    name: str
    recipe: Recipe
    seed: int = 0
    digits: int = 60_000
    every: int | None = None


WITH_WEIGHTS = (
    Task("1998", MAP_1998, every=1),
    Task("1998-mle", MLE_1998, every=1),
    Task("plain", PLAIN, every=1),
    Task("distorted", replace(DISTORTED, epochs=40), every=1),
    Task("1998-literal", LITERAL_1998, every=2),
)
"""The runs of the time machine. All begin with the same weights, as they have the same seed.

With distortions 40 passes take a quarter of the time of the 150 of the weights that are shipped.
"""

SIZES = tuple(Task(f"1998-of-{count}", MAP_1998, digits=count) for count in (15_000, 30_000))
"""The training-set sizes of Fig. 6; its 60,000 are the run of 1998."""

SEEDS = tuple(Task(f"1998-seed-{seed}", MAP_1998, seed) for seed in range(1, 5))
"""Other initial weights and orders, to see what is chance."""

TASKS = {task.name: task for task in (*WITH_WEIGHTS, *SIZES, *SEEDS)}


class Recording(Run):
    """A run whose weights are saved, at half precision, at its task's moments."""

    def __init__(self, task: Task, folder: Path) -> None:
        super().__init__(task.recipe, task.seed, folder)
        self.moments = moments(task)  # in their order

    def learn(self, x: Tensor, labels: Tensor, dataset: TrainingSet) -> tuple[float, Tensor]:
        before = self.step * self.recipe.batch
        found = super().learn(x, labels, dataset)
        patterns = self.step * self.recipe.batch
        if bisect_right(self.moments, before) < bisect_right(self.moments, patterns):
            self._record(patterns)
        return found

    def measure(self, dataset: TrainingSet, held_back: LabelledImages) -> dict[str, float]:
        """After every pass: the errors of all digits learned from and of the test set."""
        return {
            **super().measure(dataset, held_back),
            "error_afterwards_percent": error_percent(self.method.kept, dataset.handwritten),
        }

    def _record(self, patterns: int) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        atomic.write(self.folder / f"{patterns:08}.safetensors", _halved(self.method.kept))


def moments(task: Task) -> list[int]:
    """After how many patterns a task's weights are recorded, but for the start."""
    if task.every is None:
        return []
    last = task.recipe.epochs
    later = [round(2 * float(passes)) / 2 for passes in np.geomspace(1, last, LATER)]
    found = [*FIRST_PASS, *(round(passes * task.digits) for passes in sorted(set(later)))]
    # Whole batches only, so a pass ends a little before its last digit.
    pass_ends = task.digits // task.recipe.batch * task.recipe.batch
    kept = found[task.every - 1 :: task.every]
    return [round(moment * pass_ends / task.digits) for moment in sorted({*kept, found[-1]})]


def _halved(model: torch.nn.Module) -> bytes:
    return serialise(
        {name: tensor.detach().half().contiguous() for name, tensor in model.named_parameters()}
    )


def record(task: Task, work: Path, data: Path | None) -> None:
    """Train a task to its end in a folder of ``work``, or go on where it was left off.

    Raises TrainingError for a folder that another run has used, DataError without MNIST.
    """
    run = Recording(task, work / task.name)
    if (run.folder / STATE).exists():
        run.resume()
    learned, test = _digits(data)
    run.train(LabelledImages(learned.images[: task.digits], learned.labels[: task.digits]), test)


def _digits(data: Path | None) -> tuple[LabelledImages, LabelledImages]:
    """MNIST's training and test digits."""
    learned, test = mnist.load("train", data), mnist.load("test", data)
    return LabelledImages.of(learned), LabelledImages.of(test)


def collect(work: Path, place: Path, data: Path | None) -> dict[str, Any]:
    """Write what the page shows of the runs in ``work`` into ``place``; returns the index.

    The test errors of recorded weights are those of the half-precision ones that are shown.
    Raises ReportError for a folder without runs, or with a damaged one.
    """
    _, test = _digits(data)
    finished = {name: _history(work / name) for name in TASKS if (work / name / STATE).exists()}
    if not finished:
        raise ReportError(f"No run in {work} has been recorded; record one first.")
    index: dict[str, Any] = {"runs": {}, "sizes": {}, "seeds": []}
    for task in WITH_WEIGHTS:
        if task.name in finished:
            index["runs"][task.name] = {
                **_facts(task, finished[task.name]),
                "checkpoints": list(_shipped(task, work, place, test)),
            }
    for task in (*SIZES, TASKS["1998"]):
        if task.name in finished:
            index["sizes"][str(task.digits)] = _facts(task, finished[task.name])
    for task in (TASKS["1998"], *SEEDS):
        if task.name in finished:
            index["seeds"].append(_facts(task, finished[task.name]))
    atomic.write(place / RUNS, atomic.as_compact_json(index))
    return index


def table(index: dict[str, Any]) -> str:
    """Test and training errors after passes beside the paper's Fig. 5 and Fig. 6, as Markdown."""
    runs = index["runs"]
    shown = [1, 2, 3, 5, 8, 10, 12, 15, 20]
    rows = [
        [
            str(number),
            _errors(PAPER_TEST_ERROR[number - 1], PAPER_TRAINING_ERROR[number - 1]),
            *(_after(run["passes"], number) for run in runs.values()),
        ]
        for number in shown
    ]
    rows.append(
        [
            "last",
            _errors(PAPER_TEST_ERROR[-1], PAPER_TRAINING_ERROR[-1]),
            *(_after(run["passes"], -1) for run in runs.values()),
        ]
    )
    by_passes = markdown(["pass", "the paper's Fig. 5", *runs], rows)
    sizes = [
        [f"{count:,}", _errors(*PAPER_SIZES[count]), _after(one["passes"], -1)]
        for count, one in ((int(key), one) for key, one in index["sizes"].items())
        if count in PAPER_SIZES
    ]
    by_size = markdown(["training digits", "the paper's Fig. 6", "1998"], sizes)
    return f"{by_passes}\n{by_size}{_of_seeds(index['seeds'])}"


def _of_seeds(runs: list[dict[str, Any]]) -> str:
    """What other seeds come to, if there are any."""
    if len(runs) < 2:
        return ""
    last = spread([one["passes"][-1]["test_error_percent"] for one in runs])
    each = ", ".join(f"{error:.2f}" for error in last["each"])
    seeds = ", ".join(str(one["seed"]) for one in runs)
    around = f"{last['mean']:.2f} ± {last['standard_deviation']:.2f}"
    return f"\n`1998`, seeds {seeds}: test error {each} %; mean {around} %.\n"


def _after(passes: list[dict[str, float]], number: int) -> str:
    if number > len(passes):
        return ""
    record = passes[number - 1 if number > 0 else number]
    return _errors(record["test_error_percent"], record["training_error_percent"])


def _errors(test: float, training: float) -> str:
    return f"{test:.2f} / {training:.2f}"


def _facts(task: Task, history: dict[str, Any]) -> dict[str, Any]:
    in_a_pass = task.digits // task.recipe.batch * task.recipe.batch
    passes = [
        {
            "pass": record["epoch"],
            "patterns": record["epoch"] * in_a_pass,
            "training_error_percent": round(record["training_error_percent"], 4),
            "error_afterwards_percent": round(record["error_afterwards_percent"], 4),
            "test_error_percent": round(record["held_back_error_percent"], 4),
            "seconds": record["seconds"],
        }
        for record in history["epochs"]
    ]
    return {
        "recipe": task.recipe.name,
        "seed": task.seed,
        "digits": task.digits,
        "passes": passes,
        "curve": history["curve"],
    }


def _shipped(task: Task, work: Path, place: Path, test: LabelledImages) -> Iterator[dict[str, Any]]:
    (place / task.name).mkdir(parents=True, exist_ok=True)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(task.seed)
        atomic.write(place / INITIAL, _halved(LeNet5()))
    yield _checkpoint(place, INITIAL, 0, test)
    for source in sorted((work / task.name).glob("????????.safetensors")):
        name = f"{task.name}/{source.name}"
        atomic.write(place / name, source.read_bytes())
        yield _checkpoint(place, name, int(source.stem), test)


def _checkpoint(place: Path, name: str, patterns: int, test: LabelledImages) -> dict[str, Any]:
    model = LeNet5()
    weights = parse((place / name).read_bytes())
    model.load_state_dict({key: tensor.float() for key, tensor in weights.items()})
    error = round(error_percent(model, test), 4)
    return {"patterns": patterns, "test_error_percent": error, "file": name}


def _history(folder: Path) -> dict[str, Any]:
    path = folder / HISTORY
    try:
        found: dict[str, Any] = bounded.parse_json(bounded.read(path, LARGEST_HISTORY))
    except (OSError, ValueError) as error:
        raise ReportError(f"{path} is damaged; record that run again.") from error
    return found
