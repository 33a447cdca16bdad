"""OUTPUT: the squared distance of F6 to each class's fixed code (eq. 7).

No root, no half, no trainable parameter; the smallest distance wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lenet import codes
from lenet.kinds.base import Kind, Numbers, Tensors, Unit

if TYPE_CHECKING:
    from torch import Tensor

    from lenet.spec import Layer


@dataclass(frozen=True, eq=False, kw_only=True)
class Distance(Unit):
    """An output: the squared distance of F6 from this class's code, and from its rival's.

    ``f6``, ``code`` and ``rival_code`` are (12, 7). The rival is the nearest other code: the
    runner-up if this class has won, and otherwise the winner.
    """

    f6: Numbers
    code: Numbers
    rival: int
    rival_code: Numbers

    @cached_property
    def squares(self) -> Numbers:
        """(12, 7): the squared differences that add up to the value."""
        return (self.f6 - self.code) ** 2

    @property
    def value(self) -> float:
        return float(self.squares.sum())

    @cached_property
    def advantage(self) -> Numbers:
        """(12, 7): how much nearer this code is than the rival's, place by place.

        Positive where F6 speaks for this class, 0 where the two codes agree.
        """
        return (self.f6 - self.rival_code) ** 2 - self.squares

    @property
    def rival_value(self) -> float:
        return self.value + self.gap

    @property
    def gap(self) -> float:
        """The rival's penalty minus this one: the advantages added up."""
        return float(self.advantage.sum())


def rival_of(unit: Unit, penalties: Numbers) -> int:
    """The class with the smallest penalty among all but the unit's own."""
    others = [other for other in range(len(penalties)) if other != unit.map]
    return min(others, key=lambda other: float(penalties[other]))


class RadialBasis(Kind):
    """Ten fixed codes of 84 places, one for each class."""

    def fixed(self, layer: Layer) -> dict[str, Tensor]:
        import torch

        return {"codes": torch.from_numpy(codes.DIGITS.copy())}

    def connections(self, layer: Layer) -> int:
        return layer.kernels

    def connection_terms(self, layer: Layer) -> str:
        return f"{layer.maps} × {layer.maps_before}"

    def sums(self, layer: Layer, tensors: Tensors, x: Tensor) -> Tensor:
        """(N, 84, h, w) -> (N, 10, h, w)."""
        return (x[:, None] - tensors["codes"][:, :, None, None]).square().sum(2)

    def explain(self, unit: Unit, tensors: Tensors, sources: Numbers, output: Numbers) -> Distance:
        rival = rival_of(unit, output)
        picture = (codes.ROWS, codes.COLUMNS)
        own, other = (codes.DIGITS[digit].astype(np.float64) for digit in (unit.map, rival))
        return Distance(
            unit.layer,
            *unit.place,
            f6=sources.reshape(picture),
            code=own.reshape(picture),
            rival=rival,
            rival_code=other.reshape(picture),
        )
