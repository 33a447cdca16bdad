"""Pen strokes out of the drawing canvas's JSON, which is a Fabric.js drawing.

Fabric smooths a pencil stroke p0 ... pn into ``M p0', Q p0 m0, Q p1 m1, ..., L pn'``: every
control point is a pen position, m_i is half way from p_i to p_i+1, and both ends are moved out
by a thousandth of the pen's width. A tap is ``M, L`` across that small distance. Reading the
control points, and the last position as the end of the last half way, gives exactly the
positions that went in, so the browser can see the same drawing while it is being made.

A stroke that was moved, resized or turned afterwards keeps its path; the object's own transform
says where it now is.

Positions are rounded to the grid of 64ths of a pixel (``lenet.drawing.strokes.GRID``).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.drawing.strokes import (
    FARTHEST,
    GRID,
    MOST_POSITIONS,
    MOST_STROKES,
    WIDEST_PEN,
    Drawing,
    InkError,
    Stroke,
)

# Fabric writes left and top with four decimals. A transform that moves less than this is that
# rounding, and is left out so that untouched strokes stay exact.
_ROUNDING = 1e-3

_ANCHOR = {"left": 0.5, "top": 0.5, "center": 0.0, "right": -0.5, "bottom": -0.5}


def strokes_of_canvas(raw: object) -> list[Stroke]:
    """The pen strokes of a canvas, in the order they were drawn.

    Args:
        raw: ``json_data`` of streamlit-drawable-canvas; None is an empty canvas.

    Returns:
        One list of (x, y) in canvas pixels for each pencil stroke, where it is seen now.
        Other objects (shapes, text, pictures) are left out.

    Raises:
        InkError: for anything a canvas does not produce.
    """
    return read(raw).strokes


def write(drawing: Drawing, colour: str) -> dict[str, Any]:
    """JSON for the canvas, from which ``read`` reads the same strokes and pens again.

    ``colour`` is the strokes' CSS colour. The picture is not part of it.
    """
    strokes = zip(drawing.strokes, drawing.pens, strict=True)
    return {"objects": [_path_object(stroke, pen, colour) for stroke, pen in strokes]}


def _path_object(stroke: Stroke, pen: int, colour: str) -> dict[str, Any]:
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


def read(raw: object) -> Drawing:
    """What ``strokes_of_canvas`` reads, and the width of the pen that drew each stroke."""
    if raw is None:
        return Drawing()
    objects = raw.get("objects", []) if isinstance(raw, dict) else None
    if not isinstance(objects, list) or len(objects) > MOST_STROKES:
        most = number(MOST_STROKES)
        raise _unreadable(_("a list of at most {most} objects expected").format(most=most))
    strokes: list[Stroke] = []
    pens: list[int] = []
    commands = 0
    for item in objects:
        if not isinstance(item, dict):
            raise _unreadable(_("objects with named properties expected"))
        if item.get("type") not in ("Path", "path"):  # older versions write it small
            continue
        path = item.get("path")
        commands += len(path) if isinstance(path, list) else 0
        if commands > MOST_POSITIONS:
            most = number(MOST_POSITIONS)
            raise _unreadable(_("at most {most} pen positions expected").format(most=most))
        stroke = _stroke(item, path)
        if stroke is not None:
            if not bool((np.abs(stroke) <= FARTHEST).all()):
                raise _unreadable(_("positions on the canvas or near it expected"))
            strokes.append([(x, y) for x, y in (np.floor(stroke * GRID + 0.5) / GRID).tolist()])
            pens.append(min(max(1, round(_number(item, "strokeWidth", 1))), WIDEST_PEN))
    return Drawing(strokes, pens)


def _is_pencil(path: object) -> bool:
    """Whether a path of commands is one that the pencil draws."""
    if not isinstance(path, list) or len(path) < 2:
        return False
    return [command[0] for command in path] == ["M", *"Q" * (len(path) - 2), "L"]


def _unreadable(reason: str) -> InkError:
    return InkError(
        _("The drawing cannot be read: {reason}. Please clear the canvas and draw again.").format(
            reason=reason
        )
    )


def _stroke(item: dict[str, Any], path: object) -> np.ndarray | None:
    """(n, 2) pen positions of one path object, or None if no pencil drew it."""
    if not isinstance(path, list) or not all(isinstance(c, list) and c for c in path):
        raise _unreadable(_("paths that are lists of commands expected"))
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
        isinstance(v, (int, float)) and not isinstance(v, bool) and -FARTHEST <= v <= FARTHEST
        for v in values
    ):
        raise _unreadable(_("{count} coordinates a command expected").format(count=count))
    return np.array(values, dtype=np.float64)


def _number(item: dict[str, Any], name: str, otherwise: float) -> float:
    return float(_numbers([item.get(name, otherwise)], 1)[0])


def _anchor(name: object) -> float:
    if not isinstance(name, str) or name not in _ANCHOR:
        raise _unreadable(_("an origin that is a side or the centre expected"))
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

    def of(name: str, otherwise: float) -> float:
        return _number(item, name, otherwise)

    scale = np.array([of("scaleX", 1), of("scaleY", 1)])
    flip = np.array([-1 if item.get(name) is True else 1 for name in ("flipX", "flipY")])
    skew = np.tan(np.radians([of("skewX", 0), of("skewY", 0)]))
    angle = np.radians(of("angle", 0))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

    def skewed(factors: np.ndarray) -> np.ndarray:
        across, down = np.array([[1, skew[0]], [0, 1]]), np.array([[1, 0], [skew[1], 1]])
        return np.diag(factors) @ across @ down

    # left and top name a point of the object's outer box, pen width included.
    pen = of("strokeWidth", 0)
    uniform = item.get("strokeUniform") is True
    outer = np.abs(skewed(scale)) @ (box + (0 if uniform else pen)) + (pen if uniform else 0)
    anchor = np.array([_anchor(item.get(name, "center")) for name in ("originX", "originY")])
    named = np.array([of("left", centre[0]), of("top", centre[1])])
    middle = named + turn @ (anchor * outer)

    matrix = turn @ skewed(scale * flip)
    if np.abs(matrix - np.eye(2)).max() < 1e-9 and np.abs(middle - centre).max() < _ROUNDING:
        return points
    return (points - centre) @ matrix.T + middle
