"""Convolution with kernels that were designed by hand: nothing in it is trained.

What came before weights were learned; ``Layer.filters`` are the kernels, and there are no biases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lenet.kinds.base import Bound, Shapes, Tensors
from lenet.kinds.convolution import Convolution

if TYPE_CHECKING:
    from torch import Tensor

    from lenet.spec import Layer


class FixedConvolution(Convolution):
    """One filter for each map, laid over every map that it reads."""

    def shapes(self, layer: Layer) -> Shapes:
        return {}

    def fixed(self, layer: Layer) -> dict[str, Tensor]:
        import torch

        each = [layer.filters[k] for k, _ in layer.pairs()]
        weight = torch.tensor(each, dtype=torch.float32)
        if layer.reads_all:
            weight = weight.unflatten(0, (layer.maps, layer.maps_before))
        return {"weight": weight, "bias": torch.zeros(layer.maps), **super().fixed(layer)}

    def described(self, layer: Layer) -> dict[str, Any]:
        return {"filters": layer.filters}

    def connections(self, layer: Layer) -> int:
        return layer.kernels * layer.kernel**2 * layer.units_per_map

    def parameter_terms(self, layer: Layer) -> str:
        return ""

    def connection_terms(self, layer: Layer) -> str:
        area = f"{layer.kernel} × {layer.kernel}"
        return f"{layer.kernels} × {area} × {layer.size} × {layer.size}"

    def initialise(self, layer: Layer, tensors: Tensors, bound: Bound, constant: bool) -> None:
        """Nothing is drawn."""
