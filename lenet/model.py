"""LeNet-5 as section II.B of the paper describes it, and networks of any other architecture.

>>> import torch
>>> model = LeNet5()
>>> sum(p.numel() for p in model.parameters())
60000
>>> model(torch.zeros(1, 1, 32, 32)).shape   # ten penalties, the smallest wins
torch.Size([1, 10])
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

import torch
from torch import Tensor, nn

from lenet import spec
from lenet.kinds import KINDS
from lenet.squashing import SQUASHINGS

Initialisation = Literal["sqrt", "paper"]

Step = tuple[spec.Layer, Tensor, Tensor]
"""A layer, its sums before squashing, and its values."""


def squash(a: Tensor) -> Tensor:
    """The squashing function 1.7159 tanh(2a/3) of eq. 6, any shape."""
    return SQUASHINGS["tanh"].of_tensor(a)


class LayerSums(nn.Module):
    """One layer before squashing: (N, maps before, h, w) -> (N, maps, h', w').

    Its trainable tensors are parameters under the names that ``layer.shapes`` gives them:
    ``weight`` and ``bias``, or ``coefficient`` and ``bias``. With ``parameters`` given, the
    layer must have exactly so many.
    """

    weight: nn.Parameter
    coefficient: nn.Parameter
    bias: nn.Parameter

    def __init__(self, layer: spec.Layer, parameters: int | None = None) -> None:
        super().__init__()
        self.layer = layer
        self.kind = KINDS[layer.kind]
        for name, shape in layer.shapes.items():
            self.register_parameter(name, nn.Parameter(torch.zeros(shape)))
        for name, tensor in self.kind.fixed(layer).items():
            self.register_buffer(name, tensor, persistent=False)
        found = sum(p.numel() for p in self.parameters())
        assert found == layer.parameters, f"{layer.name}: {found}, not {layer.parameters}"
        assert parameters in (None, found), f"{layer.name}: {found}, not {parameters}"

    @property
    def tensors(self) -> Mapping[str, Tensor]:
        """The layer's trainable and fixed tensors by name."""
        return {**self._parameters, **self._buffers}  # type: ignore[dict-item]

    def dense(self) -> Tensor:
        """(maps, maps before, k, k): the kernels, zeros where two maps are not connected."""
        return self.kind.dense(self.layer, self.tensors)

    def forward(self, x: Tensor) -> Tensor:
        return self.kind.sums(self.layer, self.tensors, x)

    def values(self, sums: Tensor) -> Tensor:
        """What the next layer reads: the sums, squashed if the layer squashes them."""
        return self.kind.values(self.layer, sums)


class Network(nn.Module):
    """A network of any architecture: penalties of the classes, of which the smallest wins.

    Args:
        architecture: the layers.
        initialisation: ``"sqrt"`` draws weights uniformly from +-1/sqrt(F), F the fan-in, and
            starts the sub-sampling coefficients at 1/sqrt(4), as the authors' later library
            does. ``"paper"`` is the printed +-2.4/F of appendix A. Taken literally on MNIST
            the printed range lets signals die on their way up (a standard deviation of about
            0.0002 is left at F6) and training is slow to start or fails, which is why it is
            not the default. Biases start at zero; the paper does not say.
    """

    def __init__(
        self, architecture: spec.Architecture, initialisation: Initialisation = "sqrt"
    ) -> None:
        super().__init__()
        self.architecture = architecture
        self.make_layers()
        self.initialise(initialisation)

    if TYPE_CHECKING:

        def __getattr__(self, key: str) -> LayerSums:
            """The module of a layer by its key, ``model.c3``."""

    def make_layers(self) -> None:
        """Give the network one ``LayerSums`` for each layer, named by the layer's key."""
        for layer in self.architecture.layers:
            self.add_module(layer.key, LayerSums(layer))

    def sums_of(self, layer: spec.Layer) -> LayerSums:
        """The module of a layer."""
        module = getattr(self, layer.key)
        assert isinstance(module, LayerSums)
        return module

    @torch.no_grad()
    def initialise(self, how: Initialisation) -> None:
        """Draw all weights anew from torch's global generator; biases become zero."""
        if how not in ("sqrt", "paper"):
            raise ValueError(f"initialisation must be 'sqrt' or 'paper', not {how!r}.")

        def bound(fan_in: int) -> float:
            return 1 / math.sqrt(fan_in) if how == "sqrt" else 2.4 / fan_in

        for layer in self.architecture.layers:
            module = self.sums_of(layer)
            if "bias" in layer.shapes:
                module.tensors["bias"].zero_()
            module.kind.initialise(layer, module.tensors, bound, constant=how == "sqrt")

    def steps(self, x: Tensor) -> Iterator[Step]:
        """Run the network, yielding (layer, before squashing, after) for each layer in turn."""
        x = self.read(x)
        for layer in self.architecture.layers:
            module = self.sums_of(layer)
            before = module(x)
            x = module.values(before)
            if layer.dropout:
                x = nn.functional.dropout(x, layer.dropout, self.training)
            yield layer, before, x

    def read(self, x: Tensor) -> Tensor:
        """The input itself, or the middle of it that a network with a smaller input reads.

        Drawings and digits are prepared as 32x32 for every network. Raises what ``forward``
        raises.
        """
        source = self.architecture.input
        check_input(x, source, self.dtype)
        margin = (spec.INPUT_SIZE - source.size) // 2
        if margin and x.shape[2:] == (spec.INPUT_SIZE, spec.INPUT_SIZE):
            return x[:, :, margin:-margin, margin:-margin]
        return x

    @property
    def dtype(self) -> torch.dtype:
        """The type of the weights, which inputs must have too."""
        return next(self.parameters()).dtype

    def forward(self, x: Tensor) -> Tensor:
        """(N, 1, 32, 32) float32 -> (N, 10) penalties; a larger input gives a map of them.

        An input of height H and width W gives LeNet-5 (N, 10, (H-32)//4 + 1, (W-32)//4 + 1),
        every output being the answer to one 32x32 window. Raises TypeError or ValueError for an
        input of another type or shape, or with NaN or infinity.
        """
        *_, (_, _, penalties) = self.steps(x)
        return penalties_of(penalties)


class LeNet5(Network):
    """The network of Fig. 2: 60,000 trainable parameters, ten penalties, the smallest wins."""

    c1: LayerSums
    s2: LayerSums
    c3: LayerSums
    s4: LayerSums
    c5: LayerSums
    f6: LayerSums
    output: LayerSums

    def __init__(self, initialisation: Initialisation = "sqrt") -> None:
        super().__init__(spec.LENET5, initialisation)

    def make_layers(self) -> None:
        """The seven layers, each with the number of parameters that the paper gives it."""
        self.c1 = LayerSums(spec.C1, parameters=156)  # 6 kernels of 5x5, 6 biases
        self.s2 = LayerSums(spec.S2, parameters=12)  # 6 coefficients, 6 biases
        self.c3 = LayerSums(spec.C3, parameters=1_516)  # the 60 kernels of Table I, 16 biases
        self.s4 = LayerSums(spec.S4, parameters=32)  # 16 coefficients, 16 biases
        self.c5 = LayerSums(spec.C5, parameters=48_120)  # 120 x 16 kernels of 5x5, 120 biases
        self.f6 = LayerSums(spec.F6, parameters=10_164)  # 84 x 120 weights, 84 biases
        self.output = LayerSums(spec.OUTPUT, parameters=0)  # ten fixed codes

    def steps(self, x: Tensor) -> Iterator[Step]:
        """Run the network, yielding (layer, before squashing, after) for each layer in turn.

        The output's penalties are not squashed, so both its tensors are the same.
        """
        check_input(x, spec.INPUT, self.dtype)  # (N, 1, 32, 32)

        a = self.c1(x)  # (N, 6, 28, 28)  6 kernels of 5x5 over the image
        yield spec.C1, a, (x := squash(a))

        a = self.s2(x)  # (N, 6, 14, 14)  2x2 neighbours added, times a coefficient, plus a bias
        yield spec.S2, a, (x := squash(a))

        a = self.c3(x)  # (N, 16, 10, 10)  5x5 kernels over the S2 maps that Table I names
        yield spec.C3, a, (x := squash(a))

        a = self.s4(x)  # (N, 16, 5, 5)  as S2
        yield spec.S4, a, (x := squash(a))

        a = self.c5(x)  # (N, 120, 1, 1)  5x5 kernels over all S4 maps: each fits just once
        yield spec.C5, a, (x := squash(a))

        a = self.f6(x)  # (N, 84, 1, 1)  fully connected to C5: a 7x12 picture
        yield spec.F6, a, (x := squash(a))

        a = self.output(x)  # (N, 10, 1, 1)  squared distances of F6 to the ten codes
        yield spec.OUTPUT, a, a


@torch.inference_mode()
def predict(model: Network, x: Tensor) -> Tensor:
    """(N, 1, 32, 32) float32 -> (N,) int64: the class of the smallest penalty for each input.

    Raises TypeError or ValueError as ``Network.forward`` does, and ValueError for a larger input.
    """
    penalties = model(x)
    if penalties.ndim > 2:
        raise ValueError(f"One answer for each input needs 32x32 inputs, not {tuple(x.shape)}.")
    return penalties.argmin(1)


def made(architecture: spec.Architecture) -> Network:
    """A network with new weights: LeNet-5 as the class that reads like the paper."""
    return LeNet5() if architecture is spec.LENET5 else Network(architecture)


def penalties_of(output: Tensor) -> Tensor:
    """(N, 10, 1, 1) -> (N, 10); a larger map of outputs stays as it is."""
    return output[:, :, 0, 0] if output.shape[2:] == (1, 1) else output


def check_input(
    x: object, layer: spec.Layer = spec.INPUT, dtype: torch.dtype = torch.float32
) -> None:
    """Refuse, in a sentence, what a network with this input and such weights cannot take."""
    side = layer.size
    name = str(dtype).removeprefix("torch.")
    expected = f"a {name} tensor of shape (N, {layer.maps}, {side}, {side}) or larger"
    if not isinstance(x, Tensor):
        raise TypeError(f"The network takes {expected}, not {type(x).__name__}.")
    if x.dtype != dtype:
        raise TypeError(f"The network takes {expected}, not {x.dtype}.")
    if x.ndim != 4 or x.shape[1] != layer.maps or min(x.shape[2:]) < side:
        raise ValueError(f"The network takes {expected}, not {tuple(x.shape)}.")
    if not bool(torch.isfinite(x).all()):
        raise ValueError(f"The network takes {expected} of finite numbers, but it has NaN or inf.")
