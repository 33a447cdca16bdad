"""Every printed calculation is right: it is calculated again, and it gives the paper's figure."""

from __future__ import annotations

import re

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch.nn import functional as F

from lenet import spec
from lenet.analysis import counts
from lenet.analysis.counts import Sum
from tests.support.second_network import SECOND

PAPER = {
    "c1": (28, 4704, 156, 122_304, 5),
    "s2": (14, 1176, 12, 5_880, 6),
    "c3": (10, 1600, 1_516, 151_600, 14),
    "s4": (5, 400, 32, 2_000, 16),
    "c5": (1, 120, 48_120, 48_120, 32),
    "f6": (1, 84, 10_164, 10_164, 32),
    "output": (1, 10, 0, 840, 32),
}
HOW = (
    counts.size,
    counts.neurons,
    counts.parameters,
    counts.connections,
    counts.receptive_field,
)


def worked_out(sum_: Sum) -> int:
    """What a reader with a calculator gets from the printed terms; only sums and products."""
    tokens = re.findall(r"\d+|[+−×/()]", sum_.terms.replace(",", ""))
    assert "".join(tokens) == re.sub(r"[ ,]", "", sum_.terms), "nothing else is printed"
    return _sum(tokens)


def _sum(tokens: list[str]) -> int:
    value = _product(tokens)
    while tokens and tokens[0] in "+−":
        sign = tokens.pop(0)
        value += _product(tokens) if sign == "+" else -_product(tokens)
    return value


def _product(tokens: list[str]) -> int:
    value = _factor(tokens)
    while tokens and tokens[0] in "×/":
        times = tokens.pop(0) == "×"
        value = value * _factor(tokens) if times else value // _factor(tokens)
    return value


def _factor(tokens: list[str]) -> int:
    token = tokens.pop(0)
    if token != "(":
        return int(token)
    value = _sum(tokens)
    assert tokens.pop(0) == ")"
    return value


@pytest.mark.parametrize("layer", spec.LAYERS, ids=lambda layer: layer.name)
def test_every_calculation_gives_the_papers_figure(layer: spec.Layer) -> None:
    found = tuple(how(layer) for how in HOW)
    assert tuple(sum_.result for sum_ in found) == PAPER[layer.key]
    for sum_ in found:
        if sum_.terms:
            assert worked_out(sum_) == sum_.result, str(sum_)


@pytest.mark.parametrize("layer", SECOND.layers, ids=lambda layer: layer.name)
def test_every_calculation_of_another_architecture_is_right(layer: spec.Layer) -> None:
    found = [how(layer) for how in HOW]
    assert [sum_.result for sum_ in found[1:4]] == [
        layer.units,
        layer.parameters,
        layer.connections,
    ]
    for sum_ in found:
        if sum_.terms:
            assert worked_out(sum_) == sum_.result, str(sum_)


def test_they_are_printed_as_one_would_write_them() -> None:
    assert str(counts.parameters(spec.C1)) == "6 × (5 × 5 + 1) = 156"
    assert str(counts.connections(spec.C1)) == "156 × 28 × 28 = 122,304"
    assert str(counts.parameters(spec.C3)) == "60 × 5 × 5 + 16 = 1,516"
    assert str(counts.parameters(spec.C5)) == "120 × (16 × 5 × 5 + 1) = 48,120"
    assert str(counts.parameters(spec.OUTPUT)) == "0"
    assert str(counts.receptive_field(spec.C3)) == "6 + (5 − 1) × 2 = 14"


def test_c1_without_its_ideas() -> None:
    apart, everywhere = counts.without_sharing(spec.C1), counts.without_locality(spec.C1)
    assert worked_out(apart) == apart.result == 784 * 6 * 26
    assert worked_out(everywhere) == everywhere.result == 4704 * 1025
    with pytest.raises(ValueError, match="reads nothing"):
        counts.without_locality(spec.INPUT)


@given(st.integers(1, 64), st.integers(1, 11), st.integers(1, 5), st.integers(0, 5))
def test_sizes_are_those_of_a_real_convolution(
    pixels: int, kernel: int, stride: int, padding: int
) -> None:
    assume(kernel <= pixels + 2 * padding)
    line = torch.arange(1.0, pixels + 1)[None, None]
    real = F.conv1d(line, torch.ones(1, 1, kernel), stride=stride, padding=padding)
    output = counts.output_size(pixels, kernel, stride, padding)
    assert output.result == real.shape[-1]
    assert worked_out(output) == output.result
    reached = (output.result - 1) * stride + kernel
    assert counts.left_over(pixels, kernel, stride, padding) == pixels + 2 * padding - reached


@pytest.mark.parametrize("sizes", [(4, 5, 1, 0), (0, 1, 1, 0), (5, 1, 0, 0), (5, 1, 1, -1)])
def test_what_does_not_fit_is_refused(sizes: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"does not fit into 4 pixels|at least"):
        counts.output_size(*sizes)
