"""The geometry of fields against the paper's figures, and against plain counting."""

from __future__ import annotations

import numpy as np
import pytest

from lenet import spec
from lenet.analysis import fields


def test_fields_grow_as_in_the_paper() -> None:
    assert [step.side for step in fields.growth()] == [5, 6, 14, 16, 32]
    for step in fields.growth():
        assert step.side == step.side_before + (step.layer.kernel - 1) * step.jump_before
        assert step.jump == step.jump_before * step.layer.stride


def test_c3s_centres_fill_the_box_of_a_digit_and_on_28_pixels_they_would_not() -> None:
    assert fields.span(spec.C3) == fields.box() == (5.5, 25.5)
    first, last = fields.span(spec.C3, 28)
    assert (first, last) == (5.5, 21.5)
    start, end = fields.box(28)
    assert first > start
    assert last < end


@pytest.mark.parametrize("layer", spec.LAYERS, ids=lambda layer: layer.name)
def test_a_centre_is_the_middle_of_the_field_that_spec_gives(layer: spec.Layer) -> None:
    for index, centre in enumerate(fields.centres(layer)):
        field = layer.sees(index, index)
        assert centre == (field.row + field.last_row) / 2
    assert len(fields.centres(layer)) == layer.size


def test_an_input_too_small_for_a_layer_has_no_centres() -> None:
    assert fields.centres(spec.C5, 28) == []
    with pytest.raises(ValueError, match="C5 has no unit for an input of 28 pixels"):
        fields.span(spec.C5, 28)


@pytest.mark.parametrize("pixel", [(0, 0), (0, 31), (31, 31), (5, 17), (16, 16), (13, 30)])
def test_who_sees_a_pixel_is_counted_unit_by_unit(pixel: tuple[int, int]) -> None:
    for seeing in fields.who_sees(*pixel):
        layer = seeing.layer
        counted = sum(
            layer.sees(row, column).contains(*pixel)
            for row in range(layer.size)
            for column in range(layer.size)
        )
        assert seeing.per_map == counted
        assert seeing.units == counted * layer.maps


def test_a_pixel_outside_the_input_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no pixel \(32,0\)"):
        fields.who_sees(32, 0)


@pytest.mark.parametrize("layer", fields.PICTURED, ids=lambda layer: layer.name)
def test_the_units_of_every_pixel_are_who_sees_each_pixel(layer: spec.Layer) -> None:
    counts = fields.units_per_pixel(layer)
    place = spec.LAYERS.index(layer)
    for pixel in [(0, 0), (3, 30), (16, 15), (31, 7)]:
        assert counts[pixel] == fields.who_sees(*pixel)[place].per_map
    # Every unit sees as many pixels as its field has.
    assert counts.sum() == layer.units_per_map * layer.receptive_field**2
    assert np.array_equal(counts, counts.T)
