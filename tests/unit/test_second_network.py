"""Another architecture goes through model, trace, units and checkpoint as LeNet-5 does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from lenet import checkpoint, spec, units
from lenet.checkpoint import CheckpointError
from lenet.model import LeNet5, Network
from lenet.spec import Layer
from lenet.trace import Trace
from tests.support import second_network as second
from tests.support.second_network import SECOND, save_second_network


@pytest.fixture(scope="module")
def model() -> Network:
    return second.second_network()


@pytest.fixture
def drawing() -> Tensor:
    return torch.rand(1, 1, spec.INPUT_SIZE, spec.INPUT_SIZE) * 1.275 - 0.1


def test_counts_and_sizes_follow_from_the_choices() -> None:
    assert {layer.key: layer.size for layer in SECOND.layers} == {
        "c1": 28, "m2": 14, "c3": 10, "m4": 5, "c5": 1, "output": 1,
    }  # fmt: skip
    assert {layer.key: layer.parameters for layer in SECOND.layers} == {
        "c1": 4 * 26, "m2": 0, "c3": 8 * (4 * 25 + 1), "m4": 0, "c5": 24 * (8 * 25 + 1),
        "output": 10 * 25,
    }  # fmt: skip
    assert SECOND.parameters == sum(np.prod(shape) for shape in SECOND.shapes.values())


def test_it_computes_what_plain_torch_computes(model: Network, drawing: Tensor) -> None:
    p = dict(model.named_parameters())

    def squashed(a: Tensor) -> Tensor:
        return 1.7159 * torch.tanh(2 / 3 * a)

    x = squashed(F.conv2d(drawing, p["c1.weight"], p["c1.bias"]))
    x = F.max_pool2d(x, 2)
    x = squashed(F.conv2d(x, p["c3.weight"], p["c3.bias"]))
    x = F.max_pool2d(x, 3, stride=2, padding=1)
    x = squashed(F.conv2d(x, p["c5.weight"], p["c5.bias"]))
    logits = (p["output.weight"][:, :, 0, 0] @ x[0, :, 0, 0]) + p["output.bias"]
    assert torch.allclose(model(drawing)[0], -torch.log_softmax(logits, 0), atol=1e-5)


def test_its_trace_has_its_own_layers(model: Network, drawing: Tensor) -> None:
    trace = Trace.of(model, drawing)
    assert list(trace.values) == ["input", "c1", "m2", "c3", "m4", "c5", "output"]
    assert set(trace.before) == {"c1", "c3", "c5", "output"}, "pooling passes its sums on"
    assert torch.equal(trace.output, model(drawing))
    with pytest.raises(AttributeError, match="no layer 's2'; the layers are input, c1, m2"):
        _ = trace.s2


@pytest.mark.parametrize("layer", SECOND.by_key.values(), ids=lambda layer: layer.key)
def test_the_arithmetic_of_every_unit_gives_its_value(
    model: Network, drawing: Tensor, layer: Layer
) -> None:
    trace = Trace.of(model, drawing)
    shape = (layer.maps, layer.size, layer.size)
    values = trace[layer.key][0].reshape(shape).numpy()
    places = np.ndindex(shape) if np.prod(shape) < 300 else np.argwhere(np.ones(shape))[::37]
    for place in places:
        map_, row, column = (int(number) for number in place)
        explained = units.explain(model, trace, layer, map_, row, column)
        assert explained.value == pytest.approx(values[map_, row, column], abs=1e-5)


@pytest.mark.parametrize("layer", SECOND.layers, ids=lambda layer: layer.key)
def test_what_a_unit_sees_is_where_its_gradient_is(model: Network, layer: Layer) -> None:
    """The largest of a window hides the others, so maxima are replaced by sums here."""
    x = torch.rand(1, 1, spec.INPUT_SIZE, spec.INPUT_SIZE, requires_grad=True)
    values = x
    for step in SECOND.layers[: SECOND.layers.index(layer) + 1]:
        if step.kind == "max pooling":
            values = F.avg_pool2d(values, step.kernel, step.stride, step.padding)
        else:
            values = F.conv2d(values, torch.ones(step.maps, step.maps_before, *[step.kernel] * 2))
    for row, column in {(0, 0), (layer.size - 1, layer.size // 2), (layer.size - 1,) * 2}:
        (gradient,) = torch.autograd.grad(values[0, 0, row, column], x, retain_graph=True)
        seen = layer.sees(row, column)
        expected = np.zeros((spec.INPUT_SIZE,) * 2, bool)
        rows = slice(max(0, seen.row), seen.last_row + 1)
        columns = slice(max(0, seen.column), seen.last_column + 1)
        expected[rows, columns] = True
        assert (expected == (gradient[0, 0] != 0).numpy()).all()


def test_what_feeds_is_the_inverse_of_what_is_seen() -> None:
    for row, column in np.ndindex(second.C3.size, second.C3.size):
        block = second.C3.feeds(row, column, second.M4)
        for r, c in np.ndindex(second.M4.size, second.M4.size):
            sees = second.M4.sees(r, c, second.C3).contains(row, column)
            assert block.contains(r, c) == sees


def test_a_checkpoint_gives_the_same_network_back(tmp_path: Path, drawing: Tensor) -> None:
    path = save_second_network(tmp_path / "second.safetensors")
    loaded = checkpoint.load(path, SECOND)
    assert torch.equal(loaded(drawing), second.second_network()(drawing))
    assert checkpoint.card(path)["architecture"] == "second"
    assert checkpoint.card(path)["parameters"] == SECOND.parameters


def test_weights_of_another_architecture_are_refused(tmp_path: Path) -> None:
    path = save_second_network(tmp_path / "second.safetensors")
    with pytest.raises(CheckpointError, match="does not hold the weights of a LeNet-5"):
        checkpoint.load(path)
    with pytest.raises(CheckpointError, match="does not hold the weights of the network second"):
        checkpoint.load(checkpoint.SHIPPED, SECOND)


def test_a_card_that_names_another_architecture_is_refused(tmp_path: Path) -> None:
    path = save_second_network(tmp_path / "second.safetensors")
    other = spec.Architecture("other", SECOND.layers)
    with pytest.raises(CheckpointError, match="of the network second, not of other"):
        checkpoint.load(path, other)


def test_networks_of_other_weights_have_other_identities(tmp_path: Path) -> None:
    paths = [save_second_network(tmp_path / f"{seed}.safetensors", seed) for seed in (0, 1, 0)]
    first, other, again = (checkpoint.identity(checkpoint.read(path, SECOND)) for path in paths)
    assert first == again != other
    assert len(first) == 64


def test_lenet5_reads_as_the_paper_and_computes_as_its_architecture(drawing: Tensor) -> None:
    """Its forward pass is written out by hand; the data that describe it say the same."""
    written = LeNet5()
    described = Network(spec.LENET5)
    described.load_state_dict(written.state_dict())
    for by_hand, by_data in zip(written.steps(drawing), described.steps(drawing), strict=True):
        assert by_hand[0] is by_data[0]
        assert torch.equal(by_hand[1], by_data[1])
        assert torch.equal(by_hand[2], by_data[2])


def test_a_layer_with_another_number_of_parameters_is_not_made() -> None:
    from lenet.model import LayerSums

    with pytest.raises(AssertionError, match="C1: 156, not 150"):
        LayerSums(spec.C1, parameters=150)


def test_one_layer_can_be_changed() -> None:
    full = spec.LENET5.changed("full-c3", "c3", reads=spec.everything(16, spec.S2))
    assert full.parameters == 60_900
    assert full.layer("s4").before is full.layer("c3")
    assert spec.LENET5.parameters == 60_000
    for key in ("c1", "s4", "output"):
        assert full.layer(key).shapes == spec.LENET5.layer(key).shapes
