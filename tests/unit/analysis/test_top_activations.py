"""The patches found against a plain search through all samples and places."""

from __future__ import annotations

import numpy as np
import pytest

from lenet import spec
from lenet.analysis import top_activations
from lenet.spec import Layer
from lenet.units import Unit

LAYERS = [spec.C1, spec.C3, spec.C5]


def made(layer: Layer, samples: int = 20) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(3)
    values = generator.normal(size=(samples, layer.maps, layer.size, layer.size))
    return values, generator.uniform(size=(samples, 32, 32))


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_a_units_patches_are_its_highest_and_lowest_samples(layer: Layer) -> None:
    values, images = made(layer)
    row = column = layer.size // 3
    most, least = top_activations.of_unit(values, images, Unit(layer, 5, row, column))
    ranked = sorted(range(len(values)), key=lambda sample: values[sample, 5, row, column])
    assert [patch.sample for patch in most] == ranked[::-1][: top_activations.SHOWN]
    assert [patch.sample for patch in least] == ranked[: top_activations.SHOWN]
    field = layer.sees(row, column)
    for patch in (*most, *least):
        assert (patch.row, patch.column) == (row, column)
        assert patch.value == values[patch.sample, 5, row, column]
        cropped = images[patch.sample][field.row :, field.column :][: field.side, : field.side]
        assert np.array_equal(patch.pixels, cropped)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_a_maps_patches_are_one_place_of_each_sample(layer: Layer) -> None:
    values, images = made(layer)
    most, least = top_activations.of_map(values, images, layer, 2)
    assert [patch.value for patch in most] == sorted(
        (values[:, 2].max((1, 2))), reverse=True
    )[: top_activations.SHOWN]  # fmt: skip
    assert [patch.value for patch in least] == sorted(values[:, 2].min((1, 2)))[
        : top_activations.SHOWN
    ]
    for patch in (*most, *least):
        assert patch.value == values[patch.sample, 2, patch.row, patch.column]
        assert patch.pixels.shape == (layer.receptive_field,) * 2
        field = layer.sees(patch.row, patch.column)
        assert patch.pixels[0, 0] == images[patch.sample, field.row, field.column]
    assert len({patch.sample for patch in most}) == top_activations.SHOWN
