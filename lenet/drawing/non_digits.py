"""A dozen packaged drawings that are no digits, to see what a network makes of them.

``non_digits.txt`` has a line for each stroke: what is drawn, and the pen's positions as ``x,y``
on a canvas of 280 by 280 pixels.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lenet.catalogue import gettext as _
from lenet.drawing.strokes import Drawing, Stroke

SIDE = 280
"""Rows and columns of the canvas that the positions are on."""

_PEN = 20
_FILE = Path(__file__).with_name("non_digits.txt")


def names() -> dict[str, str]:
    """Identifier -> what a visitor reads, in the order in which they are shown."""
    letter = _("letter {letter}")
    return {
        "letter-a": letter.format(letter="A"),
        "letter-h": letter.format(letter="H"),
        "letter-k": letter.format(letter="K"),
        "letter-x": letter.format(letter="X"),
        "letter-y": letter.format(letter="Y"),
        "heart": _("heart"),
        "star": _("star"),
        "face": _("face"),
        "house": _("house"),
        "spiral": _("spiral"),
        "note": _("note of music"),
        "scribble": _("scribble"),
    }


def drawing(name: str) -> Drawing:
    """One of them by its identifier. Raises KeyError for any other."""
    strokes = [list(stroke) for stroke in _strokes()[name]]
    return Drawing(strokes, [_PEN] * len(strokes))


@cache
def _strokes() -> dict[str, list[Stroke]]:
    drawn: dict[str, list[Stroke]] = {}
    for line in _FILE.read_text(encoding="ascii").splitlines():
        name, points = line.split(": ")
        stroke = [(float(x), float(y)) for x, y in (point.split(",") for point in points.split())]
        drawn.setdefault(name, []).append(stroke)
    return drawn
