"""How a run changes the weights: AdamW in batches, or the method of 1998, pattern by pattern.

A method has the network that learns, what is kept of it, and all the state that its next step
depends on, so that a run can be saved and go on.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator
from typing import Protocol

import torch
from torch import Tensor

from lenet.model import Network
from lenet.training.curvature import Loss, curvatures
from lenet.training.diagonal_lm import DiagonalLM
from lenet.training.recipes import DiagonalSteps, OneCycle, Recipe

Sample = Callable[[int], tuple[Tensor, Tensor]]
"""How many patterns are wanted -> (inputs, labels), other ones every time."""

Gradients = Callable[[], float]
"""Leaves the loss's gradients in the parameters, and returns the loss."""


class Method(Protocol):
    """What a run asks of a method. ``kept`` is the network that is saved and evaluated."""

    kept: Network

    def update(self, done: float, gradients: Gradients, sample: Sample) -> float:
        """Change the weights once, when ``done``, 0 to below 1, of the run is behind; the loss."""
        ...

    def state(self, fresh: bool = False) -> Iterator[tuple[str, Tensor]]:
        """Every tensor that the next step depends on; ``fresh`` makes room for them first."""
        ...


class AdamW:
    """AdamW with a one-cycle schedule; kept is a moving average of the weights."""

    def __init__(self, model: Network, choices: OneCycle) -> None:
        self.model, self.choices = model, choices
        self.kept = copy.deepcopy(model)
        self.steps = torch.zeros((), dtype=torch.int64)
        self.optimiser = torch.optim.AdamW(
            model.parameters(), lr=0.0, weight_decay=choices.weight_decay
        )

    def update(self, done: float, gradients: Gradients, sample: Sample) -> float:
        rate, momentum = one_cycle(done, self.choices.learning_rate)
        for group in self.optimiser.param_groups:
            group["lr"], group["betas"] = rate, (momentum, 0.999)
        loss = gradients()
        self.optimiser.step()
        self.steps += 1
        # A short memory at first, or the average would remember the initial weights.
        steps = int(self.steps)
        decay = min(self.choices.averaging, (1 + steps) / (10 + steps))
        with torch.no_grad():
            for mean, now in zip(self.kept.parameters(), self.model.parameters(), strict=True):
                mean.lerp_(now, 1 - decay)
        return loss

    def state(self, fresh: bool = False) -> Iterator[tuple[str, Tensor]]:
        yield "steps", self.steps
        yield from _saved(
            self.model,
            self.optimiser,
            lambda parameter: {
                "step": torch.zeros(()),
                "exp_avg": torch.zeros_like(parameter),
                "exp_avg_sq": torch.zeros_like(parameter),
            },
            fresh,
        )
        for name, parameter in self.kept.named_parameters():
            yield f"average.{name}", parameter.data


class DiagonalMethod:
    """The method of 1998: a step size for every weight, from curvatures estimated anew and anew."""

    def __init__(self, model: Network, choices: DiagonalSteps, passes: int, loss: Loss) -> None:
        self.model = self.kept = model
        self.choices, self.passes, self.loss = choices, passes, loss
        self.estimates = torch.zeros((), dtype=torch.int64)
        self.optimiser = DiagonalLM(model.named_parameters(), 0.0, choices.mu)

    def update(self, done: float, gradients: Gradients, sample: Sample) -> float:
        passed = done * self.passes
        # Rounded up a little: a third of a pass, computed with, may be a hair less.
        if int(self.estimates) <= int(passed * self.choices.estimates + 1e-9):
            x, labels = sample(self.choices.patterns)
            self.optimiser.set_curvatures(curvatures(self.model, x, labels, self.loss))
            self.estimates += 1
        for group in self.optimiser.param_groups:
            group["eta"] = self.choices.scale * self.choices.eta(int(passed + 1e-9) + 1)
        loss = gradients()
        self.optimiser.step()
        return loss

    def state(self, fresh: bool = False) -> Iterator[tuple[str, Tensor]]:
        yield "estimates", self.estimates
        yield from _saved(
            self.model,
            self.optimiser,
            lambda parameter: {"curvature": torch.zeros_like(parameter)},
            fresh,
        )


def made(recipe: Recipe, model: Network) -> AdamW | DiagonalMethod:
    """The method that a recipe names, for a new network."""
    if isinstance(recipe.method, OneCycle):
        return AdamW(model, recipe.method)
    rubbish = recipe.rubbish if model.architecture.has_codes else None
    return DiagonalMethod(model, recipe.method, recipe.epochs, Loss(rubbish))


def _saved(
    model: Network,
    optimiser: torch.optim.Optimizer,
    room: Callable[[Tensor], dict[str, Tensor]],
    fresh: bool,
) -> Iterator[tuple[str, Tensor]]:
    """The weights, each with what its optimiser keeps of it, for which ``room`` makes room."""
    for name, parameter in model.named_parameters():
        yield f"model.{name}", parameter.data
        if fresh:
            optimiser.state[parameter] = room(parameter)
        for key, tensor in optimiser.state[parameter].items():
            yield f"optimiser.{key}.{name}", tensor


def one_cycle(progress: float, highest: float) -> tuple[float, float]:
    """Learning rate and momentum when ``progress``, 0 to 1, of the run is done.

    Up to ``highest`` in the first three tenths, then down to nearly nothing, both along half a
    cosine, while the momentum goes from 0.95 to 0.85 and back (Smith and Topin, 2018).
    """
    rising = 0.3
    if progress < rising:
        part, start, end, momenta = progress / rising, highest / 25, highest, (0.95, 0.85)
    else:
        part = (progress - rising) / (1 - rising)
        start, end, momenta = highest, highest / 250_000, (0.85, 0.95)
    way = (1 - math.cos(math.pi * part)) / 2
    return start + way * (end - start), momenta[0] + way * (momenta[1] - momenta[0])
