"""Local connection: a convolution's fields without its weight sharing.

Every unit has a kernel and a bias of its own, for all maps of the layer before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lenet.catalogue import number
from lenet.kinds.base import Bound, Kind, Numbers, Shapes, Tensors, Unit
from lenet.kinds.convolution import WeightedSum, weighted_sum

if TYPE_CHECKING:
    from torch import Tensor

    from lenet.spec import Layer


class LocalConnection(Kind):
    """Kernels are (maps, rows, columns, maps before, k, k): one for every unit."""

    def shapes(self, layer: Layer) -> Shapes:
        places = (layer.maps, layer.size, layer.size)
        weight = (*places, layer.maps_before, layer.kernel, layer.kernel)
        return {"weight": weight, "bias": places}

    def connections(self, layer: Layer) -> int:
        return self.parameters(layer)  # each is used once

    def parameter_terms(self, layer: Layer) -> str:
        reads = f"{layer.maps_before} × " if layer.maps_before > 1 else ""
        units = f"{layer.maps} × {layer.size} × {layer.size}"
        return f"{units} × ({reads}{layer.kernel} × {layer.kernel} + 1)"

    def connection_terms(self, layer: Layer) -> str:
        return number(layer.parameters)

    def initialise(self, layer: Layer, tensors: Tensors, bound: Bound, constant: bool) -> None:
        fan_in = bound(layer.maps_before * layer.kernel**2)
        tensors["weight"].uniform_(-fan_in, fan_in)

    def sums(self, layer: Layer, tensors: Tensors, x: Tensor) -> Tensor:
        from torch.nn.functional import unfold

        fields = unfold(x, layer.kernel, padding=layer.padding, stride=layer.stride)
        if fields.shape[2] != layer.units_per_map:
            raise ValueError(
                f"{layer.name} has weights for a {layer.size}x{layer.size} map alone, so the "
                "input cannot be larger."
            )
        # One product of matrices for each place: (places, N, inputs) @ (places, inputs, maps).
        kernels = tensors["weight"].flatten(3).flatten(1, 2).permute(1, 2, 0)
        sums = (fields.permute(2, 0, 1) @ kernels).permute(1, 2, 0)
        return sums.unflatten(2, (layer.size, layer.size)) + tensors["bias"]

    def explain(
        self, unit: Unit, tensors: Tensors, sources: Numbers, output: Numbers
    ) -> WeightedSum:
        weight, bias = tensors["weight"], tensors["bias"]
        return weighted_sum(unit, sources, weight[unit.place], bias[unit.place])
