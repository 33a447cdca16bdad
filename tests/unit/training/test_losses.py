"""The losses, against the paper's formulas."""

from __future__ import annotations

import math

import pytest
import torch

from lenet.training.losses import map_loss, mle_loss, non_digit_loss


def test_mle_loss_is_equation_8() -> None:
    penalties = torch.rand(7, 10, dtype=torch.float64) * 200
    target = torch.randint(10, (7,))
    by_hand = sum(float(penalties[p, target[p]]) for p in range(7)) / 7
    assert float(mle_loss(penalties, target)) == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize("j", [0.1, 8.0, 20.0])
def test_map_loss_is_equation_9(j: float) -> None:
    penalties = torch.rand(7, 10, dtype=torch.float64) * 30
    target = torch.randint(10, (7,))
    by_hand = 0.0
    for p in range(7):
        competition = math.exp(-j) + sum(math.exp(-float(y)) for y in penalties[p])
        by_hand += float(penalties[p, target[p]]) + math.log(competition)
    loss = float(map_loss(penalties, target, j))
    assert loss == pytest.approx(by_hand / 7, rel=1e-12)
    assert loss >= 0


def test_far_away_classes_are_hardly_pushed_further_by_map_loss() -> None:
    penalties = torch.tensor([[1.0, 5.0, 60.0, *[90.0] * 7]], requires_grad=True)
    map_loss(penalties, torch.tensor([0]), j=8.0).backward()
    assert penalties.grad is not None
    push = penalties.grad[0]
    assert push[0] > 0, "the right class is pulled nearer"
    assert push[1] < 0, "a close rival is pushed away"
    assert abs(float(push[2])) < 1e-20, "a class past j is left alone"


def test_the_loss_of_a_non_digit_is_equation_9_for_the_rubbish_class() -> None:
    """Cross-entropy over the logits of the ten classes and of rubbish, with rubbish as target."""
    penalties = torch.rand(7, 10, dtype=torch.float64) * 60
    logits = torch.cat([-penalties, torch.full((7, 1), -30.0)], 1)
    expected = torch.nn.functional.cross_entropy(logits, torch.full((7,), 10))
    assert torch.allclose(non_digit_loss(penalties, 30.0), expected)


def test_a_non_digit_is_pushed_from_what_it_is_near_and_left_alone_beyond_the_margin() -> None:
    near = torch.tensor([[3.0, 25.0, *[90.0] * 8]], requires_grad=True)
    far = torch.tensor([[70.0, *[90.0] * 9]], requires_grad=True)
    (non_digit_loss(near, 30.0) + non_digit_loss(far, 30.0)).backward()
    assert near.grad is not None
    assert far.grad is not None
    assert near.grad[0, 0] < -0.99, "the nearest code's distance grows"
    assert near.grad[0, 1:].abs().max() < 1e-6, "the others' hardly"
    assert far.grad.abs().max() < 1e-6
