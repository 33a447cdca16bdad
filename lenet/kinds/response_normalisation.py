"""Local response normalisation: a value over the strength of the maps beside it.

Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional Neural Networks",
NIPS 2012, section 3.3: b = a / (k + alpha * sum of squares)^beta, the sum over the maps beside this
one, itself included, at the same place. ``Layer.reads`` names those maps.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from lenet.kinds.base import Kind, Numbers, Tensors, Unit

if TYPE_CHECKING:
    from torch import Tensor

    from lenet.spec import Layer

CONSTANT, EXPONENT, NEIGHBOURS = 2.0, 0.75, 5
"""AlexNet's k, beta and n."""

STRENGTH = 1.0
"""alpha. AlexNet's 1e-4 suits sums of squares of many thousands. Those of squashed values are about
ten, and would be left as they are, but for a constant."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Normalised(Unit):
    """A unit divided by the strength of the maps beside it.

    ``inputs`` (n,) are the values of the maps in ``reads`` at this place, ``own`` this map's.
    """

    reads: tuple[int, ...]
    inputs: Numbers
    own: float

    @cached_property
    def squares(self) -> Numbers:
        """(n,): the squares that are added up."""
        return np.asarray(self.inputs**2)

    @property
    def sum(self) -> float:
        return float(self.squares.sum())

    @property
    def divisor(self) -> float:
        return float((CONSTANT + STRENGTH * self.sum) ** EXPONENT)

    @property
    def value(self) -> float:
        return self.own / self.divisor


class ResponseNormalisation(Kind):
    """Every map reads itself and its neighbours at the same place; nothing is trained."""

    def described(self, layer: Layer) -> dict[str, Any]:
        return {"constant": CONSTANT, "strength": STRENGTH, "exponent": EXPONENT}

    def connections(self, layer: Layer) -> int:
        return layer.kernels * layer.units_per_map

    def connection_terms(self, layer: Layer) -> str:
        return f"{layer.kernels} × {layer.size} × {layer.size}"

    def sums(self, layer: Layer, tensors: Tensors, x: Tensor) -> Tensor:
        return x / _strengths(layer, x) ** EXPONENT

    def curvature(
        self, layer: Layer, tensors: Tensors, x: Tensor, h: Tensor
    ) -> tuple[dict[str, Tensor], Tensor]:
        """b_k = a_k / d_k^beta: every map that is read changes d_k, and a_k itself b_k too."""
        import torch

        strengths = _strengths(layer, x)
        back = torch.zeros_like(x)
        for k, maps in enumerate(layer.reads):
            through = -2 * STRENGTH * EXPONENT * x[:, k] * strengths[:, k] ** (-EXPONENT - 1)
            for n in maps:
                slope = through * x[:, n]
                if n == k:
                    slope = slope + strengths[:, k] ** -EXPONENT
                back[:, n] += h[:, k] * slope**2
        return {}, back

    def explain(
        self, unit: Unit, tensors: Tensors, sources: Numbers, output: Numbers
    ) -> Normalised:
        reads = unit.layer.reads[unit.map]
        here = sources[:, unit.row, unit.column]
        return Normalised(
            unit.layer,
            *unit.place,
            reads=reads,
            inputs=here[list(reads)],
            own=float(here[unit.map]),
        )


def _strengths(layer: Layer, x: Tensor) -> Tensor:
    """(N, maps, rows, columns): k + alpha * the sum of squares of the maps that each one reads."""
    import torch

    squares = x.square()
    added = torch.stack([squares[:, list(maps)].sum(1) for maps in layer.reads], 1)
    return CONSTANT + STRENGTH * added
