"""Posteriors against eq. 9 written out, and the shares that a threshold keeps by counting."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from lenet.analysis import posterior
from lenet.training.losses import map_loss


def test_the_posterior_is_eq_9_written_out() -> None:
    penalties, j = np.array([3.0, 1.5, 7.0, 2.25, 9.0, 4.0, 5.5, 6.0, 8.0, 2.0]), 2.5
    shares = posterior.with_rubbish(penalties, j)
    everything = math.exp(-j) + sum(math.exp(-penalty) for penalty in penalties)
    for digit, penalty in enumerate(penalties):
        assert shares[digit] == pytest.approx(math.exp(-penalty) / everything)
    assert shares[10] == pytest.approx(math.exp(-j) / everything)


def test_its_negative_logarithm_is_the_loss_that_trains_the_network() -> None:
    penalties = torch.rand(4, 10) * 30
    target = torch.tensor([3, 0, 9, 5])
    shares = posterior.with_rubbish(penalties.double().numpy(), 8.0)
    expected = -np.log(shares[range(4), target.numpy()]).mean()
    assert map_loss(penalties.double(), target, 8.0).item() == pytest.approx(expected)


def test_far_from_everything_rubbish_wins_and_a_softmax_is_still_sure() -> None:
    far = np.array([900.0, *[1000.0] * 9])
    assert posterior.with_rubbish(far, 20.0)[-1] == pytest.approx(1)
    assert posterior.softmax(far)[0] == pytest.approx(1)


def test_several_at_once_and_each_adds_up_to_one() -> None:
    shares = posterior.with_rubbish(np.random.default_rng(1).uniform(0, 300, (5, 4, 10)), 30.0)
    assert shares.shape == (5, 4, 11)
    assert np.allclose(shares.sum(-1), 1)


def test_a_threshold_keeps_what_is_at_most_as_far() -> None:
    generator = np.random.default_rng(2)
    penalties, labels = generator.uniform(0, 40, (60, 10)), generator.integers(0, 10, 60)
    thresholds = np.array([0.0, 2.0, float(penalties[7].min()), 40.0])
    found = posterior.rejection(penalties, labels, thresholds)
    for place, threshold in enumerate(thresholds):
        right = wrong = rejected = 0
        for row, label in zip(penalties, labels, strict=True):
            if row.min() > threshold:
                rejected += 1
            elif row.argmin() == label:
                right += 1
            else:
                wrong += 1
        assert found.right[place] == pytest.approx(right / 60)
        assert found.wrong[place] == pytest.approx(wrong / 60)
        assert found.rejected[place] == pytest.approx(rejected / 60)


def test_what_is_believed_is_what_a_threshold_accepts() -> None:
    penalties = np.random.default_rng(3).uniform(0, 60, (50, 10))
    thresholds = np.linspace(0, 20, 9)
    found = posterior.believed(penalties, thresholds)
    for share, threshold in zip(found, thresholds, strict=True):
        assert share == posterior.accepted(penalties, threshold).mean()
    assert (np.diff(found) >= 0).all()
