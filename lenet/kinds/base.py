"""What every kind of layer answers, and what every unit of a layer has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from torch import Tensor

    from lenet.spec import Layer

Numbers = np.ndarray[Any, np.dtype[np.float64]]

Shapes = dict[str, tuple[int, ...]]
"""Name -> shape of a layer's trainable tensors, in the order in which they are stored."""

Tensors = Mapping[str, "Tensor"]
"""Name -> a layer's trainable and fixed tensors."""

Bound = Callable[[int], float]
"""Fan-in -> the largest weight that training starts with."""


@dataclass(frozen=True)
class Unit:
    """One unit of one layer: row and column are 0 where a map is a single unit."""

    layer: Layer
    map: int
    row: int = 0
    column: int = 0

    @property
    def name(self) -> str:
        """``C3[9] (4,7)``, or ``C5[17]`` where a map is one unit."""
        return f"{self.layer.name}[{self.map}]{self._place}"

    @property
    def title(self) -> str:
        """The same for readers, with the layer's name in their language."""
        return f"{self.layer.title}[{self.map}]{self._place}"

    @property
    def _place(self) -> str:
        return "" if self.layer.size == 1 else f" ({self.row},{self.column})"

    @property
    def key(self) -> str:
        """``c3.9.4.7``: how the unit is written in an address."""
        return f"{self.layer.key}.{self.map}.{self.row}.{self.column}"

    @property
    def place(self) -> tuple[int, int, int]:
        """(map, row, column): its index in one sample of the layer's activations."""
        return self.map, self.row, self.column

    def check(self) -> Unit:
        """The unit itself; ValueError if its layer has no such unit."""
        layer = self.layer
        for what, index, count in (
            ("map", self.map, layer.maps),
            ("row", self.row, layer.size),
            ("column", self.column, layer.size),
        ):
            if not 0 <= index < count:
                raise ValueError(f"{layer.name} has {what} 0 to {count - 1}, not {index}.")
        return self


class Kind:
    """One kind of layer. ``layer`` is always a layer of this kind."""

    def shapes(self, layer: Layer) -> Shapes:
        """The trainable tensors."""
        return {}

    def fixed(self, layer: Layer) -> dict[str, Tensor]:
        """Tensors that the sum needs and that are not trained."""
        return {}

    def parameters(self, layer: Layer) -> int:
        """How many numbers are trained."""
        return sum(int(np.prod(shape)) for shape in self.shapes(layer).values())

    def described(self, layer: Layer) -> dict[str, Any]:
        """What the browser must know besides what every layer has, as JSON."""
        return {}

    def connections(self, layer: Layer) -> int:
        """Connections as the paper counts them: one for every use of a weight or a bias."""
        return 0

    def parameter_terms(self, layer: Layer) -> str:
        """The calculation that gives ``parameters``, ``6 × (5 × 5 + 1)``; "" if there is none."""
        return ""

    def connection_terms(self, layer: Layer) -> str:
        """The calculation that gives ``connections``; "" if there is none."""
        return ""

    def initialise(self, layer: Layer, tensors: Tensors, bound: Bound, constant: bool) -> None:
        """Draw the weights between -bound(fan-in) and bound(fan-in), in place; biases are zero.

        ``constant`` starts coefficients at bound(fan-in) instead.
        """

    def sums(self, layer: Layer, tensors: Tensors, x: Tensor) -> Tensor:
        """(N, maps before, h, w) -> (N, maps, h', w'): the layer before squashing."""
        raise NotImplementedError

    def values(self, layer: Layer, sums: Tensor) -> Tensor:
        """What the next layer reads: the sums, squashed if the layer squashes them."""
        return sums if layer.squashing is None else layer.squashing.of_tensor(sums)

    def curvature(
        self, layer: Layer, tensors: Tensors, x: Tensor, h: Tensor
    ) -> tuple[dict[str, Tensor], Tensor]:
        """The diagonal of the Gauss-Newton Hessian, one layer further back (appendix C).

        Like back-propagation, with every derivative squared and no sum over pairs.

        Args:
            layer: a layer of this kind.
            tensors: its tensors.
            x: (N, maps before, rows, columns), what it reads.
            h: (N, maps, rows, columns), second derivatives with respect to its sums.

        Returns:
            (by the name of each trainable tensor the second derivatives, over all patterns and
            all uses of a shared weight added up; and those with respect to x).
        """
        import torch

        # A sum of products: derivatives are weights one way and inputs the other, so the squared
        # ones are what autograd finds for squared weights, and for squared inputs.
        with torch.enable_grad():
            read = x.detach().requires_grad_()
            squared = {name: tensor.detach() ** 2 for name, tensor in tensors.items()}
            squared |= {"places": tensors["places"]} if "places" in tensors else {}
            (back,) = torch.autograd.grad(self.sums(layer, squared, read), read, h)
            named = {name: tensors[name].detach().requires_grad_() for name in self.shapes(layer)}
            sums = self.sums(layer, {**tensors, **named}, x.detach() ** 2)
            found = torch.autograd.grad(sums, list(named.values()), h) if named else ()
        return dict(zip(named, found, strict=True)), back

    def dense(self, layer: Layer, tensors: Tensors) -> Tensor:
        """(maps, maps before, k, k): all kernels, zeros where two maps are not connected.

        Raises TypeError for a kind that has no kernels.
        """
        raise TypeError(f"{layer.name} has no kernels.")

    def explain(self, unit: Unit, tensors: Tensors, sources: Numbers, output: Numbers) -> Unit:
        """The whole arithmetic of one unit.

        Args:
            unit: a unit that exists.
            tensors: the layer's tensors.
            sources: (maps before, size, size) activations of the layer before.
            output: (classes,) penalties of the whole network.
        """
        raise NotImplementedError


def numbers(tensor: Tensor) -> Numbers:
    """A tensor's numbers in double precision."""
    return tensor.detach().numpy().astype(np.float64)


def patches(unit: Unit, sources: Numbers, maps: tuple[int, ...], filling: float = 0.0) -> Numbers:
    """(len(maps), k, k): what a unit reads of some maps; ``filling`` stands in the padding."""
    layer = unit.layer
    if layer.padding:
        around = ((0, 0), (layer.padding,) * 2, (layer.padding,) * 2)
        sources = np.pad(sources, around, constant_values=filling)
    row, column = unit.row * layer.stride, unit.column * layer.stride
    return sources[list(maps), row : row + layer.kernel, column : column + layer.kernel]
