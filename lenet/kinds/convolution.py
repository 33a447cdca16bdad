"""Convolution: kernels over the maps that a map reads, added up with a bias.

C1, C3 and C5 of the paper; with 1x1 kernels over single units it is F6's full connection.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lenet.catalogue import number
from lenet.kinds.base import Bound, Kind, Numbers, Shapes, Tensors, Unit, numbers, patches

if TYPE_CHECKING:
    from torch import Tensor

    from lenet.spec import Layer


@dataclass(frozen=True, eq=False, kw_only=True)
class WeightedSum(Unit):
    """A unit of C1, C3, C5 or F6: kernels over patches of the maps it reads, squashed.

    ``patches`` and ``kernels`` are (n, k, k) for the n maps in ``reads``; k is 1 in F6.
    """

    reads: tuple[int, ...]
    patches: Numbers
    kernels: Numbers
    bias: float

    @cached_property
    def products(self) -> Numbers:
        """(n, k, k): patch times kernel."""
        return self.patches * self.kernels

    @cached_property
    def partial_sums(self) -> Numbers:
        """(n,): what each map read contributes."""
        return self.products.sum((1, 2))

    @property
    def sum(self) -> float:
        """The partial sums added up."""
        return float(self.partial_sums.sum())

    @property
    def total(self) -> float:
        """The sum plus the bias: the value before squashing."""
        return self.sum + self.bias

    @property
    def value(self) -> float:
        return self.layer.squashed_number(self.total)

    def largest_first(self) -> list[int]:
        """Places in ``reads`` by the size of their partial sums."""
        return [int(place) for place in np.argsort(-np.abs(self.partial_sums), kind="stable")]


def weighted_sum(unit: Unit, sources: Numbers, kernels: Tensor, bias: Tensor) -> WeightedSum:
    """A unit with ``kernels`` (n, k, k), one for each map that it reads, and its one ``bias``."""
    reads = unit.layer.reads[unit.map]
    return WeightedSum(
        unit.layer,
        *unit.place,
        reads=reads,
        patches=patches(unit, sources, reads),
        kernels=numbers(kernels),
        bias=float(bias),
    )


class Convolution(Kind):
    """Only the kernels that exist are stored: all of them, or those of a connection table.

    Kernels of a table are (n, k, k), map by map and within a map in the order of what it reads;
    if all maps are connected, they are (maps, maps before, k, k).
    """

    def shapes(self, layer: Layer) -> Shapes:
        kernel = (layer.kernel, layer.kernel)
        pairs = (layer.maps, len(layer.reads[0])) if layer.reads_all else (layer.kernels,)
        return {"weight": (*pairs, *kernel), "bias": (layer.maps,)}

    def fixed(self, layer: Layer) -> dict[str, Tensor]:
        if layer.reads_all:
            return {}
        import torch

        places = [k * layer.maps_before + n for k, n in layer.pairs()]
        return {"places": torch.tensor(places, dtype=torch.int64)}

    def connections(self, layer: Layer) -> int:
        return self.parameters(layer) * layer.units_per_map

    def parameter_terms(self, layer: Layer) -> str:
        kernel = f"{layer.kernel} × {layer.kernel}" if layer.kernel > 1 else ""
        reads = {len(maps) for maps in layer.reads}
        if len(reads) > 1:  # Table I: the maps do not all read equally many
            return " × ".join(filter(None, [str(layer.kernels), kernel])) + f" + {layer.maps}"
        each = reads.pop()
        inputs = " × ".join(filter(None, [str(each) if each > 1 or not kernel else "", kernel]))
        return f"{layer.maps} × ({inputs} + 1)"

    def connection_terms(self, layer: Layer) -> str:
        if layer.size == 1:
            return ""
        return f"{number(layer.parameters)} × {layer.size} × {layer.size}"

    def initialise(self, layer: Layer, tensors: Tensors, bound: Bound, constant: bool) -> None:
        weight, area = tensors["weight"], layer.kernel**2
        if layer.reads_all:
            fan_in = bound(layer.maps_before * area)
            weight.uniform_(-fan_in, fan_in)
            return
        for kernel, (k, _) in zip(weight, layer.pairs(), strict=True):
            fan_in = bound(len(layer.reads[k]) * area)
            kernel.uniform_(-fan_in, fan_in)

    def dense(self, layer: Layer, tensors: Tensors) -> Tensor:
        weight = tensors["weight"]
        if layer.reads_all:
            return weight
        pairs = weight.new_zeros(layer.maps * layer.maps_before, *weight.shape[1:])
        whole = pairs.index_copy(0, tensors["places"], weight)
        return whole.unflatten(0, (layer.maps, layer.maps_before))

    def sums(self, layer: Layer, tensors: Tensors, x: Tensor) -> Tensor:
        from torch.nn.functional import conv2d

        kernels = self.dense(layer, tensors)
        return conv2d(x, kernels, tensors["bias"], layer.stride, layer.padding)

    def explain(
        self, unit: Unit, tensors: Tensors, sources: Numbers, output: Numbers
    ) -> WeightedSum:
        kernels = self.dense(unit.layer, tensors)[unit.map, list(unit.layer.reads[unit.map])]
        return weighted_sum(unit, sources, kernels, tensors["bias"][unit.map])
