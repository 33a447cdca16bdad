"""A prepared drawing disturbed: moved, turned, resized, squeezed, thickened, or spotted with noise.

Drawings are centred and size-normalised before a network sees them, so what is disturbed here is
the network's input. ``assets/engine/disturb.js`` does the same in the browser, number for number.

>>> import torch
>>> Disturbance(right=3).applied(torch.full((1, 1, 32, 32), -0.1)).shape
torch.Size([1, 1, 32, 32])
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lenet import spec
from lenet.drawing.size_normalisation import CENTRE

if TYPE_CHECKING:
    from torch import Tensor

_WORD = 2**32


@dataclass(frozen=True)
class Disturbance:
    """What is done to an input: first the strokes' width, then one planar map, then noise.

    The map is about the drawing's centre of mass, which preparation puts at pixel (16, 16): the
    drawing is resized and squeezed, then turned, then shifted. Between pixels it is interpolated
    linearly, and outside of the input there is paper.

    Args:
        right: pixels to the right, fractions included.
        down: pixels downwards.
        turn: degrees clockwise.
        scale: factor of width and height, above 0.
        squeeze: factor that the width is divided and the height multiplied by, above 0.
        stroke: pixels by which the strokes become wider, or with a minus thinner.
        noise: share of the pixels that are inverted, 0 to 1, ink to paper and paper to ink, as in
            Figure 13 of the paper. More noise inverts the same pixels and further ones.
        seed: which pixels these are.
    """

    right: float = 0.0
    down: float = 0.0
    turn: float = 0.0
    scale: float = 1.0
    squeeze: float = 1.0
    stroke: float = 0.0
    noise: float = 0.0
    seed: int = 0

    def applied(self, x: Tensor) -> Tensor:
        """A (1, 1, 32, 32) float32 input, disturbed; without any disturbance the very same.

        Raises ValueError for factors that are not above 0, and for values that are not finite.
        """
        import torch

        return torch.from_numpy(self.of(x[0, 0].numpy())[None, None].copy())

    def of(self, pixels: np.ndarray) -> np.ndarray:
        """The same for (32, 32) pixels of float32."""
        values = (self.right, self.down, self.turn, self.scale, self.squeeze, self.stroke)
        if not all(map(math.isfinite, (*values, self.noise))) or min(self.scale, self.squeeze) <= 0:
            raise ValueError("a disturbance consists of finite numbers and factors above 0")
        if self.stroke:
            pixels = _with_width(pixels, self.stroke)
        if values[:5] != (0, 0, 0, 1, 1):
            pixels = self._mapped(pixels)
        return _with_noise(pixels, self.noise, self.seed) if self.noise > 0 else pixels

    def _mapped(self, pixels: np.ndarray) -> np.ndarray:
        side = pixels.shape[0]
        cosine, sine = _cosine_and_sine(self.turn)
        width, height = self.scale / self.squeeze, self.scale * self.squeeze
        row, column = np.mgrid[:side, :side].astype(np.float64)
        # Every pixel asks where it comes from: the shift, the turn and the factors taken back.
        x, y = column - CENTRE - self.right, row - CENTRE - self.down
        from_column = (cosine * x + sine * y) / width + CENTRE
        from_row = (cosine * y - sine * x) / height + CENTRE
        paper = np.full((side + 2, side + 2), spec.BACKGROUND)
        paper[1:-1, 1:-1] = pixels
        # What lies further outside is paper like the margin.
        from_row, from_column = (np.clip(at, -1, side) + 1 for at in (from_row, from_column))
        top, left = (np.minimum(np.floor(at), side).astype(int) for at in (from_row, from_column))
        down, right = from_row - top, from_column - left
        above = paper[top, left] + right * (paper[top, left + 1] - paper[top, left])
        below = paper[top + 1, left] + right * (paper[top + 1, left + 1] - paper[top + 1, left])
        return np.asarray(above + down * (below - above), dtype=np.float32)


def _cosine_and_sine(degrees: float) -> tuple[float, float]:
    """Exact for quarter turns, so that these only exchange pixels."""
    quarters = degrees / 90
    if quarters == math.floor(quarters):
        return ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarters) % 4]
    radians = degrees * math.pi / 180
    return math.cos(radians), math.sin(radians)


def _with_width(pixels: np.ndarray, change: float) -> np.ndarray:
    """Ink spread by half the change on each side, or paper if the strokes become thinner.

    A pixel becomes as dark as the darkest one within that radius; one that the radius only
    partly reaches counts by that part. Thinning does the same to the paper.
    """
    radius = abs(change) / 2
    covers = (pixels.astype(np.float64) - spec.BACKGROUND) / (spec.INK - spec.BACKGROUND)
    spread = covers if change > 0 else 1 - covers
    # Beyond the border there is paper, which is what spreads if strokes become thinner.
    outside = 0.0 if change > 0 else 1.0
    reach = math.ceil(radius)
    side = pixels.shape[0]
    padded = np.pad(spread, reach, constant_values=outside)
    widened = spread.copy()
    for row in range(-reach, reach + 1):
        for column in range(-reach, reach + 1):
            weight = min(max(1 + radius - math.sqrt(row * row + column * column), 0.0), 1.0)
            if weight:
                top, left = row + reach, column + reach
                moved = padded[top : top + side, left : left + side]
                np.maximum(widened, weight * moved, out=widened)
    inked = widened if change > 0 else 1 - widened
    return np.asarray(spec.BACKGROUND + (spec.INK - spec.BACKGROUND) * inked, dtype=np.float32)


def _with_noise(pixels: np.ndarray, share: float, seed: int) -> np.ndarray:
    inverted = hashed(seed, pixels.size).reshape(pixels.shape) < share * _WORD
    other = (spec.BACKGROUND + spec.INK - pixels.astype(np.float64)).astype(np.float32)
    return np.where(inverted, other, pixels)


def hashed(seed: int, count: int) -> np.ndarray:
    """(count,) uint32 evenly spread over all there are: the finaliser of MurmurHash3."""
    word = np.uint32
    h = np.arange(count, dtype=word) * word(0x9E3779B1) ^ word((seed + 1) * 0x85EBCA77 % _WORD)
    h = (h ^ (h >> word(16))) * word(0x85EBCA6B)
    h = (h ^ (h >> word(13))) * word(0xC2B2AE35)
    return np.asarray(h ^ (h >> word(16)))
