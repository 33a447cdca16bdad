"""The packaged sample digits as somebody would have drawn them: pen strokes on the canvas.

A sample is a picture of 28 x 28 pixels. Its ink is thinned to lines one pixel wide; a pen follows
them from an end, straight on where lines cross, and is put down again where something is left.
The same sample always gives the same strokes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

from lenet import samples
from tests.support import fabric

CANVAS = 280
"""Rows and columns of the canvas in CSS pixels."""

MARGIN = 40
"""Canvas pixels that stay free on each side."""

STEP = 6.0
"""Canvas pixels between two positions that the mouse reports."""

_FINER = 3  # the picture is enlarged before it is thinned, so that narrow loops stay open
_SHORTEST = 3 * _FINER  # shorter pieces are spurs of the thinning, not strokes

Point = tuple[float, float]
Pixel = tuple[int, int]


@cache
def drawing(index: int) -> tuple[int, list[dict[str, Any]]]:
    """The class of a packaged sample, and the objects on the canvas after drawing it."""
    digits = samples.load()
    strokes = strokes_of(digits.images[index])
    return int(digits.labels[index]), [fabric.pencil(stroke) for stroke in strokes]


def strokes_of(picture: np.ndarray) -> list[list[Point]]:
    """Pen strokes, (x, y) in canvas pixels, for a picture (28, 28) of 0 (paper) ... 255 (ink)."""
    side = picture.shape[0] * _FINER
    larger = Image.fromarray(picture).resize((side, side), Image.Resampling.BICUBIC)
    lines = [_evened(line) for line in _followed(thinned(np.asarray(larger) > 110))]
    points = np.concatenate(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (CANVAS - 2 * MARGIN) / max((high - low).max(), 1)
    offset = CANVAS / 2 - scale * (low + high) / 2
    return [_reported(line * scale + offset) for line in lines]


def thinned(ink: np.ndarray) -> np.ndarray:
    """What is left of the ink, (H, W) bool, when it is peeled to lines one pixel wide.

    Zhang and Suen's two passes: an edge pixel goes if its neighbours stay connected without it.
    """
    ink = np.pad(ink, 1)
    while True:
        before = ink.sum()
        for first in (True, False):
            up, down = np.roll(ink, 1, 0), np.roll(ink, -1, 0)
            ring = [
                up,
                np.roll(up, -1, 1),
                np.roll(ink, -1, 1),
                np.roll(down, -1, 1),
                down,
                np.roll(down, 1, 1),
                np.roll(ink, 1, 1),
                np.roll(up, 1, 1),
            ]
            count = sum(neighbour.astype(int) for neighbour in ring)
            begins = sum(
                (~a & b).astype(int) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
            )
            north, east, south, west = ring[::2]
            gone = ink & (count >= 2) & (count <= 6) & (begins == 1)
            if first:
                gone &= ~(north & east & south) & ~(east & south & west)
            else:
                gone &= ~(north & east & west) & ~(north & south & west)
            ink = ink & ~gone
        if ink.sum() == before:
            return ink[1:-1, 1:-1]


def _followed(lines: np.ndarray) -> list[np.ndarray]:
    """(n, 2) positions (x, y) of each stroke along one-pixel lines."""
    left: set[Pixel] = {(int(y), int(x)) for y, x in np.argwhere(lines)}
    strokes: list[list[Pixel]] = []
    drawn: set[Pixel] = set()
    while left:
        ends = [pixel for pixel in left if sum(n in left for n in _around(pixel)) == 1]
        path = [min(ends or left)]
        left.discard(path[0])
        while (following := _straightest(path, left)) is not None:
            path.append(following)
            left.discard(following)
        if len(path) > 2 * _SHORTEST and _near(path):
            path.append(path[0])  # a ring closes
        drawn.update(path)
        if len(path) >= _SHORTEST:
            strokes.append(path)
    if not strokes:
        strokes = [sorted(drawn)]
    return [np.array(path, dtype=float)[:, ::-1] for path in strokes]


def _near(path: list[Pixel]) -> bool:
    """Whether the path ends beside where it began."""
    return max(abs(a - b) for a, b in zip(path[0], path[-1], strict=True)) <= 2


def _around(pixel: Pixel) -> Iterator[Pixel]:
    y, x = pixel
    for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, -1), (-1, 1)):
        yield y + dy, x + dx


def _straightest(path: list[Pixel], left: set[Pixel]) -> Pixel | None:
    """The next pixel for the pen: the one that turns least against its last few steps."""
    here = path[-1]
    before = path[-min(len(path), 5)]
    choices = [pixel for pixel in _around(here) if pixel in left]
    if not choices:
        return None
    way = np.subtract(here, before)
    return max(choices, key=lambda pixel: float(way @ np.subtract(pixel, here)))


def _evened(line: np.ndarray) -> np.ndarray:
    """The line without the stairs of its pixels; its ends stay."""
    if len(line) < 5:
        return line
    padded = np.concatenate([line[:1], line[:1], line, line[-1:], line[-1:]])
    inner = np.mean([padded[i : i + len(line)] for i in range(5)], axis=0)
    return np.concatenate([line[:1], inner[1:-1], line[-1:]])


def _reported(line: np.ndarray) -> list[Point]:
    """Whole pixels along the line, some way apart, as a mouse reports them."""
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = np.append(np.arange(0, way[-1], STEP), way[-1])
    places = np.round(np.stack([np.interp(at, way, axis) for axis in line.T], axis=1))
    moved = np.append(True, (np.diff(places, axis=0) != 0).any(axis=1))
    return [(float(x), float(y)) for x, y in places[moved]]
