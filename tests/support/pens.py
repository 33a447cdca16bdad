"""Digits as people draw them with a pen, for evaluation only: no network is trained on these.

``pens.txt`` holds ways of writing each digit, 1s with flags and feet, 7s with high and low bars,
9s with straight and hooked tails. A writer has a slant, proportions, a hand that bends every
shape a little in its own way, and one way of writing each digit. Positions are what a mouse
reports: whole pixels, far apart where the hand is fast and close together in the curves.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

CANVAS = 280
"""Rows and columns of the canvas in CSS pixels."""

Point = tuple[float, float]
Curve = np.ndarray  # (n, 2) positions along one stroke


@dataclass(frozen=True)
class Drawing:
    """One digit by one writer: ``strokes`` are lists of (x, y) in canvas pixels."""

    digit: int
    writer: int
    strokes: list[list[Point]]

    def resized(self, fraction: float, place: Point = (0.5, 0.5), pen: float = 20) -> Drawing:
        """The same strokes with their longest side, pen included, at a fraction of the canvas.

        ``place`` is where in the room that is left: (0, 0) top left, (1, 1) bottom right.
        """
        points = np.array([point for stroke in self.strokes for point in stroke])
        low, high = points.min(axis=0), points.max(axis=0)
        scale = max(fraction * CANVAS - pen, 4) / (high - low).max()
        room = CANVAS - pen - (high - low) * scale
        offset = pen / 2 + room * np.array(place) - low * scale
        moved = [np.round(np.array(stroke) * scale + offset) for stroke in self.strokes]
        return replace(self, strokes=[_positions(stroke) for stroke in moved])


def drawings(writers: int = 160, seed: int = 7) -> list[Drawing]:
    """Every digit once by each writer; the same seed gives the same drawings."""
    ways = _ways_of_writing()
    everything = []
    for writer in range(writers):
        random = np.random.default_rng((seed, writer))
        hand = _Hand(random)
        for digit, choices in sorted(ways.items()):
            way = choices[random.integers(len(choices))]
            everything.append(Drawing(digit, writer, hand.draw(way)))
    return everything


class _Hand:
    """What one writer does to every shape."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.slant = random.normal(0.12, 0.14)
        self.proportion = np.exp(random.normal(np.log(0.75), 0.18))
        self.turn = np.radians(random.normal(0, 4))
        self.size = random.uniform(0.45, 0.85) * CANVAS
        self.care = random.uniform(0.5, 1.6)  # how far from the model shape things go
        self.speed = random.uniform(4, 16)  # pixels between two reported positions

    def draw(self, way: list[list[np.ndarray]]) -> list[list[Point]]:
        random = self.random
        bend = random.normal(0, 2.2 * self.care, (2, 3, 2))  # three slow waves each way
        strokes = []
        for pieces in way:
            curves = [_smooth(self._misplaced(piece)) for piece in pieces]
            curve = self._lengthened(np.concatenate(curves))
            for wave in range(3):
                phase = (wave + 1) * np.pi * curve[:, ::-1] / 100
                curve = curve + np.sin(phase + bend[1, wave]) * bend[0, wave] / (wave + 1)
            strokes.append(curve)
        return self._on_canvas(strokes)

    def _misplaced(self, piece: np.ndarray) -> np.ndarray:
        # Corners of neighbouring pieces must stay together, so only inner positions wander.
        moved = piece.copy()
        moved[1:-1] += self.random.normal(0, 2.5 * self.care, moved[1:-1].shape)
        return moved

    def _lengthened(self, curve: Curve) -> Curve:
        """A stroke overshoots or falls short, and is not put down exactly where it should be."""
        last, before = curve[-1], curve[-4]
        curve = np.concatenate([curve, [last + (last - before) * self.random.uniform(0, 0.8)]])
        cut = int(len(curve) * self.random.uniform(0, 0.03) * self.care)
        return curve[: len(curve) - cut] + self.random.normal(0, 1.8 * self.care, 2)

    def _on_canvas(self, strokes: list[Curve]) -> list[list[Point]]:
        turn = np.array(
            [[np.cos(self.turn), -np.sin(self.turn)], [np.sin(self.turn), np.cos(self.turn)]]
        )
        shape = np.array([[self.proportion, -self.slant], [0, 1]])
        shaped = [(curve - 50) @ (turn @ shape).T for curve in strokes]
        points = np.concatenate(shaped)
        low, high = points.min(axis=0), points.max(axis=0)
        scale = self.size / (high - low).max()
        room = CANVAS - (high - low) * scale
        offset = room * self.random.uniform(0.3, 0.7, 2) - low * scale
        return [self._sampled(curve * scale + offset) for curve in shaped]

    def _sampled(self, curve: Curve) -> list[Point]:
        """What the mouse reports: evenly in time, so closer together where the path bends."""
        steps = np.hypot(*np.diff(curve, axis=0).T) + 1e-9
        direction = np.unwrap(np.arctan2(*np.diff(curve, axis=0).T[::-1]))
        bending = np.abs(np.gradient(direction)) / steps
        time = np.cumsum(steps * (1 + np.minimum(12 * bending, 3)))
        ticks = np.append(np.arange(0, time[-1], self.speed), time[-1])
        times = np.concatenate([[0], time])
        path = np.stack([np.interp(ticks, times, axis) for axis in curve.T], axis=1)
        tremor = self.random.normal(0, 0.4 * self.care, path.shape)
        return _positions(np.round(path + tremor))


def _positions(path: np.ndarray) -> list[Point]:
    """Positions that differ from the one before: a mouse that rests reports nothing."""
    moved = np.append(True, (np.diff(path, axis=0) != 0).any(axis=1))
    return [(float(x), float(y)) for x, y in path[moved]]


def _smooth(piece: np.ndarray, between: int = 24) -> Curve:
    """A Catmull-Rom curve through the positions, both ends repeated."""
    if len(piece) == 2:
        return piece[0] + (piece[1] - piece[0]) * np.linspace(0, 1, between)[:, None]
    ends = np.concatenate([[2 * piece[0] - piece[1]], piece, [2 * piece[-1] - piece[-2]]])
    t = np.linspace(0, 1, between, endpoint=False)[:, None]
    curve = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        square, cube = t * t, t * t * t
        curve.append(
            b
            + t * (c - a) / 2
            + square * (2 * a - 5 * b + 4 * c - d) / 2
            + cube * (3 * b - a - 3 * c + d) / 2
        )
    return np.concatenate([*curve, piece[-1:]])


def _ways_of_writing() -> dict[int, list[list[list[np.ndarray]]]]:
    """digit -> ways -> strokes -> smooth pieces of (n, 2) positions."""
    ways = defaultdict(list)
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            digit, strokes = line.split(":")
            ways[int(digit)].append([_pieces(stroke) for stroke in strokes.split(";")])
    return dict(ways)


def _pieces(stroke: str) -> list[np.ndarray]:
    pieces = []
    corner: list[list[float]] = []
    for part in stroke.split("/"):
        positions = corner + [[float(n) for n in pair.split(",")] for pair in part.split()]
        pieces.append(np.array(positions))
        corner = positions[-1:]
    return pieces
