"""The non-digits are inputs that the network takes, each another."""

from __future__ import annotations

import torch

from lenet import spec
from lenet.analysis import non_digits
from lenet.model import LeNet5


def test_every_non_digit_is_an_input_of_its_own(network: LeNet5) -> None:
    names, inputs = non_digits.inputs()
    assert inputs.shape == (len(names), 1, 32, 32)
    assert network(inputs).shape == (len(names), 10)
    assert len({x.numpy().tobytes() for x in inputs}) == len(set(names)) == len(names)


def test_only_the_blank_page_is_blank() -> None:
    names, inputs = non_digits.inputs()
    paper = torch.full((1, 32, 32), spec.BACKGROUND)
    assert [n for n, x in zip(names, inputs, strict=True) if torch.equal(x, paper)] == [
        "blank page"
    ]
    assert float(inputs.max()) <= spec.INK + 1e-6
