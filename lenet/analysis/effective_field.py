"""The effective receptive field: which of the pixels that a unit can see change its value.

The theoretical field is a square and counts every pixel in it alike. The effective one is the
gradient of the unit's value with respect to the input: by how much the value changes for a
little more ink, pixel by pixel. It is largest where most paths from pixel to unit meet, in the
middle of the square. The idea is that of Luo, Li, Urtasun and Zemel, "Understanding the
Effective Receptive Field in Deep Convolutional Neural Networks" (NIPS 2016).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from lenet import spec
from lenet.model import Network
from lenet.spec import Square
from lenet.units import Unit


def gradients(model: Network, x: Tensor, unit: Unit) -> np.ndarray:
    """(N, 32, 32): the derivative of one unit's value after squashing, for each of N inputs.

    ``x`` is (N, 1, 32, 32). The model's parameters and their gradients stay untouched. Raises
    ValueError for the input layer, whose units depend on nothing, and IndexError where there
    is no such unit.
    """
    if unit.layer.before is None:
        raise ValueError("A pixel of the input has no receptive field but itself.")
    with torch.inference_mode(False), torch.enable_grad():
        leaf = x.detach().clone().requires_grad_()
        values = next(values for step, _, values in model.steps(leaf) if step.key == unit.layer.key)
        (gradient,) = torch.autograd.grad(values[:, unit.map, unit.row, unit.column].sum(), leaf)
    return gradient[:, 0].numpy()


def middle(field: Square) -> Square:
    """The central part of a field, a quarter of the side cut off at each edge (rounded down)."""
    cut = field.side // 4
    return Square(field.row + cut, field.column + cut, field.side - 2 * cut)


@dataclass(frozen=True)
class Share:
    """How much of the field's middle there is, as parts of one: of gradient and of area."""

    mass: float
    area: float


def share_in_the_middle(gradient: np.ndarray, field: Square) -> Share:
    """The part of the absolute ``gradient`` (32, 32) that lies in the middle of ``field``.

    A gradient that is zero everywhere has no middle; its mass is 0.
    """
    absolute = np.abs(gradient)
    inner = middle(field)
    rows = slice(inner.row, inner.last_row + 1)
    columns = slice(inner.column, inner.last_column + 1)
    total = float(absolute.sum())
    mass = float(absolute[rows, columns].sum()) / total if total else 0.0
    return Share(mass, inner.side**2 / field.side**2)


def field_of(unit: Unit) -> Square:
    """The theoretical field: the square of the input that the unit can see."""
    return unit.layer.sees(unit.row, unit.column, spec.INPUT)
