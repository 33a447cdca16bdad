"""Squashing functions by name: what a layer's sums go through to become its values.

A function is given twice, for tensors and for a single number, and as Python source. Its twin
in the browser is ``assets/engine/kinds.js``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

AMPLITUDE, SLOPE = 1.7159, 2 / 3
"""The paper's squashing function is AMPLITUDE * tanh(SLOPE * a) (eq. 6 and appendix A)."""


@dataclass(frozen=True)
class Squashing:
    """One squashing function: ``of_tensor`` for any shape, ``of_number`` for a float."""

    of_tensor: Callable[[Tensor], Tensor]
    of_number: Callable[[float], float]


def _scaled_tanh(a: Tensor) -> Tensor:
    return AMPLITUDE * a.mul(SLOPE).tanh()


SQUASHINGS: dict[str, Squashing] = {
    "tanh": Squashing(_scaled_tanh, lambda a: AMPLITUDE * math.tanh(SLOPE * a)),
    "plain tanh": Squashing(lambda a: a.tanh(), math.tanh),
    "sigmoid": Squashing(lambda a: a.sigmoid(), lambda a: (1 + math.tanh(a / 2)) / 2),
    "relu": Squashing(lambda a: a.relu(), lambda a: max(a, 0.0)),
}
"""Every squashing function; ``Layer.squash`` names one of them. "tanh" is the paper's."""
