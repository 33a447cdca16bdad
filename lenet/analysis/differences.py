"""Whether two figures of several runs differ: only if their spreads do not overlap."""

from __future__ import annotations

from dataclasses import dataclass

from lenet.analysis.results import Spread
from lenet.catalogue import gettext as _
from lenet.catalogue import number


@dataclass(frozen=True)
class Difference:
    """One mean minus another, and how large it has to be: the standard deviations together.

    ``spread`` is None where one of the two has a single run, so that nobody knows it.
    """

    value: float
    spread: float | None

    @property
    def is_one(self) -> bool:
        """Whether mean ± standard deviation of the one lies clear of that of the other."""
        return self.spread is not None and abs(self.value) > self.spread


def between(one: Spread, other: Spread) -> Difference:
    """``one`` minus ``other``. Raises ValueError for a figure that was never reached."""
    if one.mean is None or other.mean is None:
        raise ValueError("what was not reached differs from nothing")
    deviations = (one.standard_deviation, other.standard_deviation)
    known = [deviation for deviation in deviations if deviation is not None]
    spread = sum(known) if len(known) == len(deviations) else None
    return Difference(one.mean - other.mean, spread)


def with_spread(spread: Spread) -> str:
    """A mean with the standard deviation over the seeds, as far as there is one."""
    if spread.mean is None:
        raise ValueError("what was not reached has no mean")
    if spread.standard_deviation is None:
        return number(spread.mean, 2)
    pair = _("{mean} ± {deviation}").format(
        mean=number(spread.mean, 2), deviation=number(spread.standard_deviation, 2)
    )
    return pair.replace(" ", "\u00a0")  # one figure, on one line
