"""What the ten penalties say, in one place for the page, the command line and the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.spec import CLASSES


def sentences() -> dict[str, str]:
    """The sentences of an answer, with places for digits and distances, by what they say.

    The browser fills in the same ones while the pen moves.
    """
    return {
        "recognised": _(
            "The network reads {digit}: its code is {distance} away. "
            "Runner-up: {runner_up}, {runner_up_distance} away."
        ),
        "rejected": _(
            "Unlike any digit the network knows. The nearest code is that of {digit}, "
            "{distance} away."
        ),
        "empty": _("No ink yet. This is the network at rest: draw a digit."),
    }


@dataclass(frozen=True)
class Answer:
    """The nearest code and the next, as squared distances (eq. 7), and whether to believe it."""

    digit: int
    distance: float
    runner_up: int
    runner_up_distance: float
    rejected: bool

    @classmethod
    def of(cls, penalties: Sequence[float], rejection: float) -> Answer:
        """Read ten penalties in digit order; the smallest wins.

        A drawing whose nearest code is further away than ``rejection`` is no digit the
        network knows. Raises ValueError unless there are exactly ten penalties.
        """
        if len(penalties) != len(CLASSES):
            raise ValueError(f"An answer needs {len(CLASSES)} penalties, not {len(penalties)}.")
        first, second = sorted(range(len(CLASSES)), key=lambda digit: penalties[digit])[:2]
        distance = float(penalties[first])
        return cls(first, distance, second, float(penalties[second]), distance > rejection)

    @property
    def headline(self) -> str:
        """The digit, with a question mark when it is not to be believed."""
        return f"{CLASSES[self.digit]}?" if self.rejected else CLASSES[self.digit]

    @property
    def sentence(self) -> str:
        """The answer in words, distances with two decimals."""
        return sentences()["rejected" if self.rejected else "recognised"].format(
            digit=CLASSES[self.digit],
            distance=number(self.distance, 2),
            runner_up=CLASSES[self.runner_up],
            runner_up_distance=number(self.runner_up_distance, 2),
        )
