"""Synthetic pen drawings: digits in the ways people draw them with a mouse, pen or finger.

MNIST's writers filled in forms, and shapes that are everyday elsewhere hardly occur there: a 9
with a hook like a g's, a 1 whose flag is as long as its stem, a 7 with a low bar.
``pen_styles.txt`` lists such shapes as a few points; here each is bent out of shape at random
and drawn as the app draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from lenet.training.strokes import Segments, grey_levels, render

NO_DIGIT = -1
"""The label of what is no digit."""

PER_INTERVAL = 28
"""Segments between two points: the box's diagonal, 28 pixels, in steps below one pixel."""


@dataclass(frozen=True)
class Style:
    """One way to draw one digit: strokes of smooth pieces of (points, 2) float32, height 1."""

    digit: int  # NO_DIGIT for what is none
    name: str
    strokes: tuple[tuple[Tensor, ...], ...]


def read_styles(file: str = "pen_styles.txt") -> tuple[Style, ...]:
    """The styles of a file beside this one, in its order."""
    lines = Path(__file__).with_name(file).read_text(encoding="ascii").splitlines()
    return tuple(_read(line) for line in lines if line and not line.startswith("#"))


def _read(line: str) -> Style:
    title, drawing = line.split(":")
    digit, name = title.split(" ", 1)
    strokes = []
    for stroke in drawing.split("/"):
        pieces: list[Tensor] = []
        for piece in stroke.split(";"):
            points = torch.tensor([[float(c) for c in point.split()] for point in piece.split(",")])
            points = points / 100
            pieces.append(torch.cat([pieces[-1][-1:], points]) if pieces else points)
        strokes.append(tuple(pieces))
    return Style(NO_DIGIT if digit == "-" else int(digit), name, tuple(strokes))


def draw(
    styles: tuple[Style, ...], count: int, radius: float, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """About ``count`` drawings, spread evenly over digits and over each digit's styles.

    Returns (N, 28, 28) uint8 grey levels, ink 255, and (N,) int64 digits.
    """
    digits = {style.digit for style in styles}
    drawings, labels = [], []
    for style in styles:
        rivals = sum(other.digit == style.digit for other in styles)
        number = math.ceil(count / len(digits) / rivals)
        # One style at a time, because a few drawings fit the processor's cache and all do not.
        drawn = Segments.of_curves(curves(style, number, generator))
        drawings.append(render(drawn, radius))
        labels.append(torch.full((number,), style.digit))
    return grey_levels(torch.cat(drawings)), torch.cat(labels)


def curves(style: Style, number: int, generator: torch.Generator) -> list[Tensor]:
    """Each stroke of a style as ``number`` hands draw it, (number, points, 2), of height 1."""

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator)

    whole = hand(number, generator)
    # Most drawings are neat, some are not; beyond 1.8 nobody could read them.
    untidy = (0.5 * normal(number, 1, 1)).exp().clamp_max(1.8)
    drawn = []
    for stroke in style.strokes:
        place = 0.025 * untidy * normal(number, 1, 2)
        last = None
        for piece in stroke:
            points = piece + place + 0.025 * untidy * normal(number, *piece.shape)
            if last is not None:
                points = torch.cat([last, points[:, 1:]], 1)
            last = points[:, -1:]
            drawn.append(whole(smooth(points)))
    return drawn


def hand(number: int, generator: torch.Generator) -> Callable[[Tensor], Tensor]:
    """What one hand does to a whole drawing: slant, proportions, turn, and a slow waver.

    The function takes the (number, points, 2) positions of ``number`` drawings, of height 1.
    """

    def normal(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator)

    slant = 0.18 * normal(number, 1)
    squeeze = (0.16 * normal(number, 1)).exp()
    turn = 0.07 * normal(number, 1)
    waves = 0.03 * normal(number, 2, 2, 2)  # amplitude by [axis moved, axis along, sine or cosine]
    pitch = 3 + normal(number, 1)

    def whole(path: Tensor) -> Tensor:
        x, y = path[..., 0], path[..., 1]
        along = torch.stack([x, y], 1) * pitch[:, None]
        waver = (waves[..., 0, None] * along.sin()[:, None]).sum(2)
        waver = waver + (waves[..., 1, None] * along.cos()[:, None]).sum(2)
        x, y = x * squeeze + waver[:, 0], y + waver[:, 1]
        x = x - slant * y
        return torch.stack([x * turn.cos() - y * turn.sin(), x * turn.sin() + y * turn.cos()], -1)

    return whole


def smooth(points: Tensor) -> Tensor:
    """(N, k, 2) points -> (N, (k-1) * PER_INTERVAL + 1, 2): the Catmull-Rom curve through them."""
    before = torch.cat([2 * points[:, :1] - points[:, 1:2], points[:, :-1]], 1)[:, :, None]
    after = torch.cat([points[:, 1:], 2 * points[:, -1:] - points[:, -2:-1]], 1)[:, :, None]
    tangent = (after - before) / 2
    a, b = points[:, :-1, None], points[:, 1:, None]
    u, v = tangent[:, :-1], tangent[:, 1:]
    t = (torch.arange(PER_INTERVAL) / PER_INTERVAL)[:, None]
    curve = (
        (2 * t**3 - 3 * t**2 + 1) * a
        + (t**3 - 2 * t**2 + t) * u
        + (3 * t**2 - 2 * t**3) * b
        + (t**3 - t**2) * v
    )
    return torch.cat([curve.flatten(1, 2), points[:, -1:]], 1)


def straight(points: Tensor) -> Tensor:
    """(N, k, 2) points -> (N, (k-1) * PER_INTERVAL + 1, 2): straight lines from one to the next."""
    part = (torch.arange(PER_INTERVAL) / PER_INTERVAL)[:, None]
    lines = points[:, :-1, None] + part * (points[:, 1:] - points[:, :-1])[:, :, None]
    return torch.cat([lines.flatten(1, 2), points[:, -1:]], 1)
