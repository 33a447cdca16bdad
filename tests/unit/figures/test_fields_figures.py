"""What the figures of receptive fields say is what the geometry says."""

from __future__ import annotations

import numpy as np
import pytest

from lenet import spec
from lenet.analysis import fields
from lenet.analysis.effective_field import middle
from lenet.analysis.top_activations import Patch
from lenet.figures.fields import centre_grid, effective, nested, patches, pixel_counts
from tests.support import told


def test_the_nested_squares_are_the_fields() -> None:
    sides = {trace.name: max(trace.x) - min(trace.x) for trace in nested().data}
    assert sides == {"C1": 5, "S2": 6, "C3": 14, "S4": 16, "C5": 32}


@pytest.mark.parametrize("pixels", [28, 32])
def test_the_grid_holds_every_centre_and_the_three_squares(pixels: int) -> None:
    *squares, points = centre_grid(spec.C3, pixels).data
    places = fields.centres(spec.C3, pixels)
    assert sorted(zip(points.y, points.x, strict=True)) == [(y, x) for y in places for x in places]
    edges = [(min(square.x), max(square.x)) for square in squares]
    assert edges == [fields.span(spec.C3, pixels), (-0.5, pixels - 0.5), fields.box(pixels)]
    assert [bool(square.line.dash) for square in squares] == [False, False, True], "dashes above"


def test_a_gradient_is_scaled_to_its_own_largest_and_told_as_it_is() -> None:
    field = spec.C3.sees(2, 3)
    here, average = np.zeros((32, 32)), np.zeros((32, 32))
    here[field.row + 1, field.column + 2] = -0.25
    average[field.row, field.column] = 4.0
    drawn, size = effective(here, average, field, samples=100).pictures()
    assert (drawn.limits, drawn.colours) == ((-0.25, 0.25), "values")
    assert (size.limits, size.colours) == ((0, 4), "unsigned")
    assert "\u22120.2500" in drawn.tell(field.row + 1, field.column + 2)
    for row, column in np.ndindex(32, 32):
        assert ("out of sight" in drawn.tell(row, column)) != field.contains(row, column)
    for picture in (drawn, size):
        assert picture.outlines == (field, middle(field))


def test_the_count_of_every_pixel_is_told() -> None:
    texts = told.texts(pixel_counts(5, 17))
    for layer in fields.PICTURED:
        count = fields.units_per_pixel(layer)[5, 17]
        assert f"pixel (5,17): {count} of {layer.units_per_map}" in texts


def test_patches_stand_in_their_order_with_their_values() -> None:
    found = [Patch(n, 0, 0, 1.5 - n, np.full((5, 5), n / 20)) for n in range(18)]
    shown = list(patches(found[:9], found[9:]).pictures())
    assert [picture.title for picture in shown][:3] == ["+1.50", "+0.50", "\u22120.50"]
    for picture, patch in zip(shown, found, strict=True):
        assert picture.limits == (spec.BACKGROUND, spec.INK)
        np.testing.assert_array_equal(picture.values, patch.pixels)
