"""What was measured of the other networks, as ``python -m lenet report`` has recorded it.

Each file is read by itself, so that one that is missing or damaged takes only its own part away.
The texts of the errors say which it is and what to do.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from PIL import Image
from safetensors import SafetensorError
from safetensors.numpy import load as parse

from lenet.catalogue import gettext as _
from lenet.files import bounded
from lenet.mnist import FILES, HELD_BACK_PER_CLASS, DataError, Digits
from lenet.spec import CLASSES
from lenet.variants import FOLDER

RESULTS, HISTORIES, CLAIMS = "results.json", "histories.json", "claims.json"
ANSWERS, DIGITS = "answers.safetensors", "digits.png"
"""The files in ``lenet.variants.FOLDER``; the facts about ``DIGITS`` are in a .json beside it."""

LEVELS = (10, 5, 2, 1)
"""Training errors in percent, of which it is recorded when a network has come down to them."""

EPOCH = FILES["train"].labels.shape[0] - HELD_BACK_PER_CLASS * len(CLASSES)
"""Patterns of an epoch: those of MNIST that train."""

DISTORTED = "lenet5-plain+distortions"
"""The name of LeNet-5 of the same budget, trained with distortions."""

MOST_DIGITS = 250
"""Pictures of MNIST's test set that are shipped at most."""

_LARGEST = 4_000_000  # bytes of each file
_MOST_NETWORKS = 100
_MOST_SEEDS = 100
_MOST_POINTS = 10_000  # of a curve

T = TypeVar("T")


@dataclass(frozen=True)
class Spread:
    """A figure of several runs: ``each``, their mean, and their standard deviation if given.

    In ``each`` a run that has no such figure is None; ``mean`` is None where any has none.
    """

    mean: float | None
    each: tuple[float | None, ...]
    standard_deviation: float | None = None


@dataclass(frozen=True)
class Result:
    """What a network is and what came out of its runs.

    Args:
        name: the network's.
        parameters: trained ones.
        connections: as ``lenet.spec`` counts them.
        multiply_adds: for one digit.
        step_size: the highest learning rate, chosen among those of ``search``.
        search: step size -> error in percent of the held-back digits.
        seeds: of the runs that all spreads are of.
        test_error: percent of MNIST's test digits.
        held_back_error: percent of the held-back digits.
        epochs_to: training error in percent -> epochs until then; None unless all runs came there.
        seconds_to: the same in seconds of one processor.
        processor_seconds: of a whole run.
    """

    name: str
    parameters: int
    connections: int
    multiply_adds: int
    step_size: float
    search: Mapping[float, float]
    seeds: tuple[int, ...]
    test_error: Spread
    held_back_error: Spread
    epochs_to: Mapping[int, Spread | None]
    seconds_to: Mapping[int, Spread | None]
    processor_seconds: Spread


@dataclass(frozen=True, eq=False)
class History:
    """How a run went: at every point what was seen and how much of it was read wrongly.

    ``patterns``, ``training_error`` (percent, since the point before) and ``processor_seconds``
    (from the beginning) have one value a point; ``held_back`` (percent) one an epoch.
    """

    seed: int
    patterns: np.ndarray
    training_error: np.ndarray
    processor_seconds: np.ndarray
    held_back: tuple[float, ...]

    @property
    def epochs(self) -> np.ndarray:
        """Passes through the digits that train, at every point."""
        return self.patterns / EPOCH


@dataclass(frozen=True)
class Voting:
    """Test error of a network alone, and when the answers for shifted copies are added up."""

    network: str
    shifts: int
    plain: Spread
    voted: Spread


@dataclass(frozen=True, eq=False)
class Answers:
    """What networks answer for MNIST's test digits.

    ``answers`` is (networks, digits), in the order of ``networks``; ``labels`` is (digits,).
    """

    networks: tuple[str, ...]
    answers: np.ndarray
    labels: np.ndarray

    def of(self, names: list[str]) -> np.ndarray:
        """(names, digits). Raises KeyError for a network that is not there."""
        rows = {name: row for row, name in enumerate(self.networks)}
        return self.answers[[rows[name] for name in names]]


def results(folder: Path = FOLDER) -> dict[str, Result]:
    """Every network's results by its name. Raises DataError."""
    return read(folder / RESULTS, lambda content: _each_network(content, _result))


def histories(folder: Path = FOLDER) -> dict[str, tuple[History, ...]]:
    """Every network's runs by its name. Raises DataError."""
    return read(folder / HISTORIES, lambda content: _each_network(content, _histories))


def voting(folder: Path = FOLDER) -> Voting:
    """What adding up the answers for shifted copies gives. Raises DataError."""
    return read(folder / CLAIMS, _voting)


def answers(folder: Path = FOLDER) -> Answers:
    """The networks' answers for MNIST's test digits. Raises DataError."""
    return read(folder / ANSWERS, _answers)


def digits(folder: Path = FOLDER) -> Digits:
    """Those of MNIST's test digits whose pictures are here, by their places. Raises DataError."""
    facts = folder / Path(DIGITS).with_suffix(".json")
    return read(folder / DIGITS, lambda sheet: _digits(sheet, _json(bounded.read(facts, _LARGEST))))


def read(path: Path, parsed: Callable[[bytes], T]) -> T:
    """What a recorded file holds, as ``parsed`` reads its bytes.

    Raises DataError, with a sentence, where the file is missing, or ``parsed`` raises one of the
    errors that a damaged file gives.
    """
    try:
        return parsed(bounded.read(path, _LARGEST))
    except FileNotFoundError as error:
        sentence = _(
            "{path} is missing, so a part of this page is too; restore it from the project, or "
            "make it again with `python -m lenet report`."
        )
        raise DataError(sentence.format(path=error.filename or path)) from error
    except _DAMAGED as error:
        sentence = _(
            "{path} is damaged, so a part of this page is missing; restore it from the project, "
            "or make it again with `python -m lenet report`."
        )
        raise DataError(sentence.format(path=path)) from error


_DAMAGED = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    OverflowError,
    SafetensorError,
    Image.DecompressionBombError,
)


def metadata(safetensors: bytes) -> dict[str, str]:
    """What is written beside the arrays. Raises ValueError or KeyError where there is nothing."""
    length = int.from_bytes(safetensors[:8], "little")
    found: dict[str, str] = _json(safetensors[8 : 8 + length])["__metadata__"]
    return found


def _json(content: bytes) -> dict[str, Any]:
    found = bounded.parse_json(content)
    if not isinstance(found, dict):
        raise ValueError("it is no object")
    return found


def _each_network(content: bytes, read: Callable[[str, Any], T]) -> dict[str, T]:
    found = _json(content)
    if len(found) > _MOST_NETWORKS:
        raise ValueError("there are not that many networks")
    return {name: read(name, described) for name, described in found.items()}


def _result(name: str, one: dict[str, Any]) -> Result:
    return Result(
        name,
        bounded.whole(one["parameters"]),
        bounded.whole(one["connections"]),
        bounded.whole(one["multiply_adds"]),
        _number(one["step_size"]),
        {_number(float(size)): _number(error) for size, error in one["search"].items()},
        tuple(bounded.whole(seed) for seed in one["seeds"]),
        _complete(one["test_error_percent"]),
        _complete(one["held_back_error_percent"]),
        _to_levels(one["epochs_to"]),
        _to_levels(one["seconds_to"]),
        _complete(one["processor_seconds"]),
    )


def _histories(name: str, runs: list[dict[str, Any]]) -> tuple[History, ...]:
    if not isinstance(runs, list) or not 0 < len(runs) <= _MOST_SEEDS:
        raise ValueError("there are no runs, or too many")
    return tuple(map(_history, runs))


def _history(run: dict[str, Any]) -> History:
    curve = run["curve"]
    if not 0 < len(curve) <= _MOST_POINTS:
        raise ValueError("a curve has no points, or too many")
    columns = ("patterns", "training_error_percent", "processor_seconds")
    patterns, errors, seconds = (
        np.array([_number(point[column]) for point in curve]) for column in columns
    )
    if any(second <= first for first, second in pairwise(patterns)):
        raise ValueError("a curve goes back")
    held_back = tuple(_number(error) for error in run["held_back"])
    return History(bounded.whole(run["seed"]), patterns, errors, seconds, held_back)


def _voting(content: bytes) -> Voting:
    found = _json(content)["voting"]
    return Voting(
        str(found["network"]),
        bounded.whole(found["shifts"]),
        _complete(found["plain"]),
        _complete(found["voted"]),
    )


def _answers(content: bytes) -> Answers:
    tensors = parse(content)
    found, labels = tensors["answers"], tensors["labels"]
    networks = tuple(metadata(content)["networks"].split(","))
    if (
        found.dtype != np.uint8
        or labels.dtype != np.uint8
        or found.shape != (len(networks), len(labels))
        or max(found.max(), labels.max()) >= len(CLASSES)
    ):
        raise ValueError("it does not hold an answer for each network and digit")
    return Answers(networks, found, labels)


def _digits(sheet: bytes, facts: dict[str, Any]) -> Digits:
    indices = np.array([bounded.whole(index) for index in facts["indices"]], dtype=np.int64)
    labels = np.array([bounded.whole(label) for label in facts["labels"]], dtype=np.uint8)
    rows, columns = FILES["test"].images.shape[1:]
    with Image.open(io.BytesIO(sheet), formats=("PNG",)) as picture:
        cells = picture.width // columns * (picture.height // rows)
        if (
            picture.mode != "L"
            or picture.width % columns
            or picture.height % rows
            or not len(indices) == len(labels) <= min(MOST_DIGITS, cells)
            or cells > 2 * MOST_DIGITS
        ):
            raise ValueError("the sheet does not hold what is described")
        pixels = np.asarray(picture)
    images = pixels.reshape(picture.height // rows, rows, -1, columns).swapaxes(1, 2)
    return Digits(images.reshape(-1, rows, columns)[: len(indices)], labels, indices)


def _to_levels(found: dict[str, Any]) -> dict[int, Spread | None]:
    return {level: _spread(found[str(level)]) for level in LEVELS}


def _complete(found: Any) -> Spread:
    spread = _spread(found)
    if spread is None or spread.mean is None or None in spread.each:
        raise ValueError("a figure is missing")
    return spread


def _spread(found: Any) -> Spread | None:
    """None where nothing was reached."""
    if found is None:
        return None
    each = tuple(None if value is None else _number(value) for value in found["each"])
    if not 0 < len(each) <= _MOST_SEEDS:
        raise ValueError("there are no runs, or too many")
    mean, deviation = found["mean"], found.get("standard_deviation")
    return Spread(
        None if mean is None or None in each else _number(mean),
        each,
        None if deviation is None else _number(deviation),
    )


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value) or value < 0:
        raise ValueError("it is no figure")
    return float(value)
