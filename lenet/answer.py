"""What the ten penalties say, in one place for the page, the command line and the browser."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lenet.catalogue import gettext as _
from lenet.catalogue import number, percent
from lenet.spec import LENET5, Architecture


def sentences() -> dict[str, str]:
    """The sentences of an answer, with places for digits and numbers, by what they say.

    The browser fills in the same ones while the pen moves.
    """
    return {
        "recognised": _(
            "The network reads {digit}: its code is {distance} away. "
            "Runner-up: {runner_up}, {runner_up_distance} away."
        ),
        "rejected": _("No digit it knows; nearest {digit}, at {distance}."),
        "probable": _(
            "The network reads {digit}: its penalty is {penalty}, a probability of {share}. "
            "Runner-up: {runner_up}, {runner_up_penalty}."
        ),
        "empty": _("No ink yet. This is the network at rest: draw a digit."),
    }


@dataclass(frozen=True)
class Answer:
    """The class of the smallest penalty and the next, and whether to believe it.

    Penalties are squared distances to codes (eq. 7) where the ``architecture`` has codes, and
    -log p elsewhere.
    """

    digit: int
    distance: float
    runner_up: int
    runner_up_distance: float
    rejected: bool
    architecture: Architecture = LENET5

    @classmethod
    def of(
        cls, penalties: Sequence[float], rejection: float, architecture: Architecture = LENET5
    ) -> Answer:
        """Read the penalties of all classes in their order; the smallest wins.

        A drawing whose nearest code is further away than ``rejection`` is no digit the
        network knows. A network without codes has no distances, so it turns nothing down.
        Raises ValueError unless there is one penalty for each class.
        """
        classes = architecture.classes
        if len(penalties) != len(classes):
            raise ValueError(f"An answer needs {len(classes)} penalties, not {len(penalties)}.")
        first, second = sorted(range(len(classes)), key=lambda digit: penalties[digit])[:2]
        distance = float(penalties[first])
        rejected = architecture.has_codes and distance > rejection
        return cls(first, distance, second, float(penalties[second]), rejected, architecture)

    @property
    def winner(self) -> int | None:
        """The class that is recognised; none where the drawing is no digit."""
        return None if self.rejected else self.digit

    @property
    def headline(self) -> str:
        """The digit, or a question mark where the drawing is none."""
        return "?" if self.rejected else self.architecture.classes[self.digit]

    @property
    def sentence(self) -> str:
        """The answer in words, distances and penalties with two decimals."""
        classes, known = self.architecture.classes, sentences()
        digit, runner_up = classes[self.digit], classes[self.runner_up]
        nearest, next_ = number(self.distance, 2), number(self.runner_up_distance, 2)
        if self.rejected:
            return known["rejected"].format(digit=digit, distance=nearest)
        if not self.architecture.has_codes:
            return known["probable"].format(
                digit=digit,
                penalty=nearest,
                share=percent(math.exp(-self.distance)),
                runner_up=runner_up,
                runner_up_penalty=next_,
            )
        return known["recognised"].format(
            digit=digit, distance=nearest, runner_up=runner_up, runner_up_distance=next_
        )
