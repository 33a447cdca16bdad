"""The enlarged layer shows every value once, under its own name."""

from __future__ import annotations

import numpy as np
import pytest

from lenet import spec
from lenet.catalogue import number
from lenet.figures.maps import layer_maps
from lenet.units import Unit


def values_of(layer: spec.Layer) -> np.ndarray:
    generator = np.random.default_rng(7)
    return generator.uniform(-1.7, 1.7, (layer.maps, layer.size, layer.size))


def cells(layer: spec.Layer, values: np.ndarray) -> dict[str, list[float]]:
    """What a reader who points at every cell of the figure reads: name -> values."""
    hover: dict[str, list[float]] = {}
    for picture in layer_maps(layer, values).pictures():
        for (row, column), value in np.ndenumerate(picture.values):
            name, _, text = picture.tell(row, column).partition(" = ")
            assert text == number(value, 4)
            hover.setdefault(name, []).append(value)
    return hover


@pytest.mark.parametrize("layer", spec.SQUASHED, ids=lambda layer: layer.name)
def test_every_unit_is_shown_with_its_own_value(layer: spec.Layer) -> None:
    values = values_of(layer)
    hover = cells(layer, values)
    assert len(hover) == layer.units
    for map_ in range(layer.maps):
        for row in range(layer.size):
            for column in range(layer.size):
                name = Unit(layer, map_, row, column).name
                assert set(hover[name]) == {values[map_, row, column]}


def test_f6_is_shown_as_a_strip_and_as_the_picture_that_is_compared_with_the_codes() -> None:
    hover = cells(spec.F6, values_of(spec.F6))
    assert {len(values) for values in hover.values()} == {2}


@pytest.mark.parametrize(
    "layer", [spec.C1, spec.S2, spec.C3, spec.S4], ids=lambda layer: layer.name
)
def test_every_map_is_labelled(layer: spec.Layer) -> None:
    labels = {picture.title for picture in layer_maps(layer, values_of(layer)).pictures()}
    assert labels == {f"{layer.name}[{map_}]" for map_ in range(layer.maps)}


def test_the_scale_is_symmetric_and_reaches_the_limits_of_the_squashing() -> None:
    sheet = layer_maps(spec.C3, values_of(spec.C3))
    assert sheet.legend == (-1.7159, 0.0, 1.7159)
    for picture in sheet.pictures():
        assert (picture.limits, picture.colours) == ((-1.7159, 1.7159), "values")


def test_values_of_another_layer_are_refused() -> None:
    with pytest.raises(ValueError, match=r"C3 has values of shape \(16, 10, 10\)"):
        layer_maps(spec.C3, values_of(spec.S2))
