"""The partial maps are what the plain loops make of one kernel, and they add up to C3."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from lenet import units
from lenet.analysis.partial_maps import PartialMaps
from lenet.model import LeNet5
from lenet.trace import Trace
from tests.support import plain_lenet


@pytest.fixture
def trace(network: LeNet5, image: torch.Tensor) -> Trace:
    return Trace.of(network, image)


@pytest.fixture
def partial(network: LeNet5, trace: Trace) -> PartialMaps:
    return PartialMaps.of(network, trace)


def test_every_partial_map_is_one_map_through_one_kernel(
    network: LeNet5, trace: Trace, partial: PartialMaps
) -> None:
    pairs = [(c3, int(s2)) for c3, column in enumerate(plain_lenet.TABLE_I) for s2 in column]
    s2_maps = trace.s2[0].detach().double().numpy()
    for (c3, s2), kernel in zip(pairs, network.c3.weight.double().detach().numpy(), strict=True):
        (alone,) = plain_lenet.convolve(s2_maps[s2 : s2 + 1], {(0, 0): kernel}, np.zeros(1))
        np.testing.assert_allclose(partial.maps[s2, c3], alone, atol=1e-12)
        assert partial.norms[s2, c3] == pytest.approx(np.linalg.norm(kernel))
        assert partial.contributions[s2, c3] == pytest.approx(abs(alone).mean())


def test_where_nothing_is_connected_nothing_comes_through(partial: PartialMaps) -> None:
    for c3, column in enumerate(plain_lenet.TABLE_I):
        for s2 in set("012345") - set(column):
            assert not partial.maps[int(s2), c3].any()
            assert partial.norms[int(s2), c3] == 0
            assert partial.contributions[int(s2), c3] == 0


def test_they_add_up_to_what_is_squashed(trace: Trace, partial: PartialMaps) -> None:
    np.testing.assert_allclose(partial.sums, trace.before["c3"][0].detach(), atol=1e-5)
    np.testing.assert_allclose(plain_lenet.squash(partial.sums), partial.c3, atol=1e-5)


def test_they_agree_with_the_arithmetic_of_a_unit(
    network: LeNet5, trace: Trace, partial: PartialMaps
) -> None:
    unit = units.explain(network, trace, "c3", map=9, row=4, column=7)
    assert isinstance(unit, units.WeightedSum)
    np.testing.assert_allclose(partial.maps[list(unit.reads), 9, 4, 7], unit.partial_sums)
