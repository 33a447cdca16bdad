"""The sentences and tables of the output codes page; every number in them is computed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from lenet import codes, spec
from lenet.analysis import posterior
from lenet.analysis.resemblance import neighbours
from lenet.units import Distance

NEIGHBOURS = 5
"""How many of a character's nearest are named."""

_ALIKE = ("O", "o", "0")

_DECISIVE = 5
"""How many of the places that decide most are named."""


def verdict(answer: Distance) -> str:
    """Winner, runner-up, and the places that make the difference."""
    name, rival = spec.CLASSES[answer.map], spec.CLASSES[answer.rival]
    advantage = answer.advantage.ravel()
    apart = int(np.count_nonzero(answer.code != answer.rival_code))
    first = np.argsort(-np.abs(advantage), kind="stable")[: min(_DECISIVE, apart)]
    listed = ", ".join(
        f"({place // spec.CODE_COLUMNS},{place % spec.CODE_COLUMNS}) {_signed(advantage[place])}"
        for place in first
    )
    against = int((advantage < 0).sum())
    return (
        f"{name} wins with a distance of **{answer.value:.2f}** against {rival}'s "
        f"**{answer.rival_value:.2f}**. Only the {apart} of {spec.CODE_UNITS} places in which "
        f"their codes differ decide; {against} of them speak for {rival}. "
        f"Most decisive, as (row,column): {listed}."
    )


def extremes() -> str:
    """The nearest and the farthest pair of codes."""
    matrix = codes.distances()
    pairs = [(matrix[a, b], a, b) for a in range(len(matrix)) for b in range(a)]
    least, most = min(pairs), max(pairs)
    names = {
        end: ", ".join(
            f"{spec.CLASSES[b]}\u2013{spec.CLASSES[a]}" for d, a, b in sorted(pairs) if d == value
        )
        for end, value in [("least", least[0]), ("most", most[0])]
    }
    return (
        f"Nearest: {names['least']}, {least[0]:.0f}. Farthest: {names['most']}, {most[0]:.0f}. "
        "Every bit that differs adds four."
    )


def resembling(character: str) -> str:
    """A character's nearest neighbours, in bits that differ."""
    listed = ", ".join(
        f"`{other}` ({bits} bit{'s' if bits > 1 else ''})"
        for other, bits in neighbours(character, NEIGHBOURS)
    )
    return f"Nearest to `{character}`: {listed}."


def confusable() -> str:
    """How far apart the characters lie that people confuse, too."""
    pairs = [
        f"`{one}` and `{other}` {np.count_nonzero(codes.ASCII[one] != codes.ASCII[other])}"
        for one, other in itertools.combinations(_ALIKE, 2)
    ]
    return f"Bits in which they differ: {', '.join(pairs)}."


def believed(penalties: np.ndarray, labels: np.ndarray, threshold: float) -> str:
    """What a threshold does to the samples."""
    shares = posterior.rejection(penalties, labels, np.array([threshold]))
    return (
        f"Of {len(labels)} samples {shares.right[0]:.1%} are believed and right, "
        f"{shares.wrong[0]:.1%} believed and wrong, {shares.rejected[0]:.1%} rejected."
    )


def strangers(
    names: Sequence[str], penalties: np.ndarray, threshold: float, j: float
) -> dict[str, list[str]]:
    """A table: nearest code, verdict, rubbish's posterior, and a softmax's confidence."""
    rubbish = posterior.with_rubbish(penalties, j)[:, -1]
    confidence = posterior.softmax(penalties).max(1)
    nearest, distance = penalties.argmin(1), penalties.min(1)
    return {
        "no digit": list(names),
        "nearest code": [
            f"{spec.CLASSES[n]}, {d:.1f} away" for n, d in zip(nearest, distance, strict=True)
        ],
        "verdict": ["believed" if d <= threshold else "rejected" for d in distance],
        f"rubbish, j = {j:g}": [f"{share:.1%}" for share in rubbish],
        "softmax's confidence": [f"{share:.1%}" for share in confidence],
    }


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "\u2212")
