"""Shifts, what they change, and a sub-sampling unit with parameters set by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lenet import spec
from lenet.analysis import lost_positions
from lenet.model import LeNet5
from lenet.trace import Trace
from tests.support import plain_lenet


@given(st.integers(-40, 40), st.integers(-40, 40))
def test_a_shifted_picture_is_the_picture_elsewhere_on_paper(rows: int, columns: int) -> None:
    x = torch.arange(1.0, 1025).reshape(1, 1, 32, 32)
    moved = lost_positions.shifted(x, rows, columns)
    for row in (0, 5, 31):
        for column in (0, 17, 31):
            at = (row - rows, column - columns)
            inside = 0 <= at[0] < 32 and 0 <= at[1] < 32
            expected = float(x[0, 0, at[0], at[1]]) if inside else pytest.approx(-0.1)
            assert float(moved[0, 0, row, column]) == expected


def test_the_original_stays_where_it_is(image: torch.Tensor) -> None:
    before = image.clone()
    lost_positions.shifted(image, 1, 2)
    assert torch.equal(image, before)


def test_change_is_measured_against_the_layers_own_size(
    network: LeNet5, image: torch.Tensor
) -> None:
    one, other = Trace.of(network, image), Trace.of(network, lost_positions.shifted(image, 0, 1))
    changed = lost_positions.relative_change(one, other)
    a, b = one.c3.detach().double().numpy(), other.c3.detach().double().numpy()
    assert changed["c3"] == pytest.approx(np.sqrt(((a - b) ** 2).sum() / (a**2).sum()), rel=1e-5)
    assert list(changed) == ["c1", "s2", "c3", "s4", "c5", "f6"]
    assert set(lost_positions.relative_change(one, one).values()) == {0.0}


def test_sub_sampling_by_hand_is_the_papers(image: torch.Tensor) -> None:
    maps = image[0].double().numpy()
    sums = plain_lenet.sub_sample(maps, np.array([0.7]), np.array([-0.4]))
    expected = plain_lenet.squash(sums)[0]
    np.testing.assert_allclose(lost_positions.sub_sampled(maps[0], 0.7, -0.4), expected, atol=1e-12)


@pytest.mark.parametrize("needed", [1, 2, 3, 4])
def test_a_gate_closes_with_as_many_inputs_as_it_needs(needed: int) -> None:
    bias = lost_positions.gate(needed, coefficient=1.0)
    for on in range(5):
        inputs = np.where(np.arange(4) < on, spec.AMPLITUDE, -spec.AMPLITUDE).reshape(2, 2)
        (value,) = lost_positions.sub_sampled(inputs, 1.0, bias).ravel()
        assert (value > 0) == (on >= needed)
        assert abs(value) > 1, "a clear answer"
