"""A drawing: pen strokes, the pen of each, and the picture under them; and what bounds it.

The canvas, a link, the network's input and the downloads all mean this one class.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

SIDE = 280
"""Rows and columns of the canvas in CSS pixels."""

PENS = (8, 20, 36)
"""Narrowest, usual and widest pen in canvas pixels."""

MOST_STROKES = 1_000
MOST_POSITIONS = 8_000
"""More strokes, or pen positions, than that are no drawing of a digit.

A minute of scribbling gives about 4,000 positions. The worst drawing that is accepted costs a
tenth of a second to read and to draw again.
"""

GRID = 64
"""Steps to a canvas pixel of the grid on which positions lie, as browsers place things.

What a mouse draws lies on it already, so whole numbers describe a drawing exactly. The browser's
half follows the same grid.
"""

WIDEST_PEN = 127
"""Canvas pixels; a wider line, which only resizing makes, is recorded as one of this width."""

FARTHEST = 1e6
"""Largest coordinate, either way, that is taken for a pen's position, in canvas pixels."""

Point = tuple[float, float]
"""A position of the pen, (x, y) in canvas pixels, y downwards."""

Stroke = list[Point]
"""The pen's positions from when it is put down until it is lifted; one point is a dot."""


class InkError(ValueError):
    """A drawing or picture that cannot be read; its text says what was expected."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """What somebody has drawn; a value, which is replaced and never changed.

    Args:
        strokes: in the order in which they were drawn.
        pens: the pen's width in canvas pixels for each stroke.
        picture: grey levels (32, 32) uint8, 0 for paper and 255 for ink, that fill the canvas
            under the strokes; or None.
    """

    strokes: list[Stroke] = field(default_factory=list)
    pens: list[int] = field(default_factory=list)
    picture: np.ndarray | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a stroke nor a picture."""
        return not self.strokes and self.picture is None

    @property
    def widest_pen(self) -> int | None:
        """The widest pen that drew a stroke, in canvas pixels; None without strokes."""
        return max(self.pens, default=None)

    def without_last_stroke(self) -> Drawing:
        """The drawing before its last stroke; before its picture, if there is no stroke."""
        if not self.strokes:
            return Drawing()
        return replace(self, strokes=self.strokes[:-1], pens=self.pens[:-1])
