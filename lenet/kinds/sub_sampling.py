"""Trainable sub-sampling: neighbours added, times a coefficient, plus a bias (section II.B).

The paper's general section II.A speaks of an average; the layer's own description in II.B of a
sum. The sum is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lenet.kinds.base import Bound, Kind, Numbers, Shapes, Tensors, Unit, patches

if TYPE_CHECKING:
    from torch import Tensor

    from lenet.spec import Layer


@dataclass(frozen=True, eq=False, kw_only=True)
class SubSampled(Unit):
    """A unit of S2 or S4: four inputs (2, 2) added, times a coefficient, plus a bias, squashed."""

    inputs: Numbers
    coefficient: float
    bias: float

    @property
    def sum(self) -> float:
        return float(self.inputs.sum())

    @property
    def product(self) -> float:
        """The sum times the coefficient."""
        return self.coefficient * self.sum

    @property
    def total(self) -> float:
        """The product plus the bias: the value before squashing."""
        return self.product + self.bias

    @property
    def value(self) -> float:
        return self.layer.squashed_number(self.total)


class SubSampling(Kind):
    """One coefficient and one bias for each map."""

    def shapes(self, layer: Layer) -> Shapes:
        return {"coefficient": (layer.maps,), "bias": (layer.maps,)}

    def connections(self, layer: Layer) -> int:
        return layer.units * (layer.kernel**2 + 1)

    def parameter_terms(self, layer: Layer) -> str:
        return f"{layer.maps} × (1 + 1)"

    def connection_terms(self, layer: Layer) -> str:
        area = f"{layer.kernel} × {layer.kernel}"
        return f"{layer.maps} × {layer.size} × {layer.size} × ({area} + 1)"

    def initialise(self, layer: Layer, tensors: Tensors, bound: Bound, constant: bool) -> None:
        fan_in = bound(layer.kernel**2)
        if constant:
            tensors["coefficient"].fill_(fan_in)
        else:
            tensors["coefficient"].uniform_(-fan_in, fan_in)

    def sums(self, layer: Layer, tensors: Tensors, x: Tensor) -> Tensor:
        from torch.nn.functional import avg_pool2d

        total = avg_pool2d(x, layer.kernel, layer.stride, layer.padding, divisor_override=1)
        coefficient, bias = tensors["coefficient"], tensors["bias"]
        return total * coefficient[:, None, None] + bias[:, None, None]

    def curvature(
        self, layer: Layer, tensors: Tensors, x: Tensor, h: Tensor
    ) -> tuple[dict[str, Tensor], Tensor]:
        """As for every kind, but what the coefficient multiplies is the sum of the inputs."""
        from torch.nn.functional import avg_pool2d

        total = avg_pool2d(x, layer.kernel, layer.stride, layer.padding, divisor_override=1)
        found, back = super().curvature(layer, tensors, x, h)
        return {**found, "coefficient": (h * total**2).sum((0, 2, 3))}, back

    def explain(
        self, unit: Unit, tensors: Tensors, sources: Numbers, output: Numbers
    ) -> SubSampled:
        return SubSampled(
            unit.layer,
            *unit.place,
            inputs=patches(unit, sources, unit.layer.reads[unit.map])[0],
            coefficient=float(tensors["coefficient"][unit.map]),
            bias=float(tensors["bias"][unit.map]),
        )
