"""The browser's gradients against autograd's, for every kind of layer and every network."""

from __future__ import annotations

import copy

import pytest
import torch

from lenet.kinds import KINDS
from lenet.squashing import SQUASHINGS
from lenet.training.curvature import Loss
from tests.support import learning, node

CLOSE = 1e-5


@pytest.mark.parametrize("name", learning.some_networks())
@pytest.mark.parametrize("rubbish", [None, 70.0])
def test_gradients_are_those_of_autograd(name: str, rubbish: float | None) -> None:
    model = learning.network(name, rubbish)
    x, labels = learning.patterns(3)
    text, losses = learning.run(
        model,
        x,
        labels,
        rubbish,
        """
        const learner = makeLearner(spec, shapes, weights);
        const losses = inputs.map((input, i) => {
          learner.run(input);
          learner.back(labels[i], loss);
          return loss.of(learner.penalties, labels[i]);
        });
        return [coded(learner.gradients), losses];
        """,
    )
    model = copy.deepcopy(model).double().requires_grad_(True)
    expected = Loss(rubbish).of(model(x.double()), labels) * len(x)
    expected.backward()
    assert sum(losses) == pytest.approx(expected.item(), rel=CLOSE)
    found = learning.decoded(text, model)
    for key, parameter in model.named_parameters():
        assert parameter.grad is not None
        assert learning.relative(found[key].double(), parameter.grad) < CLOSE, key


def test_every_kind_and_every_squashing_function_has_a_way_back() -> None:
    found = node.run(
        """
        const { backwardOf } = await import("./engine/backward/kinds.js");
        const { exactSquashingOf } = await import("./engine/backward/squashing.js");
        return {
          kinds: data.kinds.filter((kind) => !backwardOf({ kind })),
          squashings: data.squashings.filter((squash) => !exactSquashingOf({ squash }, {})),
        };
        """,
        {"kinds": list(KINDS), "squashings": list(SQUASHINGS)},
    )
    assert found == {"kinds": [], "squashings": []}


def test_signals_are_the_derivatives_with_respect_to_values_and_sums() -> None:
    model = learning.networks()["lenet5"]()
    x, labels = learning.patterns(1)
    found = learning.run(
        model,
        x,
        labels,
        None,
        """
        const learner = makeLearner(spec, shapes, weights);
        learner.run(inputs[0]);
        learner.back(labels[0], loss);
        return spec.layers.slice(1).map(({ key }) => [
          Array.from(learner.signals[key]), Array.from(learner.deltas[key]),
        ]);
        """,
    )
    model = copy.deepcopy(model).requires_grad_(True)
    steps = list(model.steps(x))
    for _, sums, values in steps:
        sums.retain_grad()
        values.retain_grad()
    Loss().of(steps[-1][2].flatten(1), labels).backward()
    for (layer, sums, values), (signal, delta) in zip(steps, found, strict=True):
        assert sums.grad is not None
        assert values.grad is not None
        assert learning.relative(torch.tensor(signal), values.grad.flatten()) < CLOSE, layer.key
        assert learning.relative(torch.tensor(delta), sums.grad.flatten()) < CLOSE, layer.key
