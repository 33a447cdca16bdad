"""Softmax: a full connection whose outputs are penalties, -log p, so that the smallest wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lenet.kinds.base import Numbers, Tensors, Unit
from lenet.kinds.convolution import Convolution, WeightedSum

if TYPE_CHECKING:
    from torch import Tensor

    from lenet.spec import Layer


@dataclass(frozen=True, eq=False, kw_only=True)
class Penalty(WeightedSum):
    """An output: its logit is ``total``; ``logits`` are those of all classes."""

    logits: Numbers

    @property
    def value(self) -> float:
        """-log p = log(sum of exp(logits)) - logit."""
        largest = float(self.logits.max())
        return largest + float(np.log(np.exp(self.logits - largest).sum())) - self.total


class Softmax(Convolution):
    """``sums`` are the logits, ``values`` the penalties."""

    def values(self, layer: Layer, sums: Tensor) -> Tensor:
        return -sums.log_softmax(1)

    def explain(self, unit: Unit, tensors: Tensors, sources: Numbers, output: Numbers) -> Penalty:
        every = [
            super(Softmax, self).explain(Unit(unit.layer, k), tensors, sources, output)
            for k in range(unit.layer.maps)
        ]
        own = every[unit.map]
        logits = np.array([one.total for one in every])
        return Penalty(
            unit.layer,
            *unit.place,
            reads=own.reads,
            patches=own.patches,
            kernels=own.kernels,
            bias=own.bias,
            logits=logits,
        )
