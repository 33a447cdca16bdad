"""Several small pictures in one figure: one heatmap, because a heatmap each is slow to draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import plotly.graph_objects as go

from lenet.catalogue import language, symbols
from lenet.figures.palette import TEXT, colour_scale
from lenet.spec import Block

ACCENT = "#d9480f"
"""Outlines of what is meant; legible on both pages and on every value."""

_LETTERS = 11


@dataclass(frozen=True, eq=False)
class Picture:
    """Values (h, w) under a title; ``told`` (h, w) is what a reader who points at one is told.

    ``outlines`` are blocks of its cells, drawn in the accent colour.
    """

    title: str
    values: np.ndarray
    told: np.ndarray
    outlines: tuple[Block, ...] = field(default=())


def ink_scale() -> list[tuple[float, str]]:
    """Paper transparent, ink a grey that stands out on a white and on a black page."""
    return [(0.0, "rgba(125,132,146,0)"), (1.0, "rgba(125,132,146,1)")]


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
    """Pictures in rows of ``across``, all of one size, all on one scale.

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
    rows = math.ceil(len(pictures) / across) * (height + title_rows)
    columns = min(across, len(pictures)) * (width + gap) - gap
    cells = np.full((rows, columns), np.nan)
    told = np.full((rows, columns), "", dtype=object)
    titles: list[dict[str, object]] = []
    frames: list[dict[str, object]] = []
    for index, picture in enumerate(pictures):
        top = (index // across) * (height + title_rows) + title_rows
        left = (index % across) * (width + gap)
        cells[top : top + height, left : left + width] = picture.values
        told[top : top + height, left : left + width] = picture.told
        titles.append(
            {
                "x": left - 0.5,
                "y": top - 0.6,
                "text": picture.title,
                "showarrow": False,
                "xanchor": "left",
                "yanchor": "bottom",
                "align": "left",
                "font": {"size": _LETTERS, "color": TEXT},
            }
        )
        frames.append(_frame(Block(top, left, height, width), TEXT, 0.5))
        for block in picture.outlines:
            placed = Block(top + block.row, left + block.column, block.height, block.width)
            frames.append(_frame(placed, ACCENT, 2))
    low, high = limits
    figure = go.Figure()
    figure.add_heatmap(
        z=cells,
        customdata=told,
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=False,
        colorscale=ink_scale() if ink else colour_scale(),
        zmin=low,
        zmax=high,
        showscale=legend,
        colorbar={"thickness": 10, "tickfont": {"color": TEXT}},
    )
    # The range is set, or the first row's titles would be cut off.
    figure.update_xaxes(visible=False, constrain="domain", fixedrange=True)
    figure.update_yaxes(
        visible=False, range=[rows - 0.4, -0.6], scaleanchor="x", constrain="domain",
        fixedrange=True,
    )  # fmt: skip
    # Given at once: Plotly checks all of them again for each one that is added alone.
    return figure.update_layout(
        **plain(height=round(rows * cell) + 30), shapes=frames, annotations=titles
    )


def plain(height: int) -> dict[str, object]:
    """What all figures share: no page of their own, letters for both themes, and the decimal mark
    and thousands separator of the reader's language in what Plotly writes itself."""
    return {
        "separators": "".join(symbols(language())),
        "template": "none",
        "margin": {"l": 22, "r": 8, "t": 8, "b": 22},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": TEXT},
        "height": height,
    }


def _frame(block: Block, colour: str, width: float) -> dict[str, object]:
    return {
        "type": "rect",
        "x0": block.column - 0.5,
        "x1": block.column + block.width - 0.5,
        "y0": block.row - 0.5,
        "y1": block.row + block.height - 0.5,
        "line": {"color": colour, "width": width},
    }
