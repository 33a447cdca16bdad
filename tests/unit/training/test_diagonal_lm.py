"""The optimiser moves every weight by its own rate, eta / (mu + h)."""

from __future__ import annotations

import pytest
import torch

from lenet.training.diagonal_lm import PRINTED_MU, DiagonalLM


def made(eta: float = 0.1) -> tuple[torch.nn.Linear, DiagonalLM]:
    torch.manual_seed(0)
    model = torch.nn.Linear(3, 2)
    return model, DiagonalLM(model.named_parameters(), eta)


def test_a_step_is_the_gradient_times_each_weights_own_rate() -> None:
    model, optimiser = made()
    curvatures = {name: torch.rand_like(p) for name, p in model.named_parameters()}
    optimiser.set_curvatures(curvatures)
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    model(torch.randn(1, 3)).square().sum().backward()
    optimiser.step()
    for name, p in model.named_parameters():
        assert p.grad is not None
        expected = before[name] - 0.1 / (PRINTED_MU + curvatures[name]) * p.grad
        torch.testing.assert_close(p.detach(), expected)


def test_on_a_quadratic_with_its_own_curvature_one_step_with_eta_1_nearly_arrives() -> None:
    """A Newton step, but for mu."""
    weight = torch.nn.Parameter(torch.tensor([5.0, -3.0]))
    steepness = torch.tensor([1000.0, 10.0])
    optimiser = DiagonalLM([("weight", weight)], 1.0, mu=1e-6)
    optimiser.set_curvatures({"weight": steepness})
    (steepness / 2 * weight**2).sum().backward()
    optimiser.step()
    torch.testing.assert_close(weight.detach(), torch.zeros(2), atol=1e-5, rtol=0)


def test_without_curvatures_it_says_what_is_missing() -> None:
    model, optimiser = made()
    model(torch.randn(1, 3)).sum().backward()
    with pytest.raises(RuntimeError, match="set_curvatures"):
        optimiser.step()


@pytest.mark.parametrize(("eta", "mu"), [(-0.1, 0.02), (float("nan"), 0.02), (0.1, 0), (0.1, -1)])
def test_rates_that_make_no_sense_are_refused(eta: float, mu: float) -> None:
    with pytest.raises(ValueError, match="must be"):
        DiagonalLM([("w", torch.nn.Parameter(torch.zeros(1)))], eta, mu)
