"""From a drawing to the network's input: strokes here, pictures in ``lenet.drawing.photo``.

A drawing is its strokes, not its pixels: the pen's positions are drawn again, with the pen that
MNIST's writers had, straight onto the grid that the network sees. Where on the canvas, how large
and with which pen somebody drew is thereby forgotten, not corrected for.

``assets/engine/ink.js`` does the same in the browser while the pen moves; the two agree
to the last digits of a double, so a change here is a change there.

>>> x = from_strokes([[(90, 60), (190, 60), (130, 220)]], size=(280, 280))
>>> x.shape, x.dtype
(torch.Size([1, 1, 32, 32]), torch.float32)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.drawing.canvas_json import strokes_of_canvas
from lenet.drawing.photo import from_image
from lenet.drawing.size_normalisation import BOX_SIZE, CENTRE, as_input, centre_of_mass
from lenet.drawing.strokes import FARTHEST, MOST_POSITIONS, Drawing, InkError, Point

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["InkError", "from_drawing", "from_image", "from_strokes", "over", "strokes_of_canvas"]

STROKE_RADIUS = 1.2
"""Half the width of the line in input pixels.

MNIST's own: the median height of the ridges of its distance transform is 1.25.
"""

_AT_ONCE = 16  # consecutive segments, which lie close together, are measured in one go


def from_strokes(
    strokes: Iterable[Sequence[Point]], size: tuple[float, float] | None = None, pen: float = 20
) -> Tensor | None:
    """Draw strokes as the network was taught to see them.

    Args:
        strokes: lists of (x, y) in canvas pixels, y downwards; one point is a dot.
        size: (width, height) of the canvas in pixels; what lies outside, further than half a
            pen, is not seen. Without it everything is.
        pen: width of the pen in canvas pixels. It only says what a dot is: a drawing that
            extends less than half a pen either way is a point that trembled.

    Returns:
        (1, 1, 32, 32) float32 from -0.1 (paper) to 1.175 (ink): longest side 20 pixels, stroke
        width included, centre of mass in the middle. None when there is no ink.

    Raises:
        InkError: for what is no list of points, or more than ``MOST_POSITIONS`` of them.
    """
    pen = _positive(pen, _("The pen's width must be a number of pixels above 0, not {value}."))
    segments = _segments(strokes)
    if size is not None:
        width, height = _sides(size)
        segments = _clipped(segments, -pen / 2, width + pen / 2, height + pen / 2)
    if not len(segments):
        return None
    return as_input(_coverage(_centred(_fitted(segments, pen))))


def from_drawing(drawing: Drawing, size: tuple[float, float]) -> Tensor | None:
    """The input for a drawing on a canvas of this ``size``, (width, height) in pixels.

    Without a picture the strokes are size-normalised, as by ``from_strokes``; the widest pen says
    what a dot is. Over a picture they stay where they are. Returns (1, 1, 32, 32) float32, or
    None without ink. Raises InkError as ``from_strokes`` does.
    """
    if drawing.picture is not None:
        return over(as_input(drawing.picture / 255), drawing.strokes, size)
    pen = drawing.widest_pen
    return None if pen is None else from_strokes(drawing.strokes, size, pen)


def over(picture: Tensor, strokes: Iterable[Sequence[Point]], size: tuple[float, float]) -> Tensor:
    """Strokes drawn over a picture that fills the canvas, neither moved nor resized.

    ``picture`` (1, 1, 32, 32) is an input of the network; ``size`` is the canvas's (width,
    height) in pixels. Returns a new (1, 1, 32, 32): at every pixel the darker of the two.
    Raises InkError as ``from_strokes`` does.
    """
    segments = _segments(strokes)
    if not len(segments):
        return picture.clone()
    width, height = _sides(size)
    pixels_per = np.array([spec.INPUT_SIZE / width, spec.INPUT_SIZE / height] * 2)
    import torch

    # Canvas pixels are counted from an edge, input pixels from the centre of the first one.
    return torch.maximum(picture, as_input(_coverage(segments * pixels_per - 0.5)))


def _sides(size: tuple[float, float]) -> tuple[float, float]:
    refusal = _("Each side of the canvas must be a number of pixels above 0, not {value}.")
    width, height = (_positive(side, refusal) for side in size)
    return width, height


def _positive(value: float, refusal: str) -> float:
    if not isinstance(value, (int, float)) or not 0 < value <= FARTHEST:
        raise InkError(refusal.format(value=repr(value)))
    return float(value)


def _segments(strokes: Iterable[Sequence[Point]]) -> np.ndarray:
    """(n, 4) float64 of x, y, x, y: what the pen drew from one position to the next."""
    try:
        paths = [_path(stroke) for stroke in strokes]
    except TypeError:
        raise InkError(_("A drawing must be a list of strokes.")) from None
    if sum(map(len, paths)) > MOST_POSITIONS:
        raise InkError(
            _(
                "The drawing has more than {most} pen positions; please clear the canvas and "
                "draw one digit."
            ).format(most=number(MOST_POSITIONS))
        )
    # The only point of a stroke is a segment to itself.
    pieces = [np.concatenate([p[:-1], p[1:]] if len(p) > 1 else [p, p], axis=1) for p in paths]
    return np.concatenate(pieces) if pieces else np.empty((0, 4))


def _path(stroke: Sequence[Point]) -> np.ndarray:
    try:
        path = np.asarray(stroke, dtype=np.float64)
        path = path.reshape(0, 2) if path.size == 0 else path
    except (TypeError, ValueError, OverflowError):
        path = np.empty(0)  # refused below
    if path.ndim != 2 or path.shape[1] != 2 or not bool((np.abs(path) <= FARTHEST).all()):
        raise InkError(_("A stroke must be a list of (x, y) positions in canvas pixels."))
    return path


def _clipped(segments: np.ndarray, low: float, right: float, bottom: float) -> np.ndarray:
    """The parts of the segments within (low, low) and (right, bottom), after Liang and Barsky."""
    start, along = segments[:, :2], segments[:, 2:] - segments[:, :2]
    towards = np.concatenate([-along, along], axis=1)
    inside = np.concatenate([start - low, np.array([right, bottom]) - start], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = inside / towards
    enters = np.where(towards < 0, crossing, 0).max(axis=1, initial=0)
    leaves = np.where(towards > 0, crossing, 1).min(axis=1, initial=1)
    seen = ~((towards == 0) & (inside < 0)).any(axis=1) & (enters <= leaves)
    enters, leaves = enters[seen, None], leaves[seen, None]
    start, along = start[seen], along[seen]
    return np.concatenate([start + enters * along, start + leaves * along], axis=1)


def _fitted(segments: np.ndarray, pen: float) -> np.ndarray:
    """Segments in input pixels: the longest side fills the box, the middle is in the centre."""
    points = segments.reshape(-1, 2)
    low, high = points.min(axis=0), points.max(axis=0)
    extent = (high - low).max()
    # A trembling dot shrinks to a point; anything else fills the box.
    scale = (BOX_SIZE - 2 * STROKE_RADIUS) / extent if extent >= pen / 2 else 0.0
    return ((points - (low + high) / 2) * scale + CENTRE).reshape(-1, 4)


def _centred(segments: np.ndarray) -> np.ndarray:
    """Fitted segments moved so that their centre of mass, no longer their middle, is central.

    The mass is that of the ink as it falls on the pixels, so crossing lines count once. No
    drawing moves so far that it would leave the image.
    """
    row, column = centre_of_mass(_coverage(segments))
    margin = (spec.INPUT_SIZE - BOX_SIZE) / 2 - 1
    shift = np.clip([CENTRE - column, CENTRE - row], -margin, margin)
    return segments + np.tile(shift, 2)


def _coverage(segments: np.ndarray) -> np.ndarray:
    """(32, 32) float64: how much of each pixel the line covers, 0 to 1.

    A straight edge through a pixel covers about 1/2 + its distance from the pixel's centre.
    """
    nearest = np.full((spec.INPUT_SIZE, spec.INPUT_SIZE), np.inf)
    for first in range(0, len(segments), _AT_ONCE):
        some = segments[first : first + _AT_ONCE, :, None, None]
        rows, columns = _reached(some[:, 1::2]), _reached(some[:, ::2])
        row = np.arange(rows.start, rows.stop)[:, None]
        column = np.arange(columns.start, columns.stop)
        x, y, end_x, end_y = some.transpose(1, 0, 2, 3)
        along_x, along_y = end_x - x, end_y - y
        length2 = along_x * along_x + along_y * along_y
        from_x, from_y = column - x, row - y
        projection = from_x * along_x + from_y * along_y
        part = np.clip(projection / np.where(length2 > 0, length2, 1.0), 0, 1)
        off_x, off_y = from_x - part * along_x, from_y - part * along_y
        distance2 = (off_x * off_x + off_y * off_y).min(axis=0)
        nearest[rows, columns] = np.minimum(nearest[rows, columns], distance2)
    return np.clip(0.5 + STROKE_RADIUS - np.sqrt(nearest), 0, 1)


def _reached(ends: np.ndarray) -> slice:
    """The rows (or columns) of the image that lines between these ends can cover."""
    first = int(np.floor(ends.min() - STROKE_RADIUS - 0.5))
    last = int(np.ceil(ends.max() + STROKE_RADIUS + 0.5))
    return slice(min(max(first, 0), spec.INPUT_SIZE), min(max(last + 1, 0), spec.INPUT_SIZE))
