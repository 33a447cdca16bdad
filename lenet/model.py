"""LeNet-5 as section II.B of the paper describes it.

>>> import torch
>>> model = LeNet5()
>>> sum(p.numel() for p in model.parameters())
60000
>>> model(torch.zeros(1, 1, 32, 32)).shape   # ten penalties, the smallest wins
torch.Size([1, 10])
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lenet import codes, spec

Initialisation = Literal["sqrt", "paper"]


def squash(a: Tensor) -> Tensor:
    """The squashing function 1.7159 tanh(2a/3) of eq. 6, any shape."""
    return spec.AMPLITUDE * torch.tanh(spec.SLOPE * a)


class SubSampling(nn.Module):
    """S2, S4: four neighbours are added, times one coefficient per map, plus one bias.

    (N, maps, 2h, 2w) -> (N, maps, h, w), before squashing. The paper's general section II.A
    speaks of an average; the layer's own description in II.B of a sum. The sum is used.
    """

    def __init__(self, layer: spec.Layer) -> None:
        super().__init__()
        self.side = layer.kernel
        self.coefficient = nn.Parameter(torch.empty(layer.maps))
        self.bias = nn.Parameter(torch.zeros(layer.maps))

    def forward(self, x: Tensor) -> Tensor:
        total = F.avg_pool2d(x, self.side, divisor_override=1)
        return total * self.coefficient[:, None, None] + self.bias[:, None, None]


class TableConvolution(nn.Module):
    """C3: each map convolves only the S2 maps that Table I gives it.

    (N, 6, h, w) -> (N, 16, h-4, w-4), before squashing. ``weight`` (60, 5, 5) holds only the
    kernels that exist, in the order of ``spec.c3_kernels()``.
    """

    places: Tensor

    def __init__(self, layer: spec.Layer, maps_before: int) -> None:
        super().__init__()
        self.maps, self.maps_before = layer.maps, maps_before
        self.weight = nn.Parameter(torch.empty(layer.kernels, layer.kernel, layer.kernel))
        self.bias = nn.Parameter(torch.zeros(layer.maps))
        places = [c3 * maps_before + s2 for c3, s2 in spec.c3_kernels()]
        self.register_buffer("places", torch.tensor(places), persistent=False)

    def dense(self) -> Tensor:
        """(16, 6, 5, 5): the 60 kernels in the shape of Table I, zeros where it has no X."""
        pairs = self.weight.new_zeros(self.maps * self.maps_before, *self.weight.shape[1:])
        return pairs.index_copy(0, self.places, self.weight).unflatten(
            0, (self.maps, self.maps_before)
        )

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.dense(), self.bias)


class RadialBasisOutput(nn.Module):
    """OUTPUT: squared distance of F6 to each class's fixed code (eq. 7).

    (N, 84, h, w) -> (N, 10, h, w). No root, no half, no trainable parameter.
    """

    codes: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("codes", torch.from_numpy(codes.DIGITS.copy()), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        return (x[:, None] - self.codes[:, :, None, None]).square().sum(2)


class LeNet5(nn.Module):
    """The network of Fig. 2: 60,000 trainable parameters, ten penalties, the smallest wins.

    Args:
        initialisation: ``"sqrt"`` draws weights uniformly from +-1/sqrt(F), F the fan-in, and
            starts the sub-sampling coefficients at 1/sqrt(4), as the authors' later library
            does. ``"paper"`` is the printed +-2.4/F of appendix A. Taken literally on MNIST
            the printed range lets signals die on their way up (a standard deviation of about
            0.0002 is left at F6) and training is slow to start or fails, which is why it is
            not the default. Biases start at zero; the paper does not say.
    """

    def __init__(self, initialisation: Initialisation = "sqrt") -> None:
        super().__init__()
        self.c1 = nn.Conv2d(spec.INPUT.maps, spec.C1.maps, spec.C1.kernel)
        self.s2 = SubSampling(spec.S2)
        self.c3 = TableConvolution(spec.C3, spec.S2.maps)
        self.s4 = SubSampling(spec.S4)
        self.c5 = nn.Conv2d(spec.S4.maps, spec.C5.maps, spec.C5.kernel)
        self.f6 = nn.Conv2d(spec.C5.maps, spec.F6.maps, spec.F6.kernel)
        self.output = RadialBasisOutput()
        self.initialise(initialisation)

    @torch.no_grad()
    def initialise(self, how: Initialisation) -> None:
        """Draw all weights anew from torch's global generator; biases become zero."""
        if how not in ("sqrt", "paper"):
            raise ValueError(f"initialisation must be 'sqrt' or 'paper', not {how!r}.")

        def bound(fan_in: int) -> float:
            return 1 / math.sqrt(fan_in) if how == "sqrt" else 2.4 / fan_in

        for layer in spec.SQUASHED:
            module = getattr(self, layer.key)
            module.bias.zero_()
            area = layer.kernel**2
            if isinstance(module, SubSampling):
                if how == "sqrt":
                    module.coefficient.fill_(bound(area))
                else:
                    module.coefficient.uniform_(-bound(area), bound(area))
            elif isinstance(module, TableConvolution):
                for kernel, (c3, _) in zip(module.weight, spec.c3_kernels(), strict=True):
                    fan_in = len(spec.C3_READS[c3]) * area
                    kernel.uniform_(-bound(fan_in), bound(fan_in))
            else:
                fan_in = len(layer.reads[0]) * area
                module.weight.uniform_(-bound(fan_in), bound(fan_in))

    def steps(self, x: Tensor) -> Iterator[tuple[spec.Layer, Tensor, Tensor]]:
        """Run the network, yielding (layer, before squashing, after) for each layer in turn.

        Shapes for a 32x32 input: c1 (N, 6, 28, 28), s2 (N, 6, 14, 14), c3 (N, 16, 10, 10),
        s4 (N, 16, 5, 5), c5 (N, 120, 1, 1), f6 (N, 84, 1, 1), output (N, 10, 1, 1). The
        output's penalties are not squashed, so both its tensors are the same.
        """
        check_input(x, self.c1.weight.dtype)
        for layer in spec.LAYERS:
            before = getattr(self, layer.key)(x)
            x = squash(before) if layer.squashed else before
            yield layer, before, x

    def forward(self, x: Tensor) -> Tensor:
        """(N, 1, 32, 32) float32 -> (N, 10) penalties; a larger input gives a map of them.

        An input of height H and width W gives (N, 10, (H-32)//4 + 1, (W-32)//4 + 1), every
        output being the answer to one 32x32 window. Raises TypeError or ValueError for an
        input of another type or shape, or with NaN or infinity.
        """
        *_, (_, _, penalties) = self.steps(x)
        return penalties_of(penalties)


def penalties_of(output: Tensor) -> Tensor:
    """(N, 10, 1, 1) -> (N, 10); a larger map of outputs stays as it is."""
    return output[:, :, 0, 0] if output.shape[2:] == (1, 1) else output


def check_input(x: object, dtype: torch.dtype = torch.float32) -> None:
    """Refuse, in a sentence, what a network with weights of type ``dtype`` cannot take."""
    side = spec.INPUT_SIZE
    name = str(dtype).removeprefix("torch.")
    expected = f"a {name} tensor of shape (N, 1, {side}, {side}) or larger"
    if not isinstance(x, Tensor):
        raise TypeError(f"The network takes {expected}, not {type(x).__name__}.")
    if x.dtype != dtype:
        raise TypeError(f"The network takes {expected}, not {x.dtype}.")
    if x.ndim != 4 or x.shape[1] != spec.INPUT.maps or min(x.shape[2:]) < side:
        raise ValueError(f"The network takes {expected}, not {tuple(x.shape)}.")
    if not bool(torch.isfinite(x).all()):
        raise ValueError(f"The network takes {expected} of finite numbers, but it has NaN or inf.")
