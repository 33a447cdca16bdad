"""Rows of labelled pictures with signs between them: arithmetic whose terms are maps.

All pictures are one heatmap, because a browser needs as long for one as for many. Each is
scaled to its own limit, which stands below it; pointing at a cell tells its value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
    for left, top, picture in places:
        _place(inked if picture.ink else cells, told, picture, left, top)
    figure = go.Figure()
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
    # Given at once: Plotly checks all of them again for each one that is added alone.
    return figure.update_layout(
        **plain(height=round((deep + _LIMIT + _TITLE) * cell) + 16),
        shapes=[box for place in places for box in _boxes(*place)],
        annotations=[text for place in places for text in _texts(*place)],
    )


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


def _boxes(left: int, top: int, picture: Picture) -> Iterator[dict[str, Any]]:
    """The picture's frame, and the outline of what is marked in it."""
    yield _box(left, top, picture.width, picture.height, TEXT, 0.8)
    if picture.marked:
        row, column, height, width = (picture.magnify * side for side in picture.marked)
        yield _box(left + column, top + row, width, height, ACCENT, 2.5)


def _box(
    left: float, top: float, width: float, height: float, colour: str, line: float
) -> dict[str, Any]:
    x, y = left - 0.5, top - 0.5
    corners = {"x0": x, "y0": y, "x1": x + width, "y1": y + height}
    return {"type": "rect", **corners, "line": {"color": colour, "width": line}}


def _texts(left: int, top: int, picture: Picture) -> Iterator[dict[str, Any]]:
    """The title above, the limit below, and the sign before a picture."""
    x, y, bottom = left - 0.5, top - 0.5, top + picture.height - 0.5
    yield _text(picture.title, x, y, "left", "bottom", 11)
    if picture.scale and not picture.ink:
        yield _text(f"±{picture.limit:.2f}", x, bottom, "left", "top", 10)
    if picture.sign:
        yield _text(picture.sign, x - _GAP / 2, (y + bottom) / 2, "center", "middle", 18)


def _text(text: str, x: float, y: float, across: str, down: str, size: int) -> dict[str, Any]:
    font = {"size": size, "color": TEXT}
    place = {"x": x, "y": y, "xanchor": across, "yanchor": down}
    return {"text": text, **place, "showarrow": False, "font": font}
