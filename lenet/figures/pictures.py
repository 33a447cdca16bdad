"""Rows of labelled pictures with signs between them: arithmetic whose terms are maps.

All pictures are one heatmap, because a browser needs as long for one as for many. Each is
scaled to its own limit, which stands below it; pointing at a cell tells its value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from lenet import spec
from lenet.figures.palette import TEXT, colour_scale
from lenet.figures.sheet import ACCENT, ink_scale, plain

_TITLE, _LIMIT, _GAP = 2.6, 2.0, 3.0


@dataclass(frozen=True, eq=False)
class Picture:
    """Values (rows, columns) to be shown as colours from ``-limit`` to ``limit``.

    ``magnify`` shows a value as so many cells, for kernels beside maps; ``sign`` stands before
    the picture; ``marked`` = (row, column, height, width) is outlined; ``scale`` has the limit
    written below; ``ink`` shows an input, from paper to ink, in greys.
    """

    title: str
    values: np.ndarray
    limit: float
    magnify: int = 1
    sign: str = ""
    marked: tuple[int, int, int, int] | None = None
    scale: bool = True
    ink: bool = False

    @property
    def height(self) -> int:
        return self.values.shape[0] * self.magnify

    @property
    def width(self) -> int:
        return self.values.shape[1] * self.magnify


def largest(*values: np.ndarray) -> float:
    """The largest size among values: a limit at which nothing is cut off (1 if all are 0)."""
    return max((float(np.abs(v).max()) for v in values if v.size), default=0.0) or 1.0


def picture_rows(rows: Sequence[Sequence[Picture]], cell: float = 9) -> go.Figure:
    """Rows of pictures; ``cell`` is the side of a cell in pixels where there is room.

    Pointing at a cell gives the picture's title, the place, and the value to four decimals.
    """
    places = _places(rows)
    deep = max(top + picture.height for _, top, picture in places)
    wide = max(left + picture.width for left, _, picture in places)
    cells = np.full((int(deep + 1), int(wide + 1)), np.nan)
    inked = cells.copy()
    told = np.full((*cells.shape, 2), "", dtype=object)
    figure = go.Figure()
    for left, top, picture in places:
        _place(inked if picture.ink else cells, told, picture, left, top)
        _frame(figure, picture, left, top)
    _heatmap(figure, cells, told, colour_scale(), -1)
    if any(picture.ink for _, _, picture in places):
        _heatmap(figure, inked, told, ink_scale(), 0)
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
    figure.update_layout(**plain(height=round((deep + _LIMIT + _TITLE) * cell) + 16))
    return figure


def _heatmap(
    figure: go.Figure,
    cells: np.ndarray,
    told: np.ndarray,
    scale: list[tuple[float, str]],
    lowest: float,
) -> None:
    figure.add_heatmap(
        z=cells,
        customdata=told,
        hovertemplate="%{customdata[0]} = %{customdata[1]}<extra></extra>",
        hoverongaps=False,
        colorscale=scale,
        zmin=lowest,
        zmax=1,
        showscale=False,
    )


def _places(rows: Sequence[Sequence[Picture]]) -> list[tuple[int, int, Picture]]:
    """(left, top, picture): each row's pictures stand centred on a common line."""
    places, top = [], 0
    for row in rows:
        deepest = max(picture.height for picture in row)
        left = 0
        for picture in row:
            places.append((left, top + (deepest - picture.height) // 2, picture))
            left += max(picture.width, 10) + int(_GAP)
        top += deepest + int(_TITLE + _LIMIT + 1)
    return places


def _place(cells: np.ndarray, told: np.ndarray, picture: Picture, left: int, top: int) -> None:
    values = picture.values.astype(float)
    texts = np.empty((*values.shape, 2), dtype=object)
    for (row, column), value in np.ndenumerate(values):
        texts[row, column] = f"{picture.title} ({row},{column})", f"{value:.4f}".replace("-", "−")
    place = np.s_[top : top + picture.height, left : left + picture.width]
    shown = _coverage(values) if picture.ink else values / picture.limit
    cells[place] = shown.repeat(picture.magnify, 0).repeat(picture.magnify, 1)
    told[place] = texts.repeat(picture.magnify, 0).repeat(picture.magnify, 1)


def _coverage(values: np.ndarray) -> np.ndarray:
    """Input values as 0 for paper to 1 for ink."""
    return (values - spec.BACKGROUND) / (spec.INK - spec.BACKGROUND)


def _frame(figure: go.Figure, picture: Picture, left: int, top: int) -> None:
    right, bottom = left + picture.width - 0.5, top + picture.height - 0.5
    _outline(figure, (left - 0.5, top - 0.5, right, bottom), TEXT, 0.8)
    if picture.marked:
        row, column, height, width = (picture.magnify * side for side in picture.marked)
        x, y = left + column - 0.5, top + row - 0.5
        _outline(figure, (x, y, x + width, y + height), ACCENT, 2.5)
    _write(figure, picture.title, left - 0.5, top - 0.5, "left", "bottom", 11)
    if picture.scale and not picture.ink:
        _write(figure, f"±{picture.limit:.2f}", left - 0.5, bottom, "left", "top", 10)
    if picture.sign:
        middle = (top + bottom) / 2
        _write(figure, picture.sign, left - 0.5 - _GAP / 2, middle, "center", "middle", 18)


def _outline(
    figure: go.Figure, box: tuple[float, float, float, float], colour: str, width: float
) -> None:
    x0, y0, x1, y1 = box
    line = {"color": colour, "width": width}
    figure.add_shape(type="rect", x0=x0, y0=y0, x1=x1, y1=y1, line=line)


def _write(
    figure: go.Figure, text: str, x: float, y: float, across: str, down: str, size: int
) -> None:
    font = {"size": size, "color": TEXT}
    figure.add_annotation(
        x=x, y=y, text=text, showarrow=False, xanchor=across, yanchor=down, font=font
    )
