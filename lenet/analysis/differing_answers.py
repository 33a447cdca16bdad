"""Where networks answer differently, and who of them is right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True, eq=False)
class DifferingAnswers:
    """``answers`` (networks, digits) for digits with ``labels`` (digits,)."""

    answers: np.ndarray
    labels: np.ndarray

    @cached_property
    def places(self) -> np.ndarray:
        """Places of the digits for which not all answers are the same, in their order."""
        return np.flatnonzero((self.answers != self.answers[:1]).any(axis=0))

    @cached_property
    def wrong(self) -> np.ndarray:
        """(networks,): how many digits each misreads."""
        return (self.answers != self.labels).sum(axis=1)

    @cached_property
    def apart(self) -> np.ndarray:
        """(networks, networks): for how many digits two of them answer differently."""
        return (self.answers[:, None] != self.answers).sum(axis=2)

    @cached_property
    def alone_right(self) -> np.ndarray:
        """(networks,): how many digits each reads rightly that no other one does."""
        right = self.answers == self.labels
        return (right & (right.sum(axis=0) == 1)).sum(axis=1)
