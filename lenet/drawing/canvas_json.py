"""Pen strokes out of the drawing canvas's JSON, which is a Fabric.js drawing.

Fabric smooths a pencil stroke p0 ... pn into ``M p0', Q p0 m0, Q p1 m1, ..., L pn'``: every
control point is a pen position, m_i is half way from p_i to p_i+1, and both ends are moved out
by a thousandth of the pen's width. A tap is ``M, L`` across that small distance. Reading the
control points, and the last position as the end of the last half way, gives exactly the
positions that went in, so the browser can see the same drawing while it is being made.

A stroke that was moved, resized or turned afterwards keeps its path; the object's own transform
says where it now is.

Positions are taken to a grid of 64ths of a pixel, as browsers place things: what a mouse draws
lies on it already, and a drawing can be told exactly in whole numbers (``lenet.drawing.link``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from lenet.drawing.size_normalisation import InkError

MOST_OBJECTS = 1_000
MOST_COMMANDS = 8_000
"""More strokes, or pen positions, than that are no drawing of a digit.

A minute of scribbling gives about 4,000 positions. The worst that is accepted costs a tenth of
a second to read and to draw again.
"""

GRID = 64
"""Steps of the grid to a canvas pixel; ``assets/engine/pen.js`` follows the same grid."""

WIDEST_PEN = 127
"""Canvas pixels; a wider line, which only resizing makes, is told as one of this width."""

LARGEST = 1e6
"""Largest number, either way, that is taken for a coordinate, a scale or an angle."""

# Fabric writes left and top with four decimals. A transform that moves less than this is that
# rounding, and is left out so that untouched strokes stay exact.
_ROUNDING = 1e-3

_ANCHOR = {"left": 0.5, "top": 0.5, "center": 0.0, "right": -0.5, "bottom": -0.5}

Points = list[tuple[float, float]]


def strokes_of_canvas(drawing: object) -> list[Points]:
    """The pen strokes of a canvas, in the order they were drawn.

    Args:
        drawing: ``json_data`` of streamlit-drawable-canvas; None is an empty canvas.

    Returns:
        One list of (x, y) in canvas pixels for each pencil stroke, where it is seen now.
        Other objects (shapes, text, pictures) are left out.

    Raises:
        InkError: for anything a canvas does not produce.
    """
    return strokes_and_pens(drawing)[0]


def canvas_of_strokes(
    strokes: Sequence[Points], pens: Sequence[int], colour: str
) -> dict[str, Any]:
    """A drawing for the canvas, from which ``strokes_of_canvas`` reads the same strokes again.

    ``pens`` has the pen's width in pixels for each stroke, ``colour`` is a CSS colour.
    """
    return {"objects": [_path_object(*one, colour) for one in zip(strokes, pens, strict=True)]}


def _path_object(stroke: Points, pen: int, colour: str) -> dict[str, Any]:
    first, last = stroke[0], stroke[-1]
    if len(stroke) == 1:  # a line of no length at all would not be seen
        (x, y), out = first, pen / 1000
        first, last = (x - out, y), (x + out, y)
    curves = [
        ["Q", x, y, (x + next_x) / 2, (y + next_y) / 2]
        for (x, y), (next_x, next_y) in pairwise(stroke)
    ]
    halves = np.array([curve[1:] for curve in curves]).reshape(-1, 4)
    size, centre = _bounds(np.array(first), halves[:, :2], halves[:, 2:], np.array(last))
    return {
        "type": "Path",
        "path": [["M", *first], *curves, ["L", *last]],
        "originX": "center",
        "originY": "center",
        "left": round(float(centre[0]), 4),
        "top": round(float(centre[1]), 4),
        "width": round(float(size[0]), 4),
        "height": round(float(size[1]), 4),
        "fill": None,
        "stroke": colour,
        "strokeWidth": pen,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
    }


def strokes_and_pens(drawing: object) -> tuple[list[Points], list[int]]:
    """What ``strokes_of_canvas`` reads, and the width of the pen that drew each stroke."""
    if drawing is None:
        return [], []
    objects = drawing.get("objects", []) if isinstance(drawing, dict) else None
    if not isinstance(objects, list) or len(objects) > MOST_OBJECTS:
        raise _unreadable(f"a list of at most {MOST_OBJECTS:,} objects")
    strokes: list[Points] = []
    pens: list[int] = []
    commands = 0
    for item in objects:
        if not isinstance(item, dict):
            raise _unreadable("objects with named properties")
        if item.get("type") not in ("Path", "path"):  # older versions write it small
            continue
        path = item.get("path")
        commands += len(path) if isinstance(path, list) else 0
        if commands > MOST_COMMANDS:
            raise _unreadable(f"at most {MOST_COMMANDS:,} pen positions")
        stroke = _stroke(item, path)
        if stroke is not None:
            if not bool((np.abs(stroke) <= LARGEST).all()):
                raise _unreadable("positions on the canvas or near it")
            strokes.append([(x, y) for x, y in (np.floor(stroke * GRID + 0.5) / GRID).tolist()])
            pens.append(min(max(1, round(_number(item, "strokeWidth", 1))), WIDEST_PEN))
    return strokes, pens


def _is_pencil(path: object) -> bool:
    """Whether a path of commands is one that the pencil draws."""
    if not isinstance(path, list) or len(path) < 2:
        return False
    return [command[0] for command in path] == ["M", *"Q" * (len(path) - 2), "L"]


def _unreadable(expected: str) -> InkError:
    return InkError(
        f"The drawing cannot be read: {expected} expected. Please clear the canvas and draw again."
    )


def _stroke(item: dict[str, Any], path: object) -> np.ndarray | None:
    """(n, 2) pen positions of one path object, or None if no pencil drew it."""
    if not isinstance(path, list) or not all(isinstance(c, list) and c for c in path):
        raise _unreadable("paths that are lists of commands")
    if not _is_pencil(path):
        return None
    first, last = _numbers(path[0][1:], 2), _numbers(path[-1][1:], 2)
    curves = np.array([_numbers(command[1:], 4) for command in path[1:-1]]).reshape(-1, 4)
    control, half_way = curves[:, :2], curves[:, 2:]
    if len(curves):
        points = np.concatenate([control, 2 * half_way[-1:] - control[-1:]])
    else:
        points = (first + last)[None] / 2
    return _placed(points, item, *_bounds(first, control, half_way, last))


def _numbers(values: list[object], count: int) -> np.ndarray:
    # Comparing also refuses NaN, infinity and integers too large for a float.
    if len(values) != count or not all(
        isinstance(v, (int, float)) and not isinstance(v, bool) and -LARGEST <= v <= LARGEST
        for v in values
    ):
        raise _unreadable(f"{count} coordinates a command")
    return np.array(values, dtype=np.float64)


def _number(item: dict[str, Any], name: str, otherwise: float) -> float:
    return float(_numbers([item.get(name, otherwise)], 1)[0])


def _anchor(name: object) -> float:
    if not isinstance(name, str) or name not in _ANCHOR:
        raise _unreadable("an origin that is a side or the centre")
    return _ANCHOR[name]


def _bounds(
    first: np.ndarray, control: np.ndarray, half_way: np.ndarray, last: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(width, height) and centre of the box that Fabric computes for a path.

    Fabric measures each quadratic as a cubic with the control point twice, and the box's centre
    is what an object's transform turns about, so the same is done here. Along one axis such a
    curve turns back only if the control point lies beyond both ends, where the square roots of
    its distances to them divide the way.
    """
    begin = np.concatenate([first[None], half_way[:-1]]) if len(control) else control
    out, back = control - begin, half_way - control
    u, v = np.sqrt(np.abs(out)), np.sqrt(np.abs(back))
    t = np.divide(u, u + v, out=np.zeros_like(u), where=out * back < 0)
    s = 1 - t
    turn = s**3 * begin + 3 * s * t * control + t**3 * half_way
    corners = np.concatenate([first[None], turn, half_way, last[None]])
    low, high = corners.min(axis=0), corners.max(axis=0)
    return high - low, (low + high) / 2


def _placed(
    points: np.ndarray, item: dict[str, Any], box: np.ndarray, centre: np.ndarray
) -> np.ndarray:
    """Points where the object's transform puts them; as they are if it never moved."""

    def number(name: str, otherwise: float) -> float:
        return _number(item, name, otherwise)

    scale = np.array([number("scaleX", 1), number("scaleY", 1)])
    flip = np.array([-1 if item.get(name) is True else 1 for name in ("flipX", "flipY")])
    skew = np.tan(np.radians([number("skewX", 0), number("skewY", 0)]))
    angle = np.radians(number("angle", 0))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

    def skewed(factors: np.ndarray) -> np.ndarray:
        across, down = np.array([[1, skew[0]], [0, 1]]), np.array([[1, 0], [skew[1], 1]])
        return np.diag(factors) @ across @ down

    # left and top name a point of the object's outer box, pen width included.
    pen = number("strokeWidth", 0)
    uniform = item.get("strokeUniform") is True
    outer = np.abs(skewed(scale)) @ (box + (0 if uniform else pen)) + (pen if uniform else 0)
    anchor = np.array([_anchor(item.get(name, "center")) for name in ("originX", "originY")])
    named = np.array([number("left", centre[0]), number("top", centre[1])])
    middle = named + turn @ (anchor * outer)

    matrix = turn @ skewed(scale * flip)
    if np.abs(matrix - np.eye(2)).max() < 1e-9 and np.abs(middle - centre).max() < _ROUNDING:
        return points
    return (points - centre) @ matrix.T + middle
