"""The pass written out by hand against torch's modules and autograd."""

import pytest
import torch

from lenet.model import LeNet5
from lenet.training import one_pattern
from lenet.training.curvature import Loss


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("rubbish", [None, 20.0, 1.0])
def test_penalties_and_gradients_are_those_of_autograd(seed: int, rubbish: float | None) -> None:
    torch.manual_seed(seed)
    model = LeNet5()
    for parameter in model.parameters():  # nothing is zero, as biases are at first
        parameter.data += 0.1 * torch.randn_like(parameter)
    x, label = torch.randn(1, 1, 32, 32), torch.tensor([seed])
    found = []
    for penalties in (model(x), one_pattern.penalties(model, x)):
        model.zero_grad()
        Loss(rubbish).of(penalties, label).backward()
        gradients = {
            name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None
        }
        found.append((penalties.detach(), gradients))
    (penalties, gradients), (own_penalties, own_gradients) = found
    torch.testing.assert_close(own_penalties, penalties, rtol=1e-5, atol=1e-4)
    assert list(own_gradients) == list(gradients) == [name for name, _ in model.named_parameters()]
    for name, gradient in gradients.items():
        largest = float(gradient.abs().max())
        torch.testing.assert_close(own_gradients[name], gradient, rtol=1e-4, atol=1e-5 * largest)


def test_more_than_one_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not \(2, 1, 32, 32\)"):
        one_pattern.penalties(LeNet5(), torch.zeros(2, 1, 32, 32))


def test_it_fits_one_pattern_in_single_precision_only() -> None:
    model, x = LeNet5(), torch.zeros(1, 1, 32, 32)
    assert one_pattern.fits(model, x)
    assert not one_pattern.fits(model, torch.zeros(2, 1, 32, 32))
    assert not one_pattern.fits(model.double(), x.double())
