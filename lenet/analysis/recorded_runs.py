"""The runs that are recorded for the page about training, and the paper's figures beside them.

``lenet.training.recorded`` writes them. A run of which anything is damaged is missing, with a
sentence that says so; the others are there all the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as parse

from lenet.catalogue import gettext as _
from lenet.files import bounded
from lenet.mnist import DataError
from lenet.spec import LENET5

FOLDER = Path(__file__).parents[2] / "assets" / "training" / "recorded"
"""Where they are."""

RUNS, INITIAL = "runs.json", "initial.safetensors"
"""What is recorded of all runs, and the weights that all of them begin with."""

PAPER_TEST_ERROR = (
    2.67, 2.24, 1.48, 1.43, 1.43, 1.08, 1.03, 1.06, 0.98, 0.95, 0.95, 0.98, *[0.95] * 8
)  # fmt: skip
"""Fig. 5: test error in % after each of the 20 passes, read from the points of the drawing."""

PAPER_TRAINING_ERROR = (
    4.94, 3.07, 1.77, 1.48, 1.21, 0.90, 0.76, 0.69, 0.55, 0.47,
    0.45, 0.42, 0.39, 0.37, 0.37, 0.37, 0.37, 0.34, 0.34, 0.34,
)  # fmt: skip
"""Fig. 5: training error in %, measured while learning, so at first it is above the test error."""

PAPER_SIZES = {15_000: (1.69, 0.05), 30_000: (1.14, 0.31), 60_000: (0.94, 0.35)}
"""Fig. 6: training digits -> (test, training error in %), read from the points of the drawing."""

_LARGEST_INDEX = 2_000_000  # bytes
_LARGEST_FILE = 200_000  # bytes: 60,000 numbers of half precision, and their names
_MOST_RUNS = 20
_MOST_POINTS = 10_000
_MOST_CHECKPOINTS = 60
_ALMOST_ALL = 0.998  # of the weights that have a colour of their own

_DAMAGED = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    SafetensorError,
)


@dataclass(frozen=True)
class Checkpoint:
    """The weights of one moment.

    Args:
        patterns: how many the network had learned from by then.
        test_error: percent of MNIST's test digits.
        file: a safetensors file of float16 arrays by the names of LeNet-5's parameters.
    """

    patterns: int
    test_error: float
    file: Path


@dataclass(frozen=True)
class Pass:
    """The errors of one pass, in percent.

    ``training_error`` is measured while learning, each digit before it is learned from.
    """

    patterns: int
    training_error: float
    test_error: float


@dataclass(frozen=True)
class RecordedRun:
    """One run: how it was trained, its errors pass by pass, and its weights at some moments.

    ``curve`` has (patterns, training error in percent since the point before).
    """

    name: str
    recipe: str
    seed: int
    digits: int
    passes: tuple[Pass, ...]
    curve: tuple[tuple[int, float], ...]
    checkpoints: tuple[Checkpoint, ...] = ()


@dataclass(frozen=True)
class RecordedRuns:
    """All runs by their names, and for those that cannot be shown a sentence each.

    ``sizes`` has runs of the recipe of 1998 by the number of digits that they learned from.
    """

    runs: Mapping[str, RecordedRun]
    missing: Mapping[str, str]
    sizes: Mapping[int, RecordedRun]


def read(folder: Path = FOLDER) -> RecordedRuns:
    """What is recorded, without the weights. Raises DataError if nothing of it can be read."""
    path = folder / RUNS
    try:
        index = bounded.parse_json(bounded.read(path, _LARGEST_INDEX))
        described, sizes = index["runs"], index.get("sizes", {})
        if len(described) > _MOST_RUNS or len(sizes) > _MOST_RUNS:
            raise ValueError("there are not that many runs")
        named = [(str(name), one) for name, one in described.items()]
        by_size = [(int(size), one) for size, one in sizes.items()]
    except FileNotFoundError as error:
        sentence = _(
            "There is no {path}, so no recorded training can be shown; restore it from the project."
        )
        raise DataError(sentence.format(path=path)) from error
    except _DAMAGED as error:
        sentence = _(
            "{path} is damaged, so no recorded training can be shown; restore it from the project."
        )
        raise DataError(sentence.format(path=path)) from error
    runs, missing = {}, {}
    for name, one in named:
        try:
            runs[name] = _run(name, one, folder)
        except _DAMAGED:
            missing[name] = is_damaged(name, path)
    found = {}
    for size, one in by_size:
        try:
            found[size] = _run(str(size), {"checkpoints": [], **one}, folder)
        except _DAMAGED:
            missing[str(size)] = is_damaged(str(size), path)
    return RecordedRuns(runs, missing, found)


def verified(run: RecordedRun) -> dict[str, float]:
    """Look at all weights of a run, and return how large the kernels' weights of a layer are.

    By the keys of C1 and C3, a size that hardly any weight of the run goes beyond. Raises
    DataError, with a sentence, unless each file holds a LeNet-5.
    """
    largest: dict[str, list[float]] = {}
    for checkpoint in run.checkpoints:
        try:
            arrays = parse(bounded.read(checkpoint.file, _LARGEST_FILE))
            for key, size in _ranges(arrays).items():
                largest.setdefault(key, []).append(size)
        except _DAMAGED as error:
            raise DataError(is_damaged(run.name, checkpoint.file)) from error
    return {key: max(sizes) for key, sizes in largest.items()}


def _ranges(arrays: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Of a checkpoint's kernels. Raises ValueError unless it is a LeNet-5 of finite weights."""
    if {name: array.shape for name, array in arrays.items()} != LENET5.shapes:
        raise ValueError("it is no LeNet-5")
    if any(array.dtype != np.float16 for array in arrays.values()):
        raise ValueError("it is not of half precision")
    if not all(np.isfinite(array).all() for array in arrays.values()):
        raise ValueError("it has values that are no numbers")
    kernels = {
        key: np.abs(array.astype(np.float32))
        for key in ("c1", "c3")
        for name, array in arrays.items()
        if name.startswith(f"{key}.weight")
    }
    return {key: float(np.quantile(sizes, _ALMOST_ALL)) for key, sizes in kernels.items()}


def is_damaged(name: str, path: Path) -> str:
    """What is said of a run of which a file is damaged."""
    return _(
        "The recorded run {name} is missing, because {path} is damaged; restore it from the "
        "project, or record the run again."
    ).format(name=name, path=path)


def _run(name: str, one: Any, folder: Path) -> RecordedRun:
    passes = tuple(
        Pass(
            bounded.whole(each["patterns"]),
            _percent(each["training_error_percent"]),
            _percent(each["test_error_percent"]),
        )
        for each in one["passes"]
    )
    curve = tuple(
        (bounded.whole(point["patterns"]), _percent(point["training_error_percent"]))
        for point in one["curve"]
    )
    checkpoints = tuple(
        Checkpoint(
            bounded.whole(each["patterns"]),
            _percent(each["test_error_percent"]),
            _within(folder, each["file"]),
        )
        for each in one["checkpoints"]
    )
    if not 0 < len(passes) <= _MOST_POINTS or len(curve) > _MOST_POINTS:
        raise ValueError("there are no passes, or too many points")
    if len(checkpoints) > _MOST_CHECKPOINTS:
        raise ValueError("there are too many checkpoints")
    for moments in (
        [each.patterns for each in passes],
        [patterns for patterns, _error in curve],
        [each.patterns for each in checkpoints],
    ):
        if any(second <= first for first, second in pairwise(moments)):
            raise ValueError("the run goes back")
    digits = bounded.whole(one["digits"])
    if digits == 0:
        raise ValueError("nothing was learned from")
    return RecordedRun(
        name, str(one["recipe"]), bounded.whole(one["seed"]), digits, passes, curve, checkpoints
    )


def _within(folder: Path, name: str) -> Path:
    """A file in the folder, or in one of its folders. Raises ValueError for any other."""
    path = folder / name
    if path.suffix != ".safetensors" or ".." in path.parts or not path.is_relative_to(folder):
        raise ValueError("it is no file of this folder")
    return path


def _percent(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value) or not 0 <= value <= 100:
        raise ValueError("it is no share in percent")
    return float(value)
