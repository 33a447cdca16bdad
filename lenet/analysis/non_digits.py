"""What is no digit, as inputs: packaged drawings, and the same as other hands would draw them."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from lenet import ink
from lenet.drawing import non_digits
from lenet.drawing.strokes import Drawing, Stroke

WAYS = 10
"""How many variations of each drawing there are."""

_TURN = 12.0  # degrees, either way
_SLANT = 0.25
_SQUEEZE = 1.2
_SEED = 1998


def inputs() -> Tensor:
    """(n, 1, 32, 32) inputs of the packaged non-digits, in the order of their names."""
    return _prepared([non_digits.drawing(name) for name in non_digits.names()])


def variations() -> Tensor:
    """(n * ``WAYS``, 1, 32, 32): each of them turned, slanted and squeezed, always the same."""
    random = np.random.default_rng(_SEED)
    drawn = [non_digits.drawing(name) for name in non_digits.names()]
    return _prepared([_varied(drawing, random) for drawing in drawn for _way in range(WAYS)])


def _varied(drawing: Drawing, random: np.random.Generator) -> Drawing:
    turn, slant, squeeze = random.uniform(-1, 1, 3)
    angle, wide = math.radians(_TURN * turn), _SQUEEZE**squeeze
    cosine, sine = math.cos(angle), math.sin(angle)
    matrix = np.array([[cosine, -sine], [sine, cosine]]) @ [[wide, _SLANT * slant], [0, 1 / wide]]
    return Drawing([_moved(stroke, matrix) for stroke in drawing.strokes], drawing.pens)


def _moved(stroke: Stroke, matrix: np.ndarray) -> Stroke:
    """A stroke of which every point was moved about the canvas's middle."""
    middle = non_digits.SIDE / 2
    points = (np.array(stroke) - middle) @ matrix.T + middle
    return [(x, y) for x, y in points.tolist()]


def _prepared(drawings: list[Drawing]) -> Tensor:
    side = (non_digits.SIDE, non_digits.SIDE)
    made = [ink.from_drawing(drawing, size=side) for drawing in drawings]
    return torch.cat([x for x in made if x is not None])
