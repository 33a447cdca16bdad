"""Every kind of layer against torch's own modules, and against loops over plain numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from lenet import units
from lenet.kinds import KINDS
from lenet.kinds.average_pooling import Mean
from lenet.kinds.convolution import WeightedSum
from lenet.kinds.response_normalisation import (
    CONSTANT,
    EXPONENT,
    NEIGHBOURS,
    STRENGTH,
    Normalised,
)
from lenet.model import LayerSums, Network
from lenet.spec import LENET5, Architecture, Layer, everything, one_to_one
from lenet.squashing import SQUASHINGS
from lenet.trace import Trace
from lenet.variants import VARIANTS
from tests.support.every_kind import EVERY_KIND, every_kind

CLOSE = 1e-6


def layer_of(name: str, key: str) -> Layer:
    return VARIANTS[name].architecture.layer(key)


def random_sums(layer: Layer, seed: int = 0) -> LayerSums:
    module = LayerSums(layer)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) / 3)
    return module.requires_grad_(False)


def read_by(layer: Layer, seed: int = 1) -> Tensor:
    """Something to read for a layer, two at a time."""
    assert layer.before
    shape = (2, layer.before.maps, layer.before.size, layer.before.size)
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize(
    ("layer", "module"),
    [
        (layer_of("average-pool", "s2"), nn.AvgPool2d(2)),
        (layer_of("average-pool", "s4"), nn.AvgPool2d(2)),
        (layer_of("max-pool", "s2"), nn.MaxPool2d(2)),
        (layer_of("overlapping-pool", "s2"), nn.MaxPool2d(3, 2, 1)),
        (layer_of("overlapping-pool", "s4"), nn.MaxPool2d(3, 2, 1)),
        (EVERY_KIND.layer("a4"), nn.AvgPool2d(3, 2, 1)),
    ],
    ids=lambda value: value.name if isinstance(value, Layer) else "",
)
def test_pooling_is_torchs(layer: Layer, module: nn.Module) -> None:
    x = read_by(layer)
    assert torch.allclose(random_sums(layer)(x), module(x), atol=CLOSE)


@pytest.mark.parametrize("key", ["n2", "n4"])
def test_response_normalisation_is_torchs_with_its_alpha_divided(key: str) -> None:
    """torch divides alpha by the number of neighbours, the paper does not."""
    layer = layer_of("response-norm", key)
    module = nn.LocalResponseNorm(NEIGHBOURS, STRENGTH * NEIGHBOURS, EXPONENT, CONSTANT)
    x = 3 * read_by(layer)
    assert torch.allclose(random_sums(layer)(x), module(x), atol=CLOSE)


@pytest.mark.parametrize("key", ["c3", "c5"])
def test_two_towers_are_a_convolution_in_two_groups(key: str) -> None:
    layer = layer_of("two-towers", key)
    module, x = random_sums(layer), read_by(layer)
    half = layer.maps_before // 2
    weight = module.weight.reshape(layer.maps, half, layer.kernel, layer.kernel)
    expected = F.conv2d(x, weight, module.bias, groups=2)
    assert torch.allclose(module(x), expected, atol=1e-5)


def test_hand_made_filters_are_a_convolution_with_these_filters() -> None:
    layer = layer_of("hand-made", "c1")
    x = read_by(layer)
    weight = torch.tensor(layer.filters)[:, None]
    assert torch.allclose(random_sums(layer)(x), F.conv2d(x, weight), atol=1e-5)
    assert layer.parameters == 0
    for kernel in layer.filters:
        assert sum(map(sum, kernel)) == pytest.approx(0), "even paper gives nothing"


def test_without_sharing_every_unit_has_its_own_kernel() -> None:
    for layer in (layer_of("unshared", "c1"), EVERY_KIND.layer("l3")):
        module, x = random_sums(layer), read_by(layer)
        found = module(x)
        padded = F.pad(x, (layer.padding,) * 4).numpy().astype(np.float64)
        weight, bias = module.weight.numpy(), module.bias.numpy()
        for k, row, column in np.ndindex(layer.maps, layer.size, layer.size):
            rows, columns = slice(row, row + layer.kernel), slice(column, column + layer.kernel)
            patch = padded[:, :, rows, columns]
            expected = (patch * weight[k, row, column]).sum((1, 2, 3)) + bias[k, row, column]
            np.testing.assert_allclose(found[:, k, row, column], expected, atol=1e-5)


def test_sharing_is_the_same_kernel_everywhere() -> None:
    """A local connection whose kernels are all alike is a convolution."""
    layer = layer_of("unshared", "c1")
    module, shared, x = LayerSums(layer), random_sums(LENET5.layer("c1")), read_by(layer)
    with torch.no_grad():
        module.weight.copy_(shared.weight[:, None, None].expand_as(module.weight))
        module.bias.copy_(shared.bias[:, None, None].expand_as(module.bias))
    assert torch.allclose(module(x), shared(x), atol=1e-5)


LOOPS: dict[str, Callable[[Layer, np.ndarray], np.ndarray]] = {}


def loop(kind: str) -> Callable[..., None]:
    def kept(function: Callable[[Layer, np.ndarray], np.ndarray]) -> None:
        LOOPS[kind] = function

    return kept


def windows(layer: Layer, x: np.ndarray, filling: float, make: Callable[..., float]) -> np.ndarray:
    around = ((0, 0), (layer.padding,) * 2, (layer.padding,) * 2)
    padded = np.pad(x, around, constant_values=filling)
    found = np.zeros((layer.maps, layer.size, layer.size))
    for k, row, column in np.ndindex(found.shape):
        top, left = row * layer.stride, column * layer.stride
        window = padded[k, top : top + layer.kernel, left : left + layer.kernel]
        found[k, row, column] = make(window)
    return found


@loop("average pooling")
def _average(layer: Layer, x: np.ndarray) -> np.ndarray:
    return windows(layer, x, 0.0, np.mean)


@loop("max pooling")
def _largest(layer: Layer, x: np.ndarray) -> np.ndarray:
    return windows(layer, x, -np.inf, np.max)


@loop("response normalisation")
def _normalised(layer: Layer, x: np.ndarray) -> np.ndarray:
    found = np.zeros_like(x)
    for k, row, column in np.ndindex(x.shape):
        near = [x[n, row, column] ** 2 for n in layer.reads[k]]
        found[k, row, column] = x[k, row, column] / (CONSTANT + STRENGTH * sum(near)) ** EXPONENT
    return found


@loop("fixed convolution")
def _filtered(layer: Layer, x: np.ndarray) -> np.ndarray:
    found = np.zeros((layer.maps, layer.size, layer.size))
    for k, row, column in np.ndindex(found.shape):
        patch = x[list(layer.reads[k]), row : row + layer.kernel, column : column + layer.kernel]
        found[k, row, column] = (patch * np.array(layer.filters[k])).sum()
    return found


@pytest.mark.parametrize(
    "layer",
    [
        *(layer_of("average-pool", key) for key in ("s2", "s4")),
        *(layer_of("overlapping-pool", key) for key in ("s2", "s4")),
        *(layer_of("response-norm", key) for key in ("n2", "n4")),
        layer_of("hand-made", "c1"),
        *(EVERY_KIND.layer(key) for key in ("c1", "a2", "n2", "a4")),
    ],
    ids=lambda layer: f"{layer.kind}-{layer.key}",
)
def test_what_trains_nothing_is_what_plain_loops_compute(layer: Layer) -> None:
    x = read_by(layer)
    for each, found in zip(x, random_sums(layer)(x), strict=True):
        expected = LOOPS[layer.kind](layer, each.numpy().astype(np.float64))
        np.testing.assert_allclose(found, expected, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("tanh", lambda a: 1.7159 * torch.tanh(2 / 3 * a)),
        ("plain tanh", nn.Tanh()),
        ("sigmoid", nn.Sigmoid()),
        ("relu", nn.ReLU()),
    ],
)
def test_squashing_functions_are_torchs(name: str, function: Callable[[Tensor], Tensor]) -> None:
    a = torch.linspace(-20, 20, 4_001)
    squashing = SQUASHINGS[name]
    assert torch.allclose(squashing.of_tensor(a), function(a), atol=CLOSE)
    numbers = torch.tensor([squashing.of_number(each) for each in a.tolist()])
    assert torch.allclose(numbers, function(a), atol=CLOSE)


def test_every_squashing_function_is_compared() -> None:
    assert set(SQUASHINGS) == {"tanh", "plain tanh", "sigmoid", "relu"}


@pytest.fixture(scope="module")
def model() -> Network:
    return every_kind()


@pytest.fixture(scope="module")
def trace(model: Network) -> Trace:
    x = torch.rand(1, 1, 32, 32, generator=torch.Generator().manual_seed(5)) * 1.275 - 0.1
    return Trace.of(model, x)


@pytest.mark.parametrize("layer", EVERY_KIND.layers, ids=lambda layer: layer.key)
def test_the_arithmetic_of_a_unit_adds_up_to_its_value(
    model: Network, trace: Trace, layer: Layer
) -> None:
    values = trace[layer.key][0].reshape(layer.maps, layer.size, layer.size).numpy()
    for place in list(np.ndindex(values.shape))[:: max(1, values.size // 60)]:
        map_, row, column = (int(each) for each in place)
        found = units.explain(model, trace, layer, map_, row, column)
        assert found.value == pytest.approx(values[place], abs=1e-5), found.name
        if isinstance(found, Mean):
            assert found.sum / layer.kernel**2 == pytest.approx(found.value)
        if isinstance(found, Normalised):
            assert found.squares.sum() == pytest.approx(found.sum)
            assert found.own / (CONSTANT + STRENGTH * found.sum) ** EXPONENT == found.value
        if isinstance(found, WeightedSum):
            assert found.partial_sums.sum() + found.bias == pytest.approx(found.total)


def test_a_smaller_input_is_the_middle_of_the_drawing(model: Network) -> None:
    x = torch.rand(3, 1, 32, 32, generator=torch.Generator().manual_seed(6))
    middle = x[:, :, 2:30, 2:30]
    assert torch.equal(Trace.of(model, x).input, middle)
    around = x.clone()
    around[:, :, :2] = around[:, :, 30:] = 1.0
    assert torch.equal(model(x), model(around))
    assert torch.equal(model(x), model(middle))


def test_every_kind_there_is_stands_in_a_network() -> None:
    architectures: list[Architecture] = [each.architecture for each in VARIANTS.values()]
    found = {layer.kind for one in architectures for layer in one.by_key.values()}
    assert found == set(KINDS)


def test_a_local_connection_takes_no_larger_input() -> None:
    layer = layer_of("unshared", "c1")
    with pytest.raises(ValueError, match="28x28 map alone"):
        random_sums(layer)(torch.zeros(1, 1, 36, 36))
    pool = replace(layer_of("average-pool", "s2"), reads=one_to_one(layer))
    assert random_sums(pool)(torch.zeros(1, 6, 32, 32)).shape == (1, 6, 16, 16)
    assert everything(2, pool) == ((0, 1, 2, 3, 4, 5),) * 2
