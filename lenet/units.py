"""Any unit: what it sees, what it feeds, and the complete arithmetic behind its value.

>>> import torch
>>> from lenet.model import LeNet5
>>> model, x = LeNet5(), torch.zeros(1, 1, 32, 32)
>>> unit = explain(model, x, "c3", map=9, row=4, column=7)
>>> unit.name, unit.reads                     # the S2 maps that Table I gives it
('C3[9] (4,7)', (0, 3, 4, 5))
>>> unit.patches.shape, unit.kernels.shape    # what it sees of each, and with which kernel
((4, 5, 5), (4, 5, 5))
>>> math.isclose(unit.products.sum() + unit.bias, unit.total, abs_tol=1e-12)
True

The arithmetic is done in float64 on the network's own float32 numbers, so the terms add up to
the value to the last digits printed; PyTorch's float32 value is within about 1e-5 of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from torch import Tensor

from lenet import codes, spec
from lenet.model import LeNet5, SubSampling, TableConvolution
from lenet.spec import Block, Layer
from lenet.trace import Trace

Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Field:
    """Units of one layer, the same block in each of some of its maps."""

    layer: Layer
    maps: tuple[int, ...]
    block: Block


@dataclass(frozen=True, eq=False)
class Unit:
    """One unit of one layer: row and column are 0 where a map is a single unit."""

    layer: Layer
    map: int
    row: int
    column: int

    @property
    def name(self) -> str:
        """``C3[9] (4,7)``"""
        return spec.unit_name(self.layer, self.map, self.row, self.column)


@dataclass(frozen=True, eq=False)
class Pixel(Unit):
    """A unit of the input: its value and the grey level it stands for, 0 paper to 255 ink."""

    value: float

    @property
    def grey(self) -> float:
        return 255 * (self.value - spec.BACKGROUND) / (spec.INK - spec.BACKGROUND)


@dataclass(frozen=True, eq=False)
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
        return _squash(self.total)

    def largest_first(self) -> list[int]:
        """Places in ``reads`` by the size of their partial sums."""
        return [int(place) for place in np.argsort(-np.abs(self.partial_sums), kind="stable")]


@dataclass(frozen=True, eq=False)
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
        return _squash(self.total)


@dataclass(frozen=True, eq=False)
class Distance(Unit):
    """An output: the squared distance of F6 from this class's code, and from its rival's.

    ``f6``, ``code`` and ``rival_code`` are (12, 7). The rival is the nearest other code: the
    runner-up if this class has won, and otherwise the winner.
    """

    f6: Numbers
    code: Numbers
    rival: int
    rival_code: Numbers

    @cached_property
    def squares(self) -> Numbers:
        """(12, 7): the squared differences that add up to the value."""
        return (self.f6 - self.code) ** 2

    @property
    def value(self) -> float:
        return float(self.squares.sum())

    @cached_property
    def advantage(self) -> Numbers:
        """(12, 7): how much nearer this code is than the rival's, place by place.

        Positive where F6 speaks for this class, 0 where the two codes agree.
        """
        return (self.f6 - self.rival_code) ** 2 - self.squares

    @property
    def rival_value(self) -> float:
        return self.value + self.gap

    @property
    def gap(self) -> float:
        """The rival's penalty minus this one: the advantages added up."""
        return float(self.advantage.sum())


Explanation = Pixel | WeightedSum | SubSampled | Distance


@torch.no_grad()
def explain(
    model: LeNet5,
    x: Tensor | Trace,
    layer: str | Layer,
    map: int,
    row: int = 0,
    column: int = 0,
) -> Explanation:
    """The whole arithmetic of one unit.

    Args:
        model: the network.
        x: one input, (1, 1, 32, 32) float32, or its trace where there is one already.
        layer: "input", "c1", "s2", "c3", "s4", "c5", "f6" or "output", or the layer itself.
        map: the map within the layer, from 0; F6's 84 units are maps, 7 * row + column of the
            picture, and so are the outputs.
        row: row within the map, from 0.
        column: column within the map, from 0.

    Raises:
        ValueError: there is no such unit, or x is not one 32x32 input.
        TypeError: as ``LeNet5.forward``.
    """
    layer = find_layer(layer)
    _check_unit(layer, map, row, column)
    trace = x if isinstance(x, Trace) else Trace.of(model, x)
    if trace.input.shape != (1, 1, spec.INPUT_SIZE, spec.INPUT_SIZE):
        side = spec.INPUT_SIZE
        raise ValueError(
            f"One input of shape (1, 1, {side}, {side}) can be explained at a time, "
            f"not {tuple(trace.input.shape)}."
        )
    if layer.before is None:
        return Pixel(layer, map, row, column, value=float(trace.input[0, map, row, column]))
    if layer is spec.OUTPUT:
        return _distance(trace, map)

    field = layer.sees(row, column, layer.before)
    reads = layer.reads[map]
    rows, columns = slice(field.row, field.last_row + 1), slice(field.column, field.last_column + 1)
    patches = _numbers(trace[layer.before.key][0, list(reads), rows, columns])
    module = getattr(model, layer.key)
    bias = float(module.bias[map])
    if isinstance(module, SubSampling):
        coefficient = float(module.coefficient[map])
        return SubSampled(layer, map, row, column, patches[0], coefficient, bias)
    weight = module.dense() if isinstance(module, TableConvolution) else module.weight
    kernels = _numbers(weight[map, list(reads)])
    return WeightedSum(layer, map, row, column, reads, patches, kernels, bias)


def fields(layer: str | Layer, map: int, row: int = 0, column: int = 0) -> list[Field]:
    """What a unit sees in every earlier layer, the nearest first and the input last."""
    layer = find_layer(layer)
    _check_unit(layer, map, row, column)
    earlier = [other for other in spec.BY_KEY.values() if _order(other) < _order(layer)]
    return [
        Field(other, layer.sees_maps(map, other), layer.sees(row, column, other))
        for other in reversed(earlier)
    ]


def feeds(layer: str | Layer, map: int, row: int = 0, column: int = 0) -> list[Field]:
    """What a unit, or a pixel, feeds in every later layer, the nearest first."""
    layer = find_layer(layer)
    _check_unit(layer, map, row, column)
    later = [other for other in spec.BY_KEY.values() if _order(other) > _order(layer)]
    return [
        Field(other, layer.feeds_maps(map, other), layer.feeds(row, column, other))
        for other in later
    ]


def find_layer(layer: str | Layer) -> Layer:
    """A layer by its name in either case; ValueError names those that exist."""
    if isinstance(layer, Layer):
        return layer
    try:
        return spec.BY_KEY[layer.lower()]
    except KeyError:
        known = ", ".join(spec.BY_KEY)
        raise ValueError(f"There is no layer {layer!r}; the layers are {known}.") from None


def _check_unit(layer: Layer, map_: int, row: int, column: int) -> None:
    ranges = {"map": (map_, layer.maps), "row": (row, layer.size), "column": (column, layer.size)}
    for what, (index, count) in ranges.items():
        if not 0 <= index < count:
            raise ValueError(f"{layer.name} has {what} 0 to {count - 1}, not {index}.")


def _order(layer: Layer) -> int:
    return list(spec.BY_KEY).index(layer.key)


def _numbers(tensor: Tensor) -> Numbers:
    return tensor.detach().numpy().astype(np.float64)


def _squash(total: float) -> float:
    return spec.AMPLITUDE * math.tanh(spec.SLOPE * total)


def _distance(trace: Trace, digit: int) -> Distance:
    picture = (spec.CODE_ROWS, spec.CODE_COLUMNS)
    penalties = trace.output[0].tolist()
    others = [other for other in range(len(spec.CLASSES)) if other != digit]
    rival = min(others, key=lambda other: penalties[other])
    return Distance(
        spec.OUTPUT,
        digit,
        0,
        0,
        f6=_numbers(trace.f6[0]).reshape(picture),
        code=codes.DIGITS[digit].reshape(picture).astype(np.float64),
        rival=rival,
        rival_code=codes.DIGITS[rival].reshape(picture).astype(np.float64),
    )
