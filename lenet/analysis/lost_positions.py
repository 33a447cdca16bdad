"""How much the activations change when a drawing is shifted, and what sub-sampling does.

"Once a feature has been detected, its exact location becomes less important" (section II.A).
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from lenet import spec
from lenet.trace import Trace
from lenet.units import Numbers


def shifted(x: Tensor, rows: int, columns: int) -> Tensor:
    """(N, 1, h, w): the picture moved down and to the right, with paper where it has left."""
    height, width = x.shape[-2:]
    moved = torch.full_like(x, spec.BACKGROUND)
    if abs(rows) < height and abs(columns) < width:
        moved[..., _to(rows, height), _to(columns, width)] = x[
            ..., _to(-rows, height), _to(-columns, width)
        ]
    return moved


def relative_change(before: Trace, after: Trace) -> dict[str, float]:
    """By layer: the length of the difference of all its values, over the length of its values.

    0 for a layer that did not change; about 1.4 where the two have nothing in common.
    """
    return {
        layer.key: float((after[layer.key] - before[layer.key]).norm() / before[layer.key].norm())
        for layer in spec.SQUASHED
    }


def sub_sampled(values: Numbers, coefficient: float, bias: float) -> Numbers:
    """(2h, 2w) -> (h, w): four neighbours added, times a coefficient, plus a bias, squashed."""
    side = spec.S2.kernel
    rows, columns = values.shape[0] // side, values.shape[1] // side
    added = values.reshape(rows, side, columns, side).sum((1, 3))
    return np.asarray(spec.AMPLITUDE * np.tanh(spec.SLOPE * (coefficient * added + bias)))


def gate(inputs_on: int, coefficient: float) -> float:
    """The bias with which a sub-sampling unit turns positive when so many inputs are on.

    On and off are the limits of the squashing. The threshold lies half-way between
    ``inputs_on`` and one fewer: 1 makes a "noisy or" of the four inputs, 4 a "noisy and".
    """
    inputs = spec.S2.kernel**2
    threshold = spec.AMPLITUDE * (2 * (inputs_on - 0.5) - inputs)
    return -coefficient * threshold


def _to(by: int, length: int) -> slice:
    return slice(max(0, by), min(length, length + by))
