"""Max pooling: the largest of the neighbours, with nothing trained and nothing squashed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lenet.kinds.base import Kind, Numbers, Tensors, Unit, patches

if TYPE_CHECKING:
    from torch import Tensor

    from lenet.spec import Layer


@dataclass(frozen=True, eq=False, kw_only=True)
class Largest(Unit):
    """A unit that passes on the largest of its inputs (k, k)."""

    inputs: Numbers

    @property
    def value(self) -> float:
        return float(self.inputs.max())


class MaxPooling(Kind):
    """The largest value of each window; padding never wins."""

    def connections(self, layer: Layer) -> int:
        return layer.units * layer.kernel**2

    def connection_terms(self, layer: Layer) -> str:
        return f"{layer.maps} × {layer.size} × {layer.size} × {layer.kernel} × {layer.kernel}"

    def sums(self, layer: Layer, tensors: Tensors, x: Tensor) -> Tensor:
        from torch.nn.functional import max_pool2d

        return max_pool2d(x, layer.kernel, layer.stride, layer.padding)

    def explain(self, unit: Unit, tensors: Tensors, sources: Numbers, output: Numbers) -> Largest:
        reads = unit.layer.reads[unit.map]
        return Largest(
            unit.layer, *unit.place, inputs=patches(unit, sources, reads, filling=-np.inf)[0]
        )
