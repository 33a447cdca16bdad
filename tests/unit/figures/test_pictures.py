"""A sheet shows every value of every picture once, in its place."""

from __future__ import annotations

import numpy as np
import pytest

from lenet.figures.axes import plain_layout
from lenet.figures.pictures import Picture, sheet
from lenet.spec import Block


def picture(number: int, shape: tuple[int, int] = (3, 2)) -> Picture:
    values = np.arange(np.prod(shape), dtype=float).reshape(shape) + 100 * number
    texts = np.array([[f"{value:g}" for value in line] for line in values], dtype=object)
    return Picture(f"no. {number}", values, texts, (Block(1, 0, 2, 1),))


def test_every_value_is_there_once_with_its_text() -> None:
    pictures = [picture(number) for number in range(5)]
    heatmap = sheet(pictures, 2, limits=(0, 500), gap=1).data[0]
    there = ~np.isnan(heatmap.z)
    assert sorted(heatmap.z[there]) == sorted(np.concatenate([p.values.ravel() for p in pictures]))
    assert all(
        f"{z:g}" == t for z, t in zip(heatmap.z[there], heatmap.customdata[there], strict=True)
    )
    assert (heatmap.zmin, heatmap.zmax) == (0, 500)


def test_an_outline_stands_around_its_own_cells() -> None:
    figure = sheet([picture(0), picture(1)], 2, limits=(0, 500), gap=1, title_rows=2)
    outlines = [shape for shape in figure.layout.shapes if shape.line.width == 2]
    # The second picture starts after two columns and a gap, under two rows of title.
    assert (outlines[1].x0, outlines[1].y0, outlines[1].x1, outlines[1].y1) == (2.5, 2.5, 3.5, 4.5)
    assert figure.data[0].z[3, 3] == 102


def test_pictures_of_different_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="pictures of one shape"):
        sheet([picture(0), picture(1, (2, 2))], 2, limits=(0, 1))


def test_plotly_writes_numbers_as_the_language_does(monkeypatch: pytest.MonkeyPatch) -> None:
    assert plain_layout(height=100)["separators"] == ".,"
    monkeypatch.setattr("lenet.figures.axes.language", lambda: "de")
    assert plain_layout(height=100)["separators"] == ",."
