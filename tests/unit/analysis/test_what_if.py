"""A network with another table is the plain loops with another table, and the original stays."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from lenet.analysis import connection_table as tables
from lenet.analysis.what_if import with_table
from lenet.model import LeNet5
from lenet.trace import Trace
from tests.support import plain_lenet


def kernels_of(network: LeNet5) -> dict[tuple[int, int], np.ndarray]:
    """The learned kernels by (C3 map, S2 map), from Table I as the oracle types it."""
    pairs = [(c3, int(s2)) for c3, column in enumerate(plain_lenet.TABLE_I) for s2 in column]
    return dict(zip(pairs, network.c3.weight.detach().double().numpy(), strict=True))


def test_with_table_i_it_is_the_network_itself(network: LeNet5, image: torch.Tensor) -> None:
    same = with_table(network, tables.TABLE_I)
    assert torch.equal(same(image), network(image))


def test_a_switched_off_connection_is_gone_and_the_others_stay(
    network: LeNet5, image: torch.Tensor
) -> None:
    table = tables.TABLE_I.copy()
    table[0, 0] = table[2, 14] = table[5, 15] = False
    trace = Trace.of(with_table(network, table), image)
    left = {pair: k for pair, k in kernels_of(network).items() if table[pair[1], pair[0]]}
    assert len(left) == 57
    expected = plain_lenet.convolve(
        trace.s2[0].double().numpy(), left, network.c3.bias.detach().double().numpy()
    )
    np.testing.assert_allclose(trace.before["c3"][0].numpy(), expected, atol=1e-5)


def test_everything_switched_off_leaves_the_bias(network: LeNet5, image: torch.Tensor) -> None:
    nothing = np.zeros_like(tables.TABLE_I)
    sums = Trace.of(with_table(network, nothing), image).before["c3"][0]
    assert torch.equal(sums, network.c3.bias[:, None, None].expand(16, 10, 10))


def test_a_new_connection_gets_an_untrained_kernel_and_learned_ones_are_kept(
    network: LeNet5,
) -> None:
    kernels = with_table(network, tables.full()).c3.dense()
    learned = torch.from_numpy(tables.TABLE_I.T.copy())
    assert torch.equal(kernels[learned], network.c3.dense()[learned])
    new = kernels[~learned]
    assert (new != 0).all()
    assert new.abs().max() <= 1 / np.sqrt(6 * 25), "training starts within 1/sqrt(fan-in)"
    assert new.abs().max() > 0.9 / np.sqrt(6 * 25)


def test_the_shared_network_is_never_changed(network: LeNet5, image: torch.Tensor) -> None:
    before = {name: value.clone() for name, value in network.state_dict().items()}
    changed = with_table(network, tables.at_random(3))
    changed.c3.bias.add_(1)
    changed.c1.weight.mul_(2)
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    assert not torch.equal(changed(image), network(image))


def test_a_table_of_another_shape_is_refused(network: LeNet5) -> None:
    with pytest.raises(ValueError, match=r"shape \(6, 16\), not \(16, 6\)"):
        with_table(network, tables.TABLE_I.T)
