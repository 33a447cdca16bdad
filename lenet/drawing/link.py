"""A drawing as a short text that fits into an address, and back again without any loss.

Positions lie on the grid of ``lenet.drawing.strokes`` (a 64th of a canvas pixel), so whole numbers
say exactly where the pen was. A hand goes on as it went: what is written of each position is how
far it lies from where the last step would have led, and such small numbers take few bits in a
Rice code. A three-stroke digit takes some two hundred characters.

The text is the version, ``1``, and base64url of three bytes of CRC-32, a picture if there is
one, and the strokes, bit by bit. A text that was cut or changed on its way does not fit its
checksum and is refused whole. Whoever makes a text on purpose can pass the checksum, so every
number is bounded as it is read.

``assets/engine/link.js`` writes the same text in the browser, where a stroke is in the address
before the server has heard of it.

>>> text = write(Drawing([[(90.0, 60.0), (190.0, 60.5), (130.25, 220.0)]], [20]))
>>> text
'1Nm2HAAAJQAByT0KaAPQnwCkACZ-58A'
>>> read(text).strokes
[[(90.0, 60.0), (190.0, 60.5), (130.25, 220.0)]]
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from lenet import sealed, spec
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.drawing.strokes import (
    FARTHEST,
    GRID,
    MOST_POSITIONS,
    MOST_STROKES,
    WIDEST_PEN,
    Drawing,
    Point,
    Stroke,
)

LONGEST = 8_000
"""Characters of the longest text that is written or read: web servers take some 16,000."""

_VERSION = "1"
_FARTHEST = int(FARTHEST) * GRID  # in steps of the grid, either way
_LARGEST_SHIFT = GRID.bit_length() - 1  # a stroke all on whole pixels is written in whole pixels
_LARGEST_RICE = 15
_MOST_ONES = 24  # a quotient as large as this is left out and the number written in 32 bits
_MOST_UNLIKELY = 2**29  # what two steps from edge to edge and back differ by, folded


class LinkError(ValueError):
    """A text that is no drawing; the sentence says what to do."""


def write(drawing: Drawing) -> str | None:
    """The text of a drawing: "" for an empty one, None for one that would be too long.

    Positions are rounded to the grid, where those of a canvas lie already.
    """
    if drawing.is_empty:
        return ""
    bits = [f"{len(drawing.strokes):013b}"]
    for stroke, pen in zip(drawing.strokes, drawing.pens, strict=True):
        bits += [f"{pen:07b}", *_stroke_bits(stroke)]
    content = picture_bytes(drawing.picture) + _bytes_of("".join(bits))
    text = _VERSION + sealed.seal(content)
    return text if len(text) <= LONGEST else None


def read(text: str) -> Drawing:
    """The drawing that ``write`` wrote. Raises LinkError for anything else."""
    if not text:
        return Drawing()
    if len(text) > LONGEST:
        raise LinkError(
            _(
                "The link holds more than {most} characters of drawing, which no drawing here "
                "takes; please ask for it again, or draw."
            ).format(most=number(LONGEST))
        )
    if not re.fullmatch(r"[0-9A-Za-z_-]+", text, re.ASCII):
        raise _damaged()
    if not text.startswith(_VERSION):
        raise LinkError(
            _(
                "The link was made by another version of this page and cannot be read here; "
                "please ask for a new one, or draw."
            )
        )
    try:
        content = sealed.unseal(text[1:])
    except sealed.DamagedError:
        raise _damaged() from None
    picture, rest = _read_picture(content)
    bits = _Bits(rest)
    strokes, pens, commands = [], [], 0
    for _stroke in range(bits.number(13, most=MOST_STROKES)):
        pens.append(max(1, bits.number(7, most=WIDEST_PEN)))
        strokes.append(bits.stroke(most=MOST_POSITIONS - commands - 1))
        commands += len(strokes[-1]) + 1  # a path has one command more than positions
    return Drawing(strokes, pens, picture)


def _damaged() -> LinkError:
    return LinkError(
        _(
            "The link is damaged or was cut on its way, so its drawing is lost; please ask for "
            "it again, or draw."
        )
    )


def picture_bytes(picture: np.ndarray | None) -> bytes:
    """How a text writes the picture under the strokes; a browser puts these bytes into its own.

    One byte 0 without a picture; else its place, its size, and its grey levels, deflated.
    """
    if picture is None or not picture.any():
        return b"\0"
    rows, columns = np.flatnonzero(picture.any(1)), np.flatnonzero(picture.any(0))
    place = rows[0], columns[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    inked = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    levels = zlib.compress(inked.astype(np.uint8).tobytes(), 9)
    return bytes([1, *map(int, place)]) + len(levels).to_bytes(2, "big") + levels


def _read_picture(content: bytes) -> tuple[np.ndarray | None, bytes]:
    """The picture, and what comes after it."""
    if content[:1] == b"\0":
        return None, content[1:]
    if content[:1] != b"\1" or len(content) < 7:
        raise _damaged()
    row, column, height, width = content[1:5]
    length = int.from_bytes(content[5:7], "big")
    side = spec.INPUT_SIZE
    if not (height and width and row + height <= side and column + width <= side):
        raise _damaged()
    inflate = zlib.decompressobj()
    try:
        levels = inflate.decompress(content[7 : 7 + length], height * width + 1)
    except zlib.error:
        raise _damaged() from None
    if len(levels) != height * width or not inflate.eof or inflate.unused_data:
        raise _damaged()
    picture = np.zeros((side, side), np.uint8)
    inked = np.frombuffer(levels, np.uint8).reshape(height, width)
    picture[row : row + height, column : column + width] = inked
    return picture, content[7 + length :]


def _stroke_bits(stroke: Sequence[Point]) -> list[str]:
    places = np.rint(np.asarray(stroke, dtype=np.float64).reshape(-1, 2) * GRID).astype(np.int64)
    steps = np.diff(places, axis=0)
    shift = _common_shift(steps)
    steps >>= shift
    # The first step is written as it is, every other by how it differs from the one before.
    unlikely = np.diff(steps, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel()
    folded = np.where(unlikely < 0, -2 * unlikely - 1, 2 * unlikely)
    rice = min(range(_LARGEST_RICE + 1), key=lambda k: int(((folded >> k) + 1 + k).sum()))
    bits = [f"{len(places):015b}", f"{shift:03b}", f"{rice:04b}"]
    bits += [f"{int(place) + _FARTHEST:028b}" for place in places[0]]
    for difference in folded.tolist():
        quotient = difference >> rice
        if quotient >= _MOST_ONES:
            bits.append("1" * _MOST_ONES + f"{difference:032b}")
        else:
            rest = f"{difference & ((1 << rice) - 1):0{rice}b}" if rice else ""
            bits.append("1" * quotient + "0" + rest)
    return bits


def _common_shift(steps: np.ndarray) -> int:
    """How many low bits are zero in all steps."""
    together = int(np.bitwise_or.reduce(np.abs(steps), axis=None)) if steps.size else 0
    lowest = (together & -together).bit_length() - 1
    return min(lowest, _LARGEST_SHIFT) if together else 0


def _bytes_of(bits: str) -> bytes:
    """Bits as bytes, the last one filled up with zeros."""
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


class _Bits:
    """Takes numbers from a row of bits, and refuses those that no drawing has."""

    def __init__(self, content: bytes) -> None:
        self._bits = "".join(f"{byte:08b}" for byte in content)
        self._at = 0

    def number(self, width: int, most: int | None = None) -> int:
        """The next ``width`` bits, most significant first."""
        taken = self._bits[self._at : self._at + width]
        self._at += width
        if len(taken) < width:
            raise _damaged()
        number = int(taken, 2) if width else 0
        if most is not None and number > most:
            raise _damaged()
        return number

    def _ones(self) -> int:
        """How many ones come before the next zero, at most ``_MOST_ONES``; takes them all."""
        end = self._bits.find("0", self._at, self._at + _MOST_ONES)
        if end < 0:
            self._at += _MOST_ONES
            return _MOST_ONES
        ones = end - self._at
        self._at = end + 1
        return ones

    def stroke(self, most: int) -> Stroke:
        """The positions of one stroke, at least one and at most so many."""
        count = self.number(15, most=most)
        if not count:
            raise _damaged()
        shift, rice = self.number(3, most=_LARGEST_SHIFT), self.number(4)
        first = [self.number(28) - _FARTHEST for _axis in range(2)]
        folded = np.array([self._folded(rice) for _step in range(2 * (count - 1))], np.int64)
        unlikely = np.where(folded & 1, -(folded + 1) // 2, folded // 2).reshape(-1, 2)
        steps = unlikely.cumsum(0) << shift
        places = np.concatenate([[first], first + steps.cumsum(0)])
        if np.abs(places).max() > _FARTHEST:
            raise _damaged()
        return [(x / GRID, y / GRID) for x, y in places.tolist()]

    def _folded(self, rice: int) -> int:
        quotient = self._ones()
        if quotient == _MOST_ONES:
            return self.number(32, most=_MOST_UNLIKELY)
        return (quotient << rice) + self.number(rice)
