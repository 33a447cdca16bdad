"""What is cached about the samples belongs to one network, however many a server shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from lenet import Trace, checkpoint
from lenet.analysis import effective_field
from lenet.model import LeNet5
from lenet.spec import C3
from lenet.units import Unit
from pages.parts.common import sample_units
from pages.parts.network.network import Network
from tests.support.second_network import SECOND, second_network

UNIT = Unit(C3, 9, 4, 4)


@pytest.fixture
def two(tmp_path: Path) -> list[Network]:
    """Two checkpoints of LeNet-5 that differ in a single weight."""
    model = LeNet5().eval()
    made = []
    for number, change in enumerate((0.0, 0.5)):
        with torch.no_grad():
            model.c1.weight[3, 0, 2, 2] += change  # C3[9] reads map 3
        path = tmp_path / f"{number}.safetensors"
        checkpoint.save(model, path, {})
        made.append(Network(checkpoint.read(path), rejection=50.0))
    return made


def test_one_weight_makes_another_identity(two: list[Network]) -> None:
    assert two[0].identity != two[1].identity
    assert two[0].identity == Network(two[0].weights, rejection=3.0).identity


def test_the_samples_trace_is_that_of_the_network_asked_for(two: list[Network]) -> None:
    first, second, again = (sample_units.trace(network) for network in (*two, two[0]))
    assert again is first, "computed once"
    with torch.inference_mode():
        for network, found in zip(two, (first, second), strict=True):
            expected = Trace.of(network.model, sample_units.inputs()[:3])
            assert torch.allclose(found.output[:3], expected.output, rtol=1e-4)
            assert torch.allclose(found.c3[:3], expected.c3, atol=1e-5)
    assert not torch.allclose(first.c3, second.c3)


def test_the_mean_gradient_is_that_of_the_network_asked_for(two: list[Network]) -> None:
    found = [sample_units.mean_gradient(network, UNIT)[0] for network in (*two, two[0])]
    assert np.array_equal(found[0], found[2])
    assert not np.allclose(found[0], found[1])
    sample_units._mean_gradient.clear()
    fresh = [sample_units.mean_gradient(network, UNIT)[0] for network in reversed(two)]
    assert np.allclose(found[:2], fresh[::-1])


def test_units_of_one_network_are_told_apart(two: list[Network]) -> None:
    places = [UNIT, Unit(C3, 9, 4, 5), Unit(C3, 8, 4, 4)]
    found = [sample_units.mean_gradient(two[0], unit)[0] for unit in places]
    assert not np.allclose(found[0], found[1])
    assert not np.allclose(found[0], found[2])


def test_another_architecture_has_its_own_trace_and_gradient(two: list[Network]) -> None:
    model = second_network()
    weights = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    other = Network(weights, 50.0, SECOND)
    sample_units.trace(two[0])
    assert sample_units.trace(other).architecture is SECOND
    unit = Unit(SECOND.layer("c3"), 7, 4, 4)
    gradient, count = sample_units.mean_gradient(other, unit)
    assert count == 100
    field = effective_field.field_of(unit)
    inside = gradient[field.row : field.last_row + 1, field.column : field.last_column + 1]
    assert gradient.sum() == pytest.approx(inside.sum())
    assert gradient.any()
