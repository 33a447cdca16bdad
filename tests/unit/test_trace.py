"""A trace is the network's own pass, with everything kept and nothing left behind."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
import torch
from torch import Tensor

from lenet import spec
from lenet.model import LeNet5, squash
from lenet.trace import Trace

SHAPES = {
    "input": (3, 1, 32, 32),
    "c1": (3, 6, 28, 28),
    "s2": (3, 6, 14, 14),
    "c3": (3, 16, 10, 10),
    "s4": (3, 16, 5, 5),
    "c5": (3, 120, 1, 1),
    "f6": (3, 84, 1, 1),
    "output": (3, 10),
}


@pytest.fixture
def batch() -> Tensor:
    return torch.empty(3, 1, 32, 32).uniform_(-0.1, 1.175)


def test_it_holds_every_layer_under_its_name(network: LeNet5, batch: Tensor) -> None:
    trace = Trace.of(network, batch)
    assert {key: tuple(trace[key].shape) for key in spec.BY_KEY} == SHAPES
    assert trace.c3 is trace["c3"]
    assert trace.input is batch


def test_it_is_the_same_pass_as_forward(network: LeNet5, batch: Tensor) -> None:
    assert torch.equal(Trace.of(network, batch).output, network(batch))
    wide = torch.rand(1, 1, 32, 48)
    assert torch.equal(Trace.of(network, wide).output, network(wide))


def test_each_layer_is_its_squashed_sums(network: LeNet5, batch: Tensor) -> None:
    trace = Trace.of(network, batch)
    assert list(trace.before) == [layer.key for layer in spec.SQUASHED]
    for key, sums in trace.before.items():
        assert torch.equal(trace[key], squash(sums))
        assert not torch.equal(trace[key], sums)


def test_gradients_reach_the_input_when_they_are_wanted(network: LeNet5, batch: Tensor) -> None:
    trace = Trace.of(network, batch.requires_grad_())
    trace.c5[0, 17].sum().backward()
    assert batch.grad is not None
    assert batch.grad[0].any()
    assert not batch.grad[1:].any()

    with torch.inference_mode():
        assert not Trace.of(network, batch).output.requires_grad


def test_the_shared_model_is_left_as_it_was(network: LeNet5, batch: Tensor) -> None:
    before = {name: value.clone() for name, value in network.state_dict().items()}
    Trace.of(network, batch)
    for module in network.modules():
        assert not module._forward_hooks
        assert not module._forward_pre_hooks
        assert not module._backward_hooks
    assert not network.training
    after = network.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_it_cannot_be_changed_and_knows_only_layers(network: LeNet5, batch: Tensor) -> None:
    trace = Trace.of(network, batch)
    with pytest.raises(FrozenInstanceError):
        trace.c1 = batch  # type: ignore[attr-defined]
    with pytest.raises(KeyError, match="no layer 'before'; the layers are input, c1, s2"):
        trace["before"]


def test_an_input_the_network_refuses_is_refused(network: LeNet5) -> None:
    with pytest.raises(ValueError, match=r"not \(1, 1, 28, 28\)"):
        Trace.of(network, torch.zeros(1, 1, 28, 28))
