"""Many small pictures in one figure: one heatmap, because a heatmap for each is slow to draw.

``add_heatmap``, ``rectangles`` and ``titles`` draw pictures wherever they stand; ``sheet`` puts
pictures of one size in rows, on one scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from lenet.figures import markup
from lenet.figures.axes import plain_layout
from lenet.figures.palette import ACCENT, TEXT, UNSIGNED_OPACITY, colour_scale, ink_scale
from lenet.spec import Block

HOVER = "%{customdata}"
"""What pointing at a cell shows: its text."""

_LETTERS = 11


@dataclass(frozen=True)
class Scale:
    """Colours for values: those at the two limits, and all between, in Plotly's form."""

    colours: tuple[tuple[float, str], ...]
    limits: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Picture:
    """Values (h, w) under a title, with what a reader who points at one of them reads.

    ``texts`` is (h, w), or (h, w, n) for a hover text that is made of several; ``outlines`` are
    blocks of its cells, drawn in the accent colour. ``scale`` is its own, where it differs from
    that of the pictures beside it.
    """

    title: str
    values: np.ndarray
    texts: np.ndarray
    outlines: tuple[Block, ...] = ()
    scale: Scale | None = None

    @property
    def height(self) -> int:
        return int(self.values.shape[0])

    @property
    def width(self) -> int:
        return int(self.values.shape[1])


@dataclass(frozen=True, eq=False)
class Placed:
    """A picture whose first value stands in this row and column of the figure's cells."""

    picture: Picture
    row: int
    column: int

    @property
    def block(self) -> Block:
        """The cells that it fills."""
        return Block(self.row, self.column, self.picture.height, self.picture.width)


def sheet(
    pictures: Sequence[Picture],
    across: int,
    *,
    limits: tuple[float, float],
    ink: bool = False,
    gap: int = 2,
    title_rows: int = 2,
    cell: float = 12,
    legend: bool = True,
) -> go.Figure:
    """Pictures in rows of ``across``, all of one size, on one scale but for those with their own.

    Args:
        pictures: at least one, all of one shape.
        across: how many stand beside one another.
        limits: the values that get the ends of the scale.
        ink: greys of ink on paper instead of the diverging colours.
        gap: empty cells between two columns.
        title_rows: empty cells above every row of pictures, for the titles.
        cell: height of a cell in CSS pixels, which makes the figure's height.
        legend: whether the scale stands beside it.

    Raises:
        ValueError: if there is no picture, or they differ in shape.
    """
    shapes = {picture.values.shape for picture in pictures}
    if len(shapes) != 1:
        raise ValueError(f"A sheet needs pictures of one shape, not of {sorted(shapes)}.")
    ((height, width),) = shapes
    placed = [
        Placed(
            picture,
            (index // across) * (height + title_rows) + title_rows,
            (index % across) * (width + gap),
        )
        for index, picture in enumerate(pictures)
    ]
    rows = math.ceil(len(pictures) / across) * (height + title_rows)
    columns = min(across, len(pictures)) * (width + gap) - gap
    figure = go.Figure()
    common = Scale(tuple(ink_scale() if ink else colour_scale()), limits)
    for scale in dict.fromkeys(picture.scale for picture in pictures):
        add_heatmap(
            figure,
            [each for each in placed if each.picture.scale == scale],
            (rows, columns),
            scale=list((scale or common).colours),
            limits=(scale or common).limits,
            legend=legend and scale is None,
        )
    # The range is set, or the first row's titles would be cut off.
    figure.update_xaxes(visible=False, constrain="domain", fixedrange=True)
    figure.update_yaxes(
        visible=False, range=[rows - 0.4, -0.6], scaleanchor="x", constrain="domain",
        fixedrange=True,
    )  # fmt: skip
    # Given at once: Plotly checks all of them again for each one that is added alone.
    return figure.update_layout(
        **plain_layout(height=round(rows * cell) + 30),
        shapes=rectangles(placed),
        annotations=titles(placed, above=0.1),
    )


def add_heatmap(
    figure: go.Figure,
    placed: Iterable[Placed],
    size: tuple[int, int],
    *,
    scale: list[tuple[float, str]],
    limits: tuple[float, float],
    hover: str = HOVER,
    legend: bool = False,
    ticks: Sequence[float] | None = None,
) -> None:
    """Add all pictures as one heatmap of ``size`` (rows, columns) cells; the rest stays empty."""
    placed = list(placed)
    cells = np.full(size, np.nan)
    texts = np.full((*size, *placed[0].picture.texts.shape[2:]), "", dtype=object)
    for each in placed:
        block = each.block
        place = np.s_[block.row : block.last_row + 1, block.column : block.last_column + 1]
        cells[place], texts[place] = each.picture.values, each.picture.texts
    low, high = limits
    figure.add_heatmap(
        z=cells,
        customdata=markup.all_plain(texts),
        hovertemplate=markup.hover(hover),
        hoverongaps=False,
        colorscale=scale,
        opacity=1 if scale == colour_scale() else UNSIGNED_OPACITY,
        zmin=low,
        zmax=high,
        showscale=legend,
        colorbar={"thickness": 10, "tickvals": ticks, "tickfont": {"color": TEXT}},
    )


def rectangles(
    placed: Iterable[Placed], line: float = 0.5, accent: float = 2
) -> list[dict[str, Any]]:
    """A thin rectangle around each picture, and a thick one around each of its outlined blocks."""
    found = []
    for each in placed:
        found.append(_rectangle(each.block, TEXT, line))
        for block in each.picture.outlines:
            inside = Block(
                each.row + block.row, each.column + block.column, block.height, block.width
            )
            found.append(_rectangle(inside, ACCENT, accent))
    return found


def titles(
    placed: Iterable[Placed], above: float = 0, letters: int = _LETTERS
) -> list[dict[str, Any]]:
    """Each picture's title over its left edge, so many cells higher."""
    return [
        label(
            each.picture.title, each.column - 0.5, each.row - 0.5 - above, "left", "bottom", letters
        )
        for each in placed
    ]


def label(text: str, x: float, y: float, across: str, down: str, letters: int) -> dict[str, Any]:
    """A text of the figure as it stands, in grey letters of that size, anchored to a place."""
    return {
        "text": markup.plain(text),
        "x": x,
        "y": y,
        "xanchor": across,
        "yanchor": down,
        "align": "left",
        "showarrow": False,
        "font": {"size": letters, "color": TEXT},
    }


def _rectangle(block: Block, colour: str, width: float) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": block.column - 0.5,
        "x1": block.column + block.width - 0.5,
        "y0": block.row - 0.5,
        "y1": block.row + block.height - 0.5,
        "line": {"color": colour, "width": width},
    }
