"""Average pooling: the mean of the neighbours, with nothing trained and nothing squashed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lenet.kinds.base import Kind, Numbers, Tensors, Unit, patches

if TYPE_CHECKING:
    from torch import Tensor

    from lenet.spec import Layer


@dataclass(frozen=True, eq=False, kw_only=True)
class Mean(Unit):
    """A unit that passes on the mean of its inputs (k, k)."""

    inputs: Numbers

    @property
    def sum(self) -> float:
        return float(self.inputs.sum())

    @property
    def value(self) -> float:
        return self.sum / self.inputs.size


class AveragePooling(Kind):
    """The mean of each window; padding counts as zeros."""

    def connections(self, layer: Layer) -> int:
        return layer.units * layer.kernel**2

    def connection_terms(self, layer: Layer) -> str:
        return f"{layer.maps} × {layer.size} × {layer.size} × {layer.kernel} × {layer.kernel}"

    def sums(self, layer: Layer, tensors: Tensors, x: Tensor) -> Tensor:
        from torch.nn.functional import avg_pool2d

        return avg_pool2d(x, layer.kernel, layer.stride, layer.padding)

    def curvature(
        self, layer: Layer, tensors: Tensors, x: Tensor, h: Tensor
    ) -> tuple[dict[str, Tensor], Tensor]:
        found, back = super().curvature(layer, tensors, x, h)
        return found, back / layer.kernel**2  # each input's share, 1 / k^2, squared

    def explain(self, unit: Unit, tensors: Tensors, sources: Numbers, output: Numbers) -> Mean:
        reads = unit.layer.reads[unit.map]
        return Mean(unit.layer, *unit.place, inputs=patches(unit, sources, reads)[0])
