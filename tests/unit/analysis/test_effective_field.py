"""The effective field against finite differences, and never outside the theoretical one."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from lenet import Trace, spec
from lenet.analysis.effective_field import field_of, gradients, middle, share_in_the_middle
from lenet.model import LeNet5
from lenet.spec import Square
from lenet.units import Unit

UNITS = [
    Unit(spec.C1, 2, 3, 11),
    Unit(spec.S2, 5, 13, 0),
    Unit(spec.C3, 9, 4, 7),
    Unit(spec.S4, 15, 2, 2),
    Unit(spec.C5, 17, 0, 0),
    Unit(spec.F6, 83, 0, 0),
    Unit(spec.OUTPUT, 3, 0, 0),
]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.layer.name)
def test_it_is_how_the_value_changes_with_a_little_more_ink(
    network: LeNet5, image: torch.Tensor, unit: Unit
) -> None:
    exact = network.double().requires_grad_(False)
    x = image.double()
    field = field_of(unit)
    step = 1e-5

    def value(at: torch.Tensor) -> float:
        return float(Trace.of(exact, at)[unit.layer.key][0, unit.map].reshape(-1)[cell])

    cell = unit.row * unit.layer.size + unit.column
    found = gradients(exact, x, unit)[0]
    for pixel in [(field.row, field.column), (field.last_row, field.column + field.side // 2)]:
        more, less = x.clone(), x.clone()
        more[0, 0][pixel] += step
        less[0, 0][pixel] -= step
        slope = (value(more) - value(less)) / (2 * step)
        assert found[pixel] == pytest.approx(slope, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.layer.name)
def test_nothing_outside_the_theoretical_field_has_an_effect(
    network: LeNet5, image: torch.Tensor, unit: Unit
) -> None:
    found = gradients(network, image, unit)[0]
    field = field_of(unit)
    inside = np.zeros_like(found, dtype=bool)
    inside[field.row : field.last_row + 1, field.column : field.last_column + 1] = True
    assert not found[~inside].any()
    assert np.count_nonzero(found[inside]) > 0.9 * field.side**2


def test_several_inputs_are_answered_as_one_by_one_and_the_model_keeps_no_gradient(
    network: LeNet5,
) -> None:
    x, unit = torch.rand(3, 1, 32, 32), Unit(spec.C3, 4, 5, 6)
    with torch.inference_mode():  # as a page may call it
        together = gradients(network, x, unit)
    for index in range(3):
        alone = gradients(network, x[index : index + 1], unit)[0]
        assert np.allclose(together[index], alone, atol=1e-6)
    assert all(parameter.grad is None for parameter in network.parameters())


def test_a_pixel_has_no_field(network: LeNet5, image: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="no receptive field but itself"):
        gradients(network, image, Unit(spec.INPUT, 0, 3, 3))


def test_the_share_in_the_middle_is_that_of_the_area_when_all_pixels_count_alike() -> None:
    field = Square(4, 9, 14)
    assert middle(field) == Square(7, 12, 8)
    even = np.zeros((32, 32))
    even[4:18, 9:23] = -2.5
    share = share_in_the_middle(even, field)
    assert share.mass == pytest.approx(share.area) == pytest.approx(64 / 196)
    point = np.zeros((32, 32))
    point[11, 16] = 1
    assert share_in_the_middle(point, field).mass == 1
    assert share_in_the_middle(np.zeros((32, 32)), field).mass == 0
