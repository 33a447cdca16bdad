"""What stood on the canvas before it was cleared or another drawing took its place.

Undo brings it back. Strokes need no place here: a drawing without its last one is what was before.
"""

from __future__ import annotations

from typing import NamedTuple

from lenet.drawing import Drawing
from lenet.drawing.strokes import MOST_POSITIONS

MOST = 20
"""Drawings that are kept for a visitor at most."""


class Replaced(NamedTuple):
    """A drawing that was replaced, and how many strokes it had when it took its place."""

    drawing: Drawing
    began: int


class Earlier:
    """Drawings that were replaced, one after the other.

    ``level`` is the number of the present drawing, one more than that of the one it replaced;
    ``oldest`` the number of the first that is still here. The oldest are forgotten where there are
    too many, or where together they have more pen positions than one drawing may have.
    """

    def __init__(self) -> None:
        self._replaced: list[Replaced] = []
        self.level = 0

    @property
    def oldest(self) -> int:
        return self.level - len(self._replaced)

    def __bool__(self) -> bool:
        return bool(self._replaced)

    def keep(self, drawing: Drawing, began: int) -> None:
        """Keep a drawing that is about to be replaced."""
        self._replaced.append(Replaced(drawing, began))
        self.level += 1
        while len(self._replaced) > 1 and (len(self._replaced) > MOST or self._is_too_much()):
            del self._replaced[0]

    def take(self) -> Replaced:
        """The drawing that was replaced last, which is kept no longer. IndexError without one."""
        last = self._replaced.pop()
        self.level -= 1
        return last

    def _is_too_much(self) -> bool:
        kept = (stroke for each in self._replaced for stroke in each.drawing.strokes)
        return sum(map(len, kept)) > MOST_POSITIONS
