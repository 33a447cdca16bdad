"""From a picture with digits (a photo, a scan, an MNIST image) to the network's inputs.

``lenet.drawing.inked`` tells the ink of each digit from the paper. It is then treated as MNIST
treated its scans: longest side to 20 pixels with anti-aliasing, then a shift by whole pixels that
brings the centre of mass nearest to the middle. An MNIST image therefore comes out as it went in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.drawing import inked
from lenet.drawing.size_normalisation import BOX_SIZE, CENTRE, as_input, centre_of_mass
from lenet.drawing.strokes import InkError

if TYPE_CHECKING:
    from torch import Tensor

_WORKING_SIZE = 512
"""Pixels of the longer side that the search for ink works on; larger pictures are reduced."""

_BRIGHTEST = 1e4
"""Largest number, of white as 1, that is taken for a brightness."""

_THIN, _THICK = 1.5, 4.5
"""Widths of line, in pixels of the 20-pixel box, that are left as they are; MNIST's own range."""


@dataclass(frozen=True)
class FoundDigit:
    """A digit in a picture: what the network is shown of it, and where it is."""

    input: Tensor
    """(1, 1, 32, 32) float32 from -0.1 (paper) to 1.175 (ink)."""

    box: tuple[int, int, int, int]
    """Left, top, right, bottom in pixels of the picture; right and bottom are just outside."""


@dataclass(frozen=True)
class Found:
    """What was found in a picture."""

    digits: tuple[FoundDigit, ...]
    """From left to right; empty when no digit can be told from the paper."""


def from_image(array: np.ndarray) -> Tensor | None:
    """Find the digit in a picture and normalise its size and place as MNIST did.

    Args:
        array: as ``find`` takes it.

    Returns:
        (1, 1, 32, 32) float32 from -0.1 (paper) to 1.175 (ink), or None unless exactly one digit
        is found.

    Raises:
        InkError: as ``find`` does.
    """
    digits = find(array).digits
    return digits[0].input if len(digits) == 1 else None


def find(array: np.ndarray) -> Found:
    """Find the digits in a picture, each as the network is shown it.

    Args:
        array: (h, w) grey, (h, w, 3) RGB or (h, w, 4) RGB with alpha, of any size; integers of
            their type's full range (0 to 255 for uint8), booleans, or floats of 0 to 1 or to 255.
            Dark on light or light on dark.

    Raises:
        InkError: for an array of another shape or type, or with NaN or infinity.
    """
    grey = _grey(array)
    height, width = np.shape(array)[:2]
    per = max(height, width) / max(grey.shape)
    digits = []
    for coverage in inked.coverages(grey):
        rows, columns = np.flatnonzero(coverage.any(axis=1)), np.flatnonzero(coverage.any(axis=0))
        box = (
            int(columns[0] * per),
            int(rows[0] * per),
            min(width, math.ceil((columns[-1] + 1) * per)),
            min(height, math.ceil((rows[-1] + 1) * per)),
        )
        digits.append(FoundDigit(as_input(_centred(_boxed(coverage))), box))
    return Found(tuple(sorted(digits, key=lambda digit: digit.box[0])))


def _grey(array: np.ndarray) -> np.ndarray:
    """(h, w) float64 from 0 (black) to 1 (white), reduced to the working size."""
    array = np.asarray(array)
    if array.ndim not in (2, 3) or array.shape[2:] not in ((), (1,), (3,), (4,)) or not array.size:
        raise InkError(
            _("A picture must be an array (h, w), (h, w, 3) or (h, w, 4), not {shape}.").format(
                shape=array.shape
            )
        )
    if array.dtype.kind not in "buif":
        raise InkError(
            _("A picture must be an array of numbers, not of {type}.").format(type=array.dtype)
        )
    full = _white(array)
    array = _reduced(array)
    # Large pictures are thinned out first, which is quick, then averaged, which is smooth.
    skip = max(array.shape[:2]) // (4 * _WORKING_SIZE) + 1
    pixels = array[::skip, ::skip].astype(np.float64) / full
    if not (np.abs(pixels) <= _BRIGHTEST).all():  # NaN is not
        raise InkError(
            _(
                "A picture must be an array of finite numbers of 0 to 1, or to 255; this one has "
                "NaN, infinity or numbers far beyond."
            )
        )
    if pixels.ndim == 2:
        grey = pixels
    elif pixels.shape[2] == 1:
        grey = pixels[:, :, 0]
    else:
        grey = pixels[:, :, :3] @ (0.299, 0.587, 0.114)
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        grey = _on_paper(grey, pixels[:, :, 3])
    return _averaged(grey, -(-max(grey.shape) // _WORKING_SIZE))


def _reduced(array: np.ndarray) -> np.ndarray:
    """A photograph of bytes at about twice the working size, before it takes four times as many."""
    scale = 2 * _WORKING_SIZE / max(array.shape[:2])
    if array.dtype != np.uint8 or scale >= 1:
        return array
    import cv2  # tens of megabytes, for those who send pictures

    size = [max(1, round(side * scale)) for side in array.shape[1::-1]]
    return cv2.resize(array, size, interpolation=cv2.INTER_AREA).reshape(
        (size[1], size[0], *array.shape[2:])
    )


def _white(array: np.ndarray) -> float:
    if array.dtype.kind == "b":
        return 1.0
    if array.dtype.kind in "ui":
        return float(np.iinfo(array.dtype).max) if array.dtype.itemsize < 4 else 255.0
    return 255.0 if array.max() > 2 else 1.0


def _on_paper(grey: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Paper put under a transparent picture, such that what is opaque can be seen."""
    if not alpha.any():
        return np.ones_like(grey)
    opaque = float((grey * alpha).sum() / alpha.sum())
    contrasting = 1.0 if opaque < 0.5 else 0.0
    # Where most is opaque it is the paper, which goes on; otherwise it is the ink.
    paper = opaque if alpha.mean() > 0.5 else contrasting
    return grey * alpha + paper * (1 - alpha)


def _averaged(grey: np.ndarray, block: int) -> np.ndarray:
    """Each block of so many pixels a side becomes one; edges that do not fill one are repeated."""
    if block == 1:
        return grey
    height, width = grey.shape
    grey = np.pad(grey, ((0, -height % block), (0, -width % block)), mode="edge")
    return grey.reshape(grey.shape[0] // block, block, -1, block).mean(axis=(1, 3))


def _boxed(ink: np.ndarray) -> np.ndarray:
    """The digit alone, longest side 20 pixels, its line as wide as lines in MNIST are."""
    ink = _cropped(ink)
    scale = BOX_SIZE / max(ink.shape)
    width = _line_width(ink) * scale
    if not _THIN <= width <= _THICK:
        wanted = min(max(width, _THIN), _THICK)
        ink = _cropped(_widened(ink, (wanted - width) / 2 / scale))
        scale = BOX_SIZE / max(ink.shape)
    if scale == 1:
        return ink
    height, width = (max(1, round(side * scale)) for side in ink.shape)
    image = Image.fromarray(ink.astype(np.float32))
    reduced = image.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(reduced, dtype=np.float64)


def _cropped(ink: np.ndarray) -> np.ndarray:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _line_width(ink: np.ndarray) -> float:
    """Mean width of the lines: a line's area is half its outline's length times its width."""
    padded = np.pad(ink, 1)
    slope = np.hypot(*(difference[:-1, :-1] for difference in _differences(padded)))
    return 2 * float(ink.sum()) / float(slope.sum())


def _differences(padded: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    down = np.diff(padded, axis=0, append=0)
    across = np.diff(padded, axis=1, append=0)
    return down, across


def _widened(ink: np.ndarray, by: float) -> np.ndarray:
    """Lines made wider by so many pixels on both sides, or narrower; whole pixels only."""
    steps = round(abs(by))
    if not steps:
        return ink
    grey = Image.fromarray((np.pad(ink, steps) * 255).round().astype(np.uint8))
    filtered = grey.filter(
        (ImageFilter.MaxFilter if by > 0 else ImageFilter.MinFilter)(2 * steps + 1)
    )
    changed = np.asarray(filtered) / 255
    return changed if changed.any() else ink


def _centred(box: np.ndarray) -> np.ndarray:
    """(32, 32): the box with its centre of mass as near to the middle as whole pixels allow."""
    row, column = centre_of_mass(box)
    image = np.zeros((spec.INPUT_SIZE, spec.INPUT_SIZE))
    # The half below is rounded up: MNIST's shifts were.
    top = min(max(round(CENTRE - row), 0), spec.INPUT_SIZE - box.shape[0])
    left = min(max(round(CENTRE - column), 0), spec.INPUT_SIZE - box.shape[1])
    image[top : top + box.shape[0], left : left + box.shape[1]] = box
    return image
