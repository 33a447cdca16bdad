"""What LeNet-5 makes of MNIST's 10,000 test digits: its mistakes, the paper's, and its doubts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from safetensors.numpy import load as parse

from lenet.analysis import results
from lenet.analysis.results import MOST_DIGITS
from lenet.spec import CLASSES

FOLDER = Path(__file__).parents[2] / "assets" / "test_set"
"""Where ``python -m lenet report --answers`` writes what pages show of the test set."""

DISTANCES = "distances.safetensors"
"""The file there with the distances; the pictures are called as ``lenet.analysis.results`` says."""

_FIGURE_8 = """
247:4>6 449:3>5 582:8>2 659:2>1 674:5>3 829:4>8 926:2>8 938:3>5 1014:6>5 1039:7>3 1232:9>4
1319:8>0 1328:7>8 1393:5>3 1530:8>7 1621:0>6 1681:3>7 1790:2>7 1878:8>3 1901:9>4 1955:8>2
2035:5>3 2043:4>8 2109:3>9 2118:6>0 2129:9>8 2130:4>9 2135:6>1 2293:9>4 2387:9>1 2414:9>4
2462:2>0 2654:6>1 2921:3>5 2927:3>2 2939:9>5 3030:6>0 3422:6>0 3520:6>0 3762:6>8 3780:4>6
3808:7>3 3869:9>4 3941:4>6 4176:2>7 4224:9>7 4265:4>3 4369:9>4 4405:9>4 4425:9>4 4497:8>7
4575:4>2 4601:8>4 4740:3>5 4956:8>4 5736:6>5 5749:8>5 5955:3>8 5973:3>8 6091:9>8 6101:1>5
6173:9>8 6538:6>3 6557:0>2 6558:6>5 6571:9>5 6597:0>7 6783:1>6 7434:4>9 8059:2>1 8094:2>8
8408:8>5 8527:4>9 9009:7>2 9015:7>2 9679:6>5 9692:9>7 9698:6>1 9729:5>6 9770:5>0 9792:4>9
9904:2>8
"""


@dataclass(frozen=True)
class PaperMistake:
    """A digit of Fig. 8: its place in the test set, its label, and what 1998's network read."""

    index: int
    label: int
    answer: int


def _read(entry: str) -> PaperMistake:
    index, label, answer = entry.replace(">", ":").split(":")
    return PaperMistake(int(index), int(label), int(answer))


FIGURE_8 = tuple(_read(entry) for entry in _FIGURE_8.split())
"""The 82 of the network trained with distortions, found in the test set by their pixels."""

MOST_TYPICAL, LEAST_TYPICAL, TAKEN_FOR = 6, 6, 5
"""How many of each class are shown: nearest to their code, furthest from it, and others near it."""

FIRST_HALF = 5_000
"""Test digits before this one are those that MNIST's authors say come from NIST's SD-3."""

FIGURE_10 = {"boosted-lenet4": 0.5, "lenet4": 1.8, "lenet1": 3.7}
"""Percent of the test digits that the paper's networks have to turn down for an error of 0.5 %."""

FIGURE_10_ERROR = 0.5

ERRORS = (0.5, 0.4, 0.3, 0.2, 0.1, 0.0)
"""Errors in percent, of which it is told what share has to be turned down to come to them."""


@dataclass(frozen=True, eq=False)
class Readings:
    """The distances (n, 10) of digits with ``labels`` (n,) to the ten codes.

    ``network`` is the identity of the weights that gave them.
    """

    network: str
    distances: np.ndarray
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def answers(self) -> np.ndarray:
        """(n,): the class of the nearest code."""
        return self.distances.argmin(1)

    @cached_property
    def nearest(self) -> np.ndarray:
        """(n,): the distance to that code."""
        return self.distances.min(1)

    @cached_property
    def own(self) -> np.ndarray:
        """(n,): the distance to the code of the label."""
        return self.distances[np.arange(len(self)), self.labels]

    @cached_property
    def gaps(self) -> np.ndarray:
        """(n,): how much further away the second nearest code is than the nearest."""
        first, second = np.partition(self.distances, 1, axis=1)[:, :2].T
        return second - first

    @cached_property
    def wrong(self) -> np.ndarray:
        """(n,) bool: what is not read as it is labelled."""
        return self.answers != self.labels

    @cached_property
    def mistakes(self) -> np.ndarray:
        """Places of the digits that are misread, in their order."""
        return np.flatnonzero(self.wrong)

    @cached_property
    def confusions(self) -> np.ndarray:
        """(10, 10): of the digits with a label (row), how many are read as each class (column)."""
        table = np.zeros((len(CLASSES), len(CLASSES)), dtype=np.int64)
        np.add.at(table, (self.labels, self.answers), 1)
        return table

    def most_typical(self, digit: int) -> np.ndarray:
        """Places of those of a class that are nearest to its code, the nearest first."""
        return self._ordered(self.labels == digit, self.own)[:MOST_TYPICAL]

    def least_typical(self, digit: int) -> np.ndarray:
        """Places of those of a class that are furthest from its code, the furthest first."""
        return self._ordered(self.labels == digit, -self.own)[:LEAST_TYPICAL]

    def taken_for(self, digit: int) -> np.ndarray:
        """Places of those of the other classes that are nearest to this one's code."""
        return self._ordered(self.labels != digit, self.distances[:, digit])[:TAKEN_FOR]

    def _ordered(self, mask: np.ndarray, by: np.ndarray) -> np.ndarray:
        places = np.flatnonzero(mask)
        return places[np.argsort(by[places], kind="stable")]

    def shown(self) -> np.ndarray:
        """Places of the digits whose pictures come with the app, in their order.

        All mistakes of 1998 and of this network, and what is typical of each class; if there are
        more than ``MOST_DIGITS``, those that are typical give way.
        """
        chosen = dict.fromkeys(
            [*(one.index for one in FIGURE_8 if one.index < len(self)), *self.mistakes.tolist()]
        )
        rows = [
            [*self.most_typical(digit), *self.least_typical(digit), *self.taken_for(digit)]
            for digit in range(len(CLASSES))
        ]
        for column in zip(*rows, strict=True):
            chosen.update(dict.fromkeys(int(place) for place in column))
        return np.sort(list(chosen)[:MOST_DIGITS])


def readings(folder: Path = FOLDER) -> Readings:
    """What is recorded of the shipped network. Raises DataError."""
    return results.read(folder / DISTANCES, _readings)


def _readings(content: bytes) -> Readings:
    arrays = parse(content)
    distances, labels = arrays["distances"], arrays["labels"]
    network = results.metadata(content)["network"]
    if (
        distances.dtype != np.float16
        or labels.dtype != np.uint8
        or distances.shape != (len(labels), len(CLASSES))
        or not np.isfinite(distances).all()
        or distances.min(initial=0) < 0
        or set(labels.tolist()) != set(range(len(CLASSES)))
        or not re.fullmatch(r"[0-9a-f]{64}", network)
    ):
        raise ValueError("it does not hold the distances of each digit")
    return Readings(network, distances.astype(np.float32), labels)


@dataclass(frozen=True, eq=False)
class Beside1998:
    """Places of the paper's mistakes that are ``solved`` or ``still`` made, and of ``new`` ones."""

    solved: np.ndarray
    still: np.ndarray
    new: np.ndarray


def beside_1998(found: Readings) -> Beside1998:
    """What has become of the 82, and what they did not contain."""
    paper = np.array([one.index for one in FIGURE_8])
    still = np.isin(paper, found.mistakes)
    return Beside1998(paper[~still], paper[still], np.setdiff1d(found.mistakes, paper))


@dataclass(frozen=True, eq=False)
class Rejection:
    """Shares of digits turned down, and the error of the others, both from 0 to 1.

    The least certain digit goes first. Where several are equally certain, they go together.
    """

    rejected: np.ndarray
    error: np.ndarray

    def needed(self, error: float) -> float:
        """The smallest share that has to be turned down for an error of at most so much."""
        reached = np.flatnonzero(self.error <= error)
        return float(self.rejected[reached[0]]) if len(reached) else 1.0


def rejection(certainty: np.ndarray, wrong: np.ndarray) -> Rejection:
    """What turning down costs and gains; ``certainty`` (n,) is higher for what is surer.

    Both results begin with nothing turned down and end where no mistake is left.
    """
    order = np.argsort(certainty, kind="stable")
    count = len(order)
    left = wrong.sum() - np.concatenate([[0], np.cumsum(wrong[order])])[:-1]
    sorted_certainty = certainty[order]
    whole = np.concatenate([[True], sorted_certainty[1:] > sorted_certainty[:-1]])
    rejected = np.arange(count)[whole]
    error = left[whole] / (count - rejected)
    end = int(np.argmax(error == 0)) + 1 if (error == 0).any() else len(error)
    return Rejection(rejected[:end] / count, error[:end])
