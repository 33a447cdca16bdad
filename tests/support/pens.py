"""What people draw with a pen, for evaluation only: no network is trained on any of it.

``pens.txt`` holds ways of writing each digit, 1s with flags and feet, 7s with high and low bars,
9s with straight and hooked tails; ``letters.txt`` and ``shapes.txt`` hold what is no digit in the
same way. A writer has a slant, proportions, a hand that bends every shape a little in its own
way, and one way of drawing each thing. Positions are what a mouse reports: whole pixels, far
apart where the hand is fast and close together in the curves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

CANVAS = 280
"""Rows and columns of the canvas in CSS pixels."""

Point = tuple[float, float]
Strokes = list[list[Point]]
"""(x, y) in canvas pixels, one list for each time that the pen is put down."""

Curve = np.ndarray  # (n, 2) positions along one stroke
Way = list[list[np.ndarray]]  # strokes -> smooth pieces of (n, 2) positions


@dataclass(frozen=True)
class Drawing:
    """One digit by one writer: ``strokes`` are lists of (x, y) in canvas pixels."""

    digit: int
    writer: int
    strokes: Strokes

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


@dataclass(frozen=True)
class NonDigit:
    """Something else than a digit by one writer, with what it is meant to be."""

    name: str
    writer: int
    strokes: Strokes


def drawings(writers: int = 160, seed: int = 7) -> list[Drawing]:
    """Every digit once by each writer; the same seed gives the same drawings."""
    return [
        Drawing(int(name), writer, strokes)
        for name, writer, strokes in _everything_once("pens.txt", writers, seed)
    ]


def letters(writers: int = 55, seed: int = 7) -> list[NonDigit]:
    """Every letter that looks like no digit once by each writer, whose hand draws digits too."""
    return [NonDigit(*drawn) for drawn in _everything_once("letters.txt", writers, seed)]


def shapes(writers: int = 30, seed: int = 7) -> list[NonDigit]:
    """Hearts, stars, faces and other things once by each writer, whose hand draws digits too."""
    return [NonDigit(*drawn) for drawn in _everything_once("shapes.txt", writers, seed)]


def scribbles(count: int = 600, seed: int = 7) -> list[NonDigit]:
    """Each by another writer; every kind of scribble as often as the others."""
    kinds = sorted(_SCRIBBLES)
    everything = []
    for writer in range(count):
        random = np.random.default_rng((seed, writer))
        hand = _Hand(random)
        kind = kinds[writer % len(kinds)]
        everything.append(NonDigit(kind, writer, hand.draw(_SCRIBBLES[kind](random))))
    return everything


def ways(file: Path) -> dict[str, list[Way]]:
    """What a file such as ``pens.txt`` holds: the ways of drawing each thing, by its name.

    Raises ValueError, with the line's number, for a line that is no way of drawing anything.
    """
    found = defaultdict(list)
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line and not line.startswith("#"):
            name, _, strokes = line.partition(":")
            try:
                found[name].append([_pieces(stroke) for stroke in strokes.split(";")])
            except ValueError as error:
                raise ValueError(f"{file.name}, line {number}: {error}") from error
    return dict(found)


def _everything_once(name: str, writers: int, seed: int) -> Iterator[tuple[str, int, Strokes]]:
    """(what, writer, strokes) of everything in a file beside this one."""
    known = ways(Path(__file__).with_name(name))
    for writer in range(writers):
        random = np.random.default_rng((seed, writer))
        hand = _Hand(random)
        for what, choices in sorted(known.items()):
            way = choices[random.integers(len(choices))]
            yield what, writer, hand.draw(way)


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

    def draw(self, way: Way) -> Strokes:
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

    def _on_canvas(self, strokes: list[Curve]) -> Strokes:
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


def _pieces(stroke: str) -> list[np.ndarray]:
    pieces = []
    corner: list[list[float]] = []
    for part in stroke.split("/"):
        positions = corner + [_position(pair) for pair in part.split()]
        if len(positions) < 2:
            raise ValueError(f"{part.strip()!r} is no line from one position to another")
        pieces.append(np.array(positions))
        corner = positions[-1:]
    return pieces


def _position(pair: str) -> list[float]:
    x, y = pair.split(",")
    return [float(x), float(y)]


def _angular(random: np.random.Generator) -> Way:
    """Fourteen to thirty positions anywhere, joined by straight lines."""
    positions = random.uniform(0, 100, (random.integers(14, 31), 2))
    return [_straight(positions)]


def _curly(random: np.random.Generator) -> Way:
    """Fourteen to thirty positions anywhere, on one smooth curve."""
    return [[random.uniform(0, 100, (random.integers(14, 31), 2))]]


def _coil(random: np.random.Generator) -> Way:
    """Loops that follow one another along a line, as one tries whether a pen writes."""
    loops = random.integers(4, 9)
    angle = np.linspace(0, 2 * np.pi * loops, 8 * loops)
    onward = np.linspace(0, 25 * loops, len(angle))
    height = random.uniform(20, 50, loops + 1).repeat(8)[: len(angle)]
    coil = np.stack([onward + 22 * np.cos(angle), 50 + height * np.sin(angle)], axis=1)
    return [[_turned(coil, random.uniform(0, np.pi))]]


def _tangle(random: np.random.Generator) -> Way:
    """Round and round in one place, never twice on the same path."""
    rounds = random.integers(5, 11)
    angle = np.linspace(0, 2 * np.pi * rounds, 7 * rounds)
    radius = random.uniform(0, 50, len(angle))
    return [[50 + np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)]]


def _filled(random: np.random.Generator) -> Way:
    """A patch filled back and forth, sometimes a second time across."""
    strokes = []
    slant = random.uniform(0, np.pi)
    for layer in range(random.integers(1, 3)):
        turns = random.integers(8, 17)
        along = np.linspace(-50, 50, turns)
        reach = np.sqrt(np.maximum(60**2 - along**2, 0)) * random.uniform(0.7, 1.0, turns)
        sides = np.where(np.arange(turns) % 2, reach, -reach)
        path = _turned(np.stack([sides, along], axis=1), slant + layer * np.pi / 2) + 50
        strokes.append([path] if random.random() < 0.5 else _straight(path))
    return strokes


def _thicket(random: np.random.Generator) -> Way:
    """Six to fourteen separate strokes, straight or bent, that cross one another."""
    return [
        [random.uniform(0, 100, (random.integers(2, 4), 2))] for _ in range(random.integers(6, 15))
    ]


_SCRIBBLES: dict[str, Callable[[np.random.Generator], Way]] = {
    "angular": _angular,
    "coil": _coil,
    "curly": _curly,
    "filled": _filled,
    "tangle": _tangle,
    "thicket": _thicket,
}


def _straight(positions: np.ndarray) -> list[np.ndarray]:
    """A piece of its own from each position to the next, so that every one is a corner."""
    return [np.stack(ends) for ends in pairwise(positions)]


def _turned(positions: np.ndarray, angle: float) -> np.ndarray:
    cos, sin = np.cos(angle), np.sin(angle)
    return positions @ np.array([[cos, sin], [-sin, cos]])
