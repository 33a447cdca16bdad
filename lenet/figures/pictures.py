"""Many small pictures of values, which the browser lays out in the room that it has.

They are no Plotly figures: ``assets/pictures`` draws them, because only the browser knows how wide
it is, and because a Plotly figure of so many cells takes several times as long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.spec import Block

Colours = Literal["values", "ink", "unsigned"]
"""Blue to orange; greys from paper to ink; from nothing to the one colour of what has no sign."""


@dataclass(frozen=True, eq=False)
class Picture:
    """Values (h, w) under a title, with what a reader who points at one of them reads.

    Args:
        title: what stands above.
        values: (h, w).
        limits: the values that get the ends of the colours.
        told: what pointing at a cell tells. ``{row}``, ``{column}`` and ``{value}`` are filled in,
            and ``{index}``, the number of the cell, row after row.
        colours: which.
        decimals: of the value that is told.
        magnify: how many times as large as others its cells are, for a kernel beside a map.
        outlines: blocks of its cells, drawn in the accent colour.
        sign: what stands before it, as in a sum.
        note: what stands below it.
        origin: the row and column that the first value is told to have.
        told_outside: what is told of cells outside of ``field``, if that is something else.
        field: the block that ``told_outside`` means.
    """

    title: str
    values: np.ndarray
    limits: tuple[float, float]
    told: str
    colours: Colours = "values"
    decimals: int = 4
    magnify: int = 1
    outlines: tuple[Block, ...] = ()
    sign: str = ""
    note: str = ""
    origin: tuple[int, int] = (0, 0)
    told_outside: str = ""
    field: Block | None = None

    def described(self) -> dict[str, Any]:
        """All but the values, for the browser."""
        rows, columns = self.values.shape
        return {
            "title": self.title,
            "rows": rows,
            "columns": columns,
            "limits": self.limits,
            "told": self.told,
            "colours": self.colours,
            "decimals": self.decimals,
            "magnify": self.magnify,
            "outlines": [_sides(block) for block in self.outlines],
            "sign": self.sign,
            "note": self.note,
            "origin": self.origin,
            "field": self.field and _sides(self.field),
            "toldOutside": self.told_outside,
        }

    def tell(self, row: int, column: int) -> str:
        """What pointing at a cell tells, as the browser fills it in."""
        inside = self.field is None or self.field.contains(row, column)
        filled = self.told if inside else self.told_outside
        for name, what in {
            "row": row + self.origin[0],
            "column": column + self.origin[1],
            "index": row * self.values.shape[1] + column,
            "value": number(float(self.values[row, column]), self.decimals),
        }.items():
            filled = filled.replace(f"{{{name}}}", str(what))
        return filled


Stack = tuple[Picture, ...]
"""Pictures below one another that stay together."""


@dataclass(frozen=True)
class Heads:
    """What the rows and columns of a table of pictures are; it is turned where it is too wide."""

    corner: str
    corner_turned: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Sheet:
    """Rows of pictures, or of stacks of them.

    Args:
        rows: each a row of the figure, which the browser breaks where it has no room for it. In a
            table, an empty stack is an empty place.
        cell: the side of a cell in CSS pixels where there is room.
        least: the side that a cell has at least, before a row is broken.
        legend: the values that the scale beside the pictures shows, if it stands there.
        heads: makes a table of them.
    """

    rows: Sequence[Sequence[Stack]]
    cell: float
    least: float
    legend: tuple[float, ...] | None = None
    heads: Heads | None = None

    def pictures(self) -> Iterator[Picture]:
        """All of them, in the order in which their values cross to the browser."""
        return (picture for row in self.rows for stack in row for picture in stack)

    def described(self) -> dict[str, Any]:
        """All but the values, for the browser."""
        return {
            "rows": [
                [[picture.described() for picture in stack] for stack in row] for row in self.rows
            ],
            "cell": self.cell,
            "least": self.least,
            "legend": self.legend and [
                {"value": value, "text": number(value, 4)} for value in self.legend
            ],
            "heads": self.heads and {
                "corner": self.heads.corner,
                "cornerTurned": self.heads.corner_turned,
                "rows": self.heads.rows,
                "columns": self.heads.columns,
            },
        }  # fmt: skip


def alone(*rows: Sequence[Picture], cell: float, least: float) -> Sheet:
    """Rows of single pictures."""
    return Sheet([[(picture,) for picture in row] for row in rows], cell, least)


def term(
    title: str, values: np.ndarray, limit: float, *, scale: bool = True, **more: Any
) -> Picture:
    """A picture with colours from ``-limit`` to ``limit``, written below unless not ``scale``.

    Pointing at a cell gives the title, the place, and the value. ``more`` is as in ``Picture``.
    """
    note = f"±{number(limit, 2)}" if scale else ""
    return Picture(title, values, (-limit, limit), told_of(title), note=note, **more)


def inked(title: str, values: np.ndarray, **more: Any) -> Picture:
    """A picture of input values, in greys from paper to ink."""
    limits = (spec.BACKGROUND, spec.INK)
    return Picture(title, values, limits, told_of(title), colours="ink", **more)


def told_of(name: str) -> str:
    """What pointing at a cell tells: this name with the place, and the value."""
    return _("{unit} = {value}").format(unit=f"{name} ({{row}},{{column}})", value="{value}")


def largest(*values: np.ndarray) -> float:
    """The largest size among values: a limit at which nothing is cut off (1 if all are 0)."""
    return max((float(np.abs(v).max()) for v in values if v.size), default=0.0) or 1.0


def _sides(block: Block) -> list[int]:
    return [block.row, block.column, block.height, block.width]
