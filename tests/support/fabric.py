"""What Fabric.js's pencil records of a stroke, as far as the canvas's JSON shows it.

Written from the pencil's published behaviour, as the oracle for those who read that JSON and for
those who follow the pen: positions closer than 0.4 px to the last kept one are dropped, and so
is the last but one; a smooth path goes through the points half way between positions; both its
ends are moved out by a thousandth of the pen's width.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

Position = tuple[float, float]


def pencil(
    moves: Sequence[Position], pen: float = 20, straight: Sequence[bool] | None = None
) -> dict[str, Any]:
    """The object on the canvas after the pen went down at ``moves[0]`` and through the rest.

    ``straight[i]`` says whether Shift was held during move i.
    """
    return placed(smooth_path(kept(moves, straight), pen), pen)


def kept(moves: Sequence[Position], straight: Sequence[bool] | None = None) -> list[Position]:
    """The positions that the pencil keeps when it is lifted."""
    points = [moves[0], moves[0]]
    for i, move in enumerate(moves[1:], 1):
        if move == points[-1]:
            continue
        if straight and straight[i]:
            points.pop()
        points.append(move)
    if len(points) <= 2:
        return points
    thinned = [points[0]]
    for point in points[1:-2]:
        if (thinned[-1][0] - point[0]) ** 2 + (thinned[-1][1] - point[1]) ** 2 >= 0.4**2:
            thinned.append(point)
    return [*thinned, points[-1]]


def smooth_path(points: Sequence[Position], pen: float) -> list[list[Any]]:
    """M, Q ... Q, L through at least two positions."""

    def sign(value: float) -> int:
        return int(value > 0) - int(value < 0)

    out = pen / 1000
    first, last = points[0], points[-1]
    begins, ends = (1, 0), (1, 0)
    if len(points) > 2:
        begins = sign(points[2][0] - points[1][0]), sign(points[2][1] - points[1][1])
        ends = sign(last[0] - points[-2][0]), sign(last[1] - points[-2][1])
    path: list[list[Any]] = [["M", first[0] - begins[0] * out, first[1] - begins[1] * out]]
    for one, other in pairwise(points):
        if one != other:
            path.append(["Q", *one, (one[0] + other[0]) / 2, (one[1] + other[1]) / 2])
    return [*path, ["L", last[0] + ends[0] * out, last[1] + ends[1] * out]]


def placed(path: list[list[Any]], pen: float) -> dict[str, Any]:
    """The object of a path where it was drawn."""
    low, high = box(path)
    return {
        "type": "Path",
        "originX": "center",
        "originY": "center",
        "left": round(float(low[0] + high[0]) / 2, 4),
        "top": round(float(low[1] + high[1]) / 2, 4),
        "width": round(float(high[0] - low[0]), 4),
        "height": round(float(high[1] - low[1]), 4),
        "fill": None,
        "stroke": "#ffffff",
        "strokeWidth": pen,
        "strokeUniform": False,
        "angle": 0,
        "scaleX": 1,
        "scaleY": 1,
        "flipX": False,
        "flipY": False,
        "skewX": 0,
        "skewY": 0,
        "path": path,
    }


def box(path: list[list[Any]]) -> tuple[np.ndarray, np.ndarray]:
    """Corners of what Fabric takes for a path's box: its curves as cubics, tried out densely."""
    t = np.linspace(0, 1, 4001)[:, None]
    at = np.array(path[0][1:])
    seen = [at[None]]
    for command in path[1:]:
        end = np.array(command[-2:])
        if command[0] == "Q":
            control = np.array(command[1:3])
            seen.append((1 - t) ** 3 * at + 3 * t * (1 - t) * control + t**3 * end)
        seen.append(end[None])
        at = end
    points = np.concatenate(seen)
    return points.min(axis=0), points.max(axis=0)
