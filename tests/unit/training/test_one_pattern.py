"""The pass written out by hand against torch's modules and autograd."""

import pytest
import torch

from lenet.model import LeNet5
from lenet.training import one_pattern
from lenet.training.curvature import Loss


def gradients_of(model: LeNet5) -> dict[str, torch.Tensor]:
    return {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("rubbish", [None, 20.0, 1.0])
def test_penalties_and_gradients_are_those_of_autograd(seed: int, rubbish: float | None) -> None:
    torch.manual_seed(seed)
    model = LeNet5()
    for parameter in model.parameters():  # nothing is zero, as biases are at first
        parameter.data += 0.1 * torch.randn_like(parameter)
    x, label = torch.randn(1, 1, 32, 32), torch.tensor([seed])
    penalties = model(x)
    loss = Loss(rubbish).of(penalties, label)
    loss.backward()
    gradients = gradients_of(model)
    model.zero_grad()
    own_penalties, own_loss = one_pattern.learn(model, x, seed, rubbish)
    own_gradients = gradients_of(model)
    assert own_loss == pytest.approx(loss.item(), rel=1e-5, abs=1e-5)
    torch.testing.assert_close(own_penalties, penalties.detach(), rtol=1e-5, atol=1e-4)
    assert list(own_gradients) == list(gradients) == [name for name, _ in model.named_parameters()]
    for name, gradient in gradients.items():
        largest = float(gradient.abs().max())
        torch.testing.assert_close(own_gradients[name], gradient, rtol=1e-4, atol=1e-5 * largest)


def test_more_than_one_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not \(2, 1, 32, 32\)"):
        one_pattern.learn(LeNet5(), torch.zeros(2, 1, 32, 32), 0, None)


def test_it_fits_one_pattern_in_single_precision_only() -> None:
    model, x = LeNet5(), torch.zeros(1, 1, 32, 32)
    assert one_pattern.fits(model, x)
    assert not one_pattern.fits(model, torch.zeros(2, 1, 32, 32))
    assert not one_pattern.fits(model.double(), x.double())


@pytest.mark.parametrize("rubbish", [None, 0.5, 20.0])
@pytest.mark.parametrize("scale", [1.0, 1_000.0])
def test_the_loss_is_that_of_torch_for_near_and_far_penalties(
    rubbish: float | None, scale: float
) -> None:
    penalties = scale * torch.rand(1, 10, generator=torch.Generator().manual_seed(1))
    penalties.requires_grad_()
    for label in range(10):
        loss = Loss(rubbish).of(penalties, torch.tensor([label]))
        (gradient,) = torch.autograd.grad(loss, penalties)
        own, own_gradient = one_pattern._loss(penalties.detach()[0].numpy(), label, rubbish)
        assert own == pytest.approx(loss.item(), rel=1e-5, abs=1e-4)
        torch.testing.assert_close(torch.from_numpy(own_gradient), gradient[0], rtol=0, atol=1e-5)
