"""LeNet-5's forward and backward pass for a single pattern, written out in NumPy.

A network this small spends most of its time in torch's calls when patterns come one at a time;
this is several times as fast (``tests/bench/training.py``) and gives autograd's gradients. The
arithmetic is that of ``lenet.model.LeNet5.steps``, read from its end for the backward pass.

>>> import torch
>>> from lenet.model import LeNet5
>>> model, x = LeNet5(), torch.zeros(1, 1, 32, 32)
>>> penalties, loss = learn(model, x, label=3, rubbish=None)
>>> bool(torch.isclose(penalties, model(x), rtol=1e-4).all()), model.c1.weight.grad.shape
(True, torch.Size([6, 1, 5, 5]))
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from torch import Tensor

from lenet import codes, spec
from lenet.model import LeNet5
from lenet.squashing import AMPLITUDE, SLOPE

Numbers = NDArray[np.float32]

_ONE = (1, 1, spec.INPUT_SIZE, spec.INPUT_SIZE)
_AMPLITUDE, _SLOPE = np.float32(AMPLITUDE), np.float32(SLOPE)
_STEEPEST, _BENDING = np.float32(AMPLITUDE * SLOPE), np.float32(SLOPE / AMPLITUDE)


def fits(model: LeNet5, x: Tensor) -> bool:
    """Whether ``learn`` can take the place of the model and of autograd."""
    return x.shape == _ONE and model.dtype == x.dtype == torch.float32


def learn(model: LeNet5, x: Tensor, label: int, rubbish: float | None) -> tuple[Tensor, float]:
    """Leave the loss's gradients in the model's parameters; returns (1, 10) penalties and the loss.

    Args:
        model: what learns.
        x: (1, 1, 32, 32) float32, one pattern.
        label: its class.
        rubbish: the penalty j of eq. 9; None for eq. 8.

    Raises ValueError for more than one pattern or another size.
    """
    if x.shape != _ONE:
        raise ValueError(f"One pattern has the shape (1, 1, 32, 32), not {tuple(x.shape)}.")
    parameters = list(model.parameters())
    weights = [parameter.detach().numpy() for parameter in parameters]
    values = _forward(x[0, 0].numpy(), weights)
    apart = values.f6 - _codes()
    penalties = (apart * apart).sum(1)
    loss, of_penalties = _loss(penalties, label, rubbish)
    gradients = _backward(of_penalties, values, weights)
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = torch.from_numpy(gradient)
    return torch.from_numpy(penalties[None]), loss


def _loss(penalties: Numbers, label: int, rubbish: float | None) -> tuple[float, Numbers]:
    """Eq. 8 or eq. 9 of one pattern, and its gradient with respect to the ten penalties."""
    gradient = np.zeros_like(penalties)
    loss = float(penalties[label])
    if rubbish is not None:
        # Relative to the smallest, so that no exponential is too small for all of them.
        nearest = min(float(penalties.min()), rubbish)
        shares = np.exp(nearest - penalties)
        whole = float(shares.sum()) + math.exp(nearest - rubbish)
        loss += math.log(whole) - nearest
        gradient -= shares / np.float32(whole)
    gradient[label] += 1
    return loss, gradient


@dataclass(frozen=True)
class _Values:
    """The layers' values, map by map, and the patches that C1 and C3 read, one in a column."""

    patches1: Numbers  # (25, 784)
    c1: Numbers  # (6, 28, 28)
    sums2: Numbers  # (6, 14, 14): 2x2 neighbours added
    s2: Numbers
    patches3: Numbers  # (150, 100)
    c3: Numbers  # (16, 10, 10)
    sums4: Numbers  # (16, 5, 5)
    s4: Numbers
    c5: Numbers  # (120,)
    f6: Numbers  # (84,)


def _forward(image: Numbers, weights: list[Numbers]) -> _Values:
    w1, b1, k2, b2, w3, b3, k4, b4, w5, b5, w6, b6 = weights
    patches1 = sliding_window_view(image, (28, 28)).reshape(25, 784)
    c1 = _squash(w1.reshape(6, 25) @ patches1 + b1[:, None]).reshape(6, 28, 28)
    sums2 = _neighbours(c1)
    s2 = _squash(sums2 * k2[:, None, None] + b2[:, None, None])
    patches3 = sliding_window_view(s2, (10, 10), axis=(1, 2)).reshape(150, 100)
    c3 = _squash(_whole(w3) @ patches3 + b3[:, None]).reshape(16, 10, 10)
    sums4 = _neighbours(c3)
    s4 = _squash(sums4 * k4[:, None, None] + b4[:, None, None])
    c5 = _squash(w5.reshape(120, 400) @ s4.reshape(400) + b5)
    f6 = _squash(w6.reshape(84, 120) @ c5 + b6)
    return _Values(patches1, c1, sums2, s2, patches3, c3, sums4, s4, c5, f6)


def _backward(of_penalties: Numbers, values: _Values, weights: list[Numbers]) -> Iterator[Numbers]:
    """The gradient of each parameter, in the parameters' order."""
    w1, _, k2, _, w3, _, k4, _, w5, _, w6, _ = weights
    f6 = 2 * (of_penalties.sum() * values.f6 - of_penalties @ _codes()) * _slope(values.f6)
    c5 = (f6 @ w6.reshape(84, 120)) * _slope(values.c5)
    s4 = (c5 @ w5.reshape(120, 400)).reshape(16, 5, 5) * _slope(values.s4)
    c3 = (_doubled(s4 * k4[:, None, None]) * _slope(values.c3)).reshape(16, 100)
    s2 = _folded((_whole(w3).T @ c3).reshape(6, 5, 5, 10, 10)) * _slope(values.s2)
    c1 = (_doubled(s2 * k2[:, None, None]) * _slope(values.c1)).reshape(6, 784)
    yield np.matmul(c1, values.patches1.T, dtype=np.float32).reshape(w1.shape)
    yield c1.sum(1)
    yield np.einsum("nij,nij->n", s2, values.sums2)
    yield s2.sum((1, 2))
    yield np.matmul(c3, values.patches3.T, dtype=np.float32).reshape(96, 5, 5)[_places()]
    yield c3.sum(1)
    yield np.einsum("nij,nij->n", s4, values.sums4)
    yield s4.sum((1, 2))
    yield np.multiply.outer(c5, values.s4).reshape(w5.shape)
    yield c5
    yield np.multiply.outer(f6, values.c5).reshape(w6.shape)
    yield f6


def _squash(sums: Numbers) -> Numbers:
    return _AMPLITUDE * np.tanh(sums * _SLOPE)


def _slope(values: Numbers) -> Numbers:
    """The squashing function's slope, from its values."""
    return _STEEPEST - _BENDING * values * values


def _neighbours(maps: Numbers) -> Numbers:
    """(n, 2k, 2k) -> (n, k, k): each 2x2 neighbours added."""
    top, bottom = maps[:, ::2], maps[:, 1::2]
    return top[:, :, ::2] + top[:, :, 1::2] + bottom[:, :, ::2] + bottom[:, :, 1::2]


def _doubled(maps: Numbers) -> Numbers:
    """(n, k, k) -> (n, 2k, 2k): each value for all four that were added."""
    return maps.repeat(2, axis=1).repeat(2, axis=2)


def _folded(of_patches: Numbers) -> Numbers:
    """(6, 5, 5, 10, 10), for each tap what it read from where, -> (6, 14, 14) for S2."""
    whole = np.zeros((6, 14, 14), np.float32)
    for row in range(5):
        for column in range(5):
            whole[:, row : row + 10, column : column + 10] += of_patches[:, row, column]
    return whole


def _whole(w3: Numbers) -> Numbers:
    """(16, 150): C3's kernels, zeros where Table I connects nothing."""
    whole = np.zeros((96, 25), np.float32)
    whole[_places()] = w3.reshape(-1, 25)
    return whole.reshape(16, 150)


@cache
def _places() -> NDArray[np.int64]:
    """(60,): which of the 16 x 6 pairs of maps have a kernel, in the order of the kernels."""
    return np.array([k * spec.C3.maps_before + n for k, n in spec.C3.pairs()])


@cache
def _codes() -> Numbers:
    """(10, 84)"""
    return np.array(codes.DIGITS, np.float32).reshape(len(codes.DIGITS), -1)
