"""Similarity of maps is their correlation, as NumPy computes it."""

from __future__ import annotations

import numpy as np
import torch

from lenet.analysis import similarity
from tests.support import plain_lenet


def test_it_is_the_correlation_over_all_units_of_all_inputs() -> None:
    layer = torch.randn(7, 16, 10, 10)
    layer[:, 3] += layer[:, 5]
    expected = np.corrcoef(layer.transpose(0, 1).reshape(16, -1).double().numpy())
    np.testing.assert_allclose(similarity.between_maps(layer), expected, atol=1e-12)


def test_the_same_map_twice_is_one_and_its_negative_minus_one() -> None:
    one = torch.randn(3, 1, 4, 4)
    found = similarity.between_maps(torch.cat([one, 2 * one + 1, -one], 1))
    np.testing.assert_allclose(found, [[1, 1, -1], [1, 1, -1], [-1, -1, 1]], atol=1e-6)


def test_a_map_that_never_changes_is_like_nothing() -> None:
    layer = torch.randn(3, 2, 4, 4)
    layer[:, 1] = 0.5
    np.testing.assert_array_equal(similarity.between_maps(layer), np.eye(2))


def test_pairs_are_sorted_by_the_s2_maps_that_both_read() -> None:
    numbered = np.arange(256.0).reshape(16, 16)
    groups = similarity.by_shared_inputs(-numbered)
    assert sum(map(len, groups.values())) == 16 * 15 / 2
    expected: dict[int, set[float]] = {}
    for one in range(16):
        for other in range(one):
            shared = len(set(plain_lenet.TABLE_I[one]) & set(plain_lenet.TABLE_I[other]))
            expected.setdefault(shared, set()).add(numbered[one, other])
    assert {shared: set(sizes) for shared, sizes in groups.items()} == expected
    assert list(groups) == sorted(groups)
