"""Rows of labelled maps with signs between them: arithmetic whose terms are maps.

Each term is scaled to its own limit, which stands below it; pointing at a cell shows its value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.figures.axes import plain_layout
from lenet.figures.palette import colour_scale, ink_scale
from lenet.figures.pictures import Picture, Placed, add_heatmap, label, rectangles, titles
from lenet.spec import Block

_TITLE, _LIMIT, _GAP = 2.6, 2.0, 3.0


@dataclass(frozen=True, eq=False)
class Term:
    """Values (rows, columns) to be shown as colours from ``-limit`` to ``limit``.

    ``magnify`` shows a value as so many cells, for kernels beside maps; ``sign`` stands before
    the term; ``marked`` is outlined; ``scale`` has the limit written below; ``ink`` shows an
    input, from paper to ink, in greys.
    """

    title: str
    values: np.ndarray
    limit: float
    magnify: int = 1
    sign: str = ""
    marked: Block | None = None
    scale: bool = True
    ink: bool = False

    def picture(self) -> Picture:
        """Its shares of the limit, and the name and the value that a pointed cell has."""
        values = self.values.astype(float)
        texts = np.empty((*values.shape, 2), dtype=object)
        for (row, column), value in np.ndenumerate(values):
            texts[row, column] = f"{self.title} ({row},{column})", number(value, 4)
        shown = _coverage(values) if self.ink else values / self.limit
        return Picture(
            self.title, self._larger(shown), self._larger(texts), tuple(self._outlines())
        )

    def _larger(self, cells: np.ndarray) -> np.ndarray:
        return cells.repeat(self.magnify, 0).repeat(self.magnify, 1)

    def _outlines(self) -> Iterator[Block]:
        if (block := self.marked) is not None:
            sides = (block.row, block.column, block.height, block.width)
            yield Block(*(self.magnify * side for side in sides))


def largest(*values: np.ndarray) -> float:
    """The largest size among values: a limit at which nothing is cut off (1 if all are 0)."""
    return max((float(np.abs(v).max()) for v in values if v.size), default=0.0) or 1.0


def term_rows(rows: Sequence[Sequence[Term]], cell: float = 9) -> go.Figure:
    """Rows of terms; ``cell`` is the side of a cell in pixels where there is room.

    Pointing at a cell gives the term's title, the place, and the value to four decimals.
    """
    terms = [term for row in rows for term in row]
    placed = _place([[term.picture() for term in row] for row in rows])
    deep = max(each.row + each.picture.height for each in placed)
    wide = max(each.column + each.picture.width for each in placed)
    figure = go.Figure()
    for ink, scale, lowest in ((False, colour_scale(), -1), (True, ink_scale(), 0)):
        shown = [each for each, term in zip(placed, terms, strict=True) if term.ink == ink]
        if shown:
            hover = _("{unit} = {value}").format(unit="%{customdata[0]}", value="%{customdata[1]}")
            limits, size = (lowest, 1), (deep + 1, wide + 1)
            add_heatmap(figure, shown, size, scale=scale, limits=limits, hover=hover)
    figure.update_xaxes(
        visible=False, range=[-0.5 - _GAP, wide + 0.5], constrain="domain", fixedrange=True
    )
    figure.update_yaxes(
        visible=False,
        range=[deep + _LIMIT, -0.5 - _TITLE],
        scaleanchor="x",
        constrain="domain",
        constraintoward="top",
        fixedrange=True,
    )
    signs = [text for each, term in zip(placed, terms, strict=True) for text in _signs(each, term)]
    # Given at once: Plotly checks all of them again for each one that is added alone.
    return figure.update_layout(
        **plain_layout(height=round((deep + _LIMIT + _TITLE) * cell) + 16),
        shapes=rectangles(placed, line=0.8, accent=2.5),
        annotations=[*titles(placed), *signs],
    )


def _place(rows: Sequence[Sequence[Picture]]) -> list[Placed]:
    """Each row's pictures stand centred on a common line."""
    placed, top = [], 0
    for row in rows:
        deepest = max(picture.height for picture in row)
        left = 0
        for picture in row:
            placed.append(Placed(picture, top + (deepest - picture.height) // 2, left))
            left += max(picture.width, 10) + int(_GAP)
        top += deepest + int(_TITLE + _LIMIT + 1)
    return placed


def _coverage(values: np.ndarray) -> np.ndarray:
    """Input values as 0 for paper to 1 for ink."""
    return (values - spec.BACKGROUND) / (spec.INK - spec.BACKGROUND)


def _signs(placed: Placed, term: Term) -> Iterator[dict[str, Any]]:
    """The limit below a term, and the sign before it."""
    block = placed.block
    left, top, bottom = block.column - 0.5, block.row - 0.5, block.last_row + 0.5
    if term.scale and not term.ink:
        yield label(f"±{number(term.limit, 2)}", left, bottom, "left", "top", 10)
    if term.sign:
        yield label(term.sign, left - _GAP / 2, (top + bottom) / 2, "center", "middle", 18)
