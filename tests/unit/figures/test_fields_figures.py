"""What the figures of receptive fields say is what the geometry says."""

from __future__ import annotations

import numpy as np
import pytest

from lenet import spec
from lenet.analysis import fields
from lenet.analysis.effective_field import middle
from lenet.analysis.top_activations import Patch
from lenet.figures.fields import centre_grid, effective, nested, patches, pixel_counts


def test_the_nested_squares_are_the_fields() -> None:
    sides = {trace.name: max(trace.x) - min(trace.x) for trace in nested().data}
    assert sides == {"C1": 5, "S2": 6, "C3": 14, "S4": 16, "C5": 32}


@pytest.mark.parametrize("pixels", [28, 32])
def test_the_grid_holds_every_centre_and_the_three_squares(pixels: int) -> None:
    *squares, points = centre_grid(spec.C3, pixels).data
    places = fields.centres(spec.C3, pixels)
    assert sorted(zip(points.y, points.x, strict=True)) == [(y, x) for y in places for x in places]
    edges = [(min(square.x), max(square.x)) for square in squares]
    assert edges == [(-0.5, pixels - 0.5), fields.box(pixels), fields.span(spec.C3, pixels)]


def test_a_gradient_is_scaled_to_its_own_largest_and_told_as_it_is() -> None:
    field = spec.C3.sees(2, 3)
    here, average = np.zeros((32, 32)), np.zeros((32, 32))
    here[field.row + 1, field.column + 2] = -0.25
    average[field.row, field.column] = 4.0
    figure = effective(here, average, field, samples=100)
    heatmap, size = figure.data
    assert np.nanmin(heatmap.z) == -1
    assert np.nanmin(size.z) == 0
    assert np.nanmax(size.z) == 1
    assert "\u22120.2500" in str(heatmap.customdata[heatmap.z == -1][0])
    assert any("out of sight" in text for text in heatmap.customdata.ravel())
    outlined = [shape.x1 - shape.x0 for shape in figure.layout.shapes if shape.line.width == 2]
    assert outlined == [field.side, middle(field).side] * 2


def test_the_count_of_every_pixel_is_told() -> None:
    texts = pixel_counts(5, 17).data[0].customdata.ravel()
    for layer in fields.PICTURED:
        count = fields.units_per_pixel(layer)[5, 17]
        assert f"pixel (5,17): {count} of {layer.units_per_map}" in texts


def test_patches_stand_in_their_order_with_their_values() -> None:
    found = [Patch(n, 0, 0, 1.5 - n, np.full((5, 5), n / 20)) for n in range(18)]
    figure = patches(found[:9], found[9:])
    assert [note.text for note in figure.layout.annotations][:3] == ["+1.50", "+0.50", "\u22120.50"]
    heatmap = figure.data[0]
    assert (heatmap.zmin, heatmap.zmax) == (spec.BACKGROUND, spec.INK)
    assert np.count_nonzero(~np.isnan(heatmap.z)) == 18 * 25
