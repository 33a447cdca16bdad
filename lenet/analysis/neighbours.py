"""F6 of the 5,000 packaged digits, laid flat, and which of them are nearest to a drawing."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from safetensors.numpy import load as parse

from lenet.analysis import results
from lenet.analysis.mistakes import FOLDER
from lenet.analysis.plane import Plane
from lenet.codes import DIGITS as CODES
from lenet.mnist import FILES, HELD_BACK_PER_CLASS
from lenet.spec import AMPLITUDE, CLASSES

F6 = "f6.safetensors"
"""The file in ``FOLDER``; ``python -m lenet report --answers`` writes it."""

LEVELS = 255
"""Steps between the limits of the squashing function, in which the values are written."""

COUNT = HELD_BACK_PER_CLASS * len(CLASSES)


@dataclass(frozen=True, eq=False)
class Packaged:
    """F6 of digits that no network trained on.

    Args:
        network: the identity of the weights.
        f6: (n, 84) after squashing, within a 255th of the range of the exact values.
        map: (n, 2), where near digits lie near one another; it has no unit.
        labels: (n,) the classes.
        indices: (n,) places in MNIST's training set.
        trustworthiness: of the map, from 0 to 1: how far its ten nearest are nearest in F6 as well.
    """

    network: str
    f6: np.ndarray
    map: np.ndarray
    labels: np.ndarray
    indices: np.ndarray
    trustworthiness: float

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def plane(self) -> Plane:
        """The first two principal components."""
        return Plane.through(self.f6)

    @cached_property
    def wrong(self) -> np.ndarray:
        """(n,) bool: what is misread, by the same distances as everywhere."""
        distances = ((self.f6[:, None] - CODES[None]) ** 2).sum(2)
        return distances.argmin(1) != self.labels

    def nearest(self, f6: np.ndarray, count: int) -> np.ndarray:
        """Places of the digits whose F6 is nearest to one (84,), the nearest first."""
        away = ((self.f6 - f6) ** 2).sum(1)
        return np.argsort(away, kind="stable")[:count]


def written(f6: np.ndarray) -> np.ndarray:
    """Values of F6 as bytes."""
    return np.rint((f6 / AMPLITUDE + 1) / 2 * LEVELS).clip(0, LEVELS).astype(np.uint8)


def packaged(folder: Path = FOLDER) -> Packaged:
    """What is recorded of the shipped network. Raises DataError."""
    return results.read(folder / F6, _packaged)


def _packaged(content: bytes) -> Packaged:
    arrays, facts = parse(content), results.metadata(content)
    f6, flat, labels, indices = (arrays[name] for name in ("f6", "map", "labels", "indices"))
    network, trustworthiness = facts["network"], float(facts["trustworthiness"])
    train = FILES["train"].labels.shape[0]
    if (
        [each.dtype for each in (f6, flat, labels, indices)]
        != [np.uint8, np.float16, np.uint8, np.uint16]
        or not 2 < len(f6) <= COUNT
        or f6.shape != (len(f6), CODES.shape[1])
        or flat.shape != (len(f6), 2)
        or not np.isfinite(flat).all()
        or labels.shape != (len(f6),)
        or indices.shape != (len(f6),)
        or labels.max() >= len(CLASSES)
        or indices.max() >= train
        or not math.isfinite(trustworthiness)
        or not 0 <= trustworthiness <= 1
        or not re.fullmatch(r"[0-9a-f]{64}", network)
    ):
        raise ValueError("it does not hold F6 of each digit")
    values = (f6.astype(np.float32) / LEVELS * 2 - 1) * AMPLITUDE
    return Packaged(
        network,
        values.astype(np.float32),
        flat.astype(np.float32),
        labels,
        indices.astype(np.int64),
        trustworthiness,
    )
