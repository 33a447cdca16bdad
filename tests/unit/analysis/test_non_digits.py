"""The non-digits are inputs that the network takes, each another, and vary as hands do."""

from __future__ import annotations

import torch

from lenet import ink, spec
from lenet.analysis import non_digits
from lenet.drawing import non_digits as packaged
from lenet.model import LeNet5


def test_every_non_digit_is_an_input_of_its_own(network: LeNet5) -> None:
    names, inputs = packaged.names(), non_digits.inputs()
    assert inputs.shape == (len(names), 1, 32, 32)
    assert network(inputs).shape == (len(names), 10)
    assert len({x.numpy().tobytes() for x in inputs}) == len(names)


def test_it_is_what_the_network_gets_when_the_strokes_are_drawn() -> None:
    for key, x in zip(packaged.names(), non_digits.inputs(), strict=True):
        drawn = ink.from_strokes(packaged.drawing(key).strokes, (packaged.SIDE, packaged.SIDE))
        assert drawn is not None
        assert torch.equal(drawn[0], x)


def test_variations_stay_in_order_differ_and_are_always_the_same() -> None:
    inputs = non_digits.inputs()
    varied = non_digits.variations()
    assert varied.shape == (len(inputs) * non_digits.WAYS, 1, 32, 32)
    assert torch.equal(varied, non_digits.variations())
    assert len({x.numpy().tobytes() for x in varied}) == len(varied)
    assert float(varied.min()) >= spec.BACKGROUND - 1e-6
    assert float(varied.max()) <= spec.INK + 1e-6
    each = varied.unflatten(0, (len(inputs), non_digits.WAYS))
    # On the whole they resemble the drawing that they are variations of more than the others.
    apart = (each[:, :, None] - inputs[None, None]).square().flatten(3).sum(-1).mean(1)
    assert (apart.argmin(1) == torch.arange(len(inputs))).all()
