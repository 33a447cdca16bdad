"""Two hundred patterns in the browser's modules and in PyTorch: the same weights."""

from __future__ import annotations

import copy

import pytest
import torch

from lenet.model import Network
from lenet.training.curvature import Loss, curvatures
from lenet.training.diagonal_lm import DiagonalLM
from lenet.training.recipes import DiagonalSteps
from tests.support import learning

CLOSE = 1e-4
PATTERNS, ESTIMATED = 200, 20
RUBBISH = 70.0

SCRIPT = """
const { makeAdam, makeDiagonal, makeSgd } = await import("./engine/optimise.js");
const learner = makeLearner(spec, shapes, weights);
const optimiser = data.method === "sgd" ? makeSgd(learner, data.rate)
  : data.method === "adam" ? makeAdam(learner, data.rate) : makeDiagonal(learner);
const curvatures = makeCurvatures(learner, shapes);
optimiser.setEta?.(data.rate);
for (const [i, input] of inputs.entries()) {
  if (data.method === "1998" && i % 100 === 0) {
    curvatures.start();
    for (const other of inputs.slice(0, data.estimated)) {
      learner.run(other);
      curvatures.add(loss);
    }
    optimiser.setCurvatures(curvatures.mean());
  }
  learner.run(input);
  learner.back(labels[i], loss);
  if ((i + 1) % data.batch === 0) optimiser.update(data.batch);
}
return coded(learner.weights);
"""


@pytest.mark.parametrize(
    ("method", "rate", "batch"),
    [("1998", 0.0002, 1), ("sgd", 0.001, 1), ("sgd", 0.002, 8), ("adam", 0.0005, 8)],
)
def test_the_same_start_and_order_give_the_same_weights(
    method: str, rate: float, batch: int
) -> None:
    model = learning.networks()["lenet5"]()
    x, labels = learning.patterns(PATTERNS, seed=4)
    text = learning.run(
        model,
        x,
        labels,
        RUBBISH,
        SCRIPT,
        method=method,
        rate=rate,
        batch=batch,
        estimated=ESTIMATED,
    )
    found = learning.decoded(text, model)
    expected = trained(model, x, labels, method, rate, batch)
    moved = {key: float((expected[key] - start).abs().max()) for key, start in weights(model)}
    assert min(moved.values()) > 1e-3, "it has hardly learned anything"
    for key, values in expected.items():
        assert float((found[key] - values).abs().max()) < CLOSE, key


def weights(model: Network) -> list[tuple[str, torch.Tensor]]:
    return [(name, parameter.detach()) for name, parameter in model.named_parameters()]


def trained(
    model: Network, x: torch.Tensor, labels: torch.Tensor, method: str, rate: float, batch: int
) -> dict[str, torch.Tensor]:
    model, loss = copy.deepcopy(model).requires_grad_(True), Loss(RUBBISH)
    parameters = list(model.parameters())
    optimiser: torch.optim.Optimizer = (
        torch.optim.SGD(parameters, rate) if method == "sgd" else torch.optim.Adam(parameters, rate)
    )
    if method == "1998":
        optimiser = DiagonalLM(model.named_parameters(), rate)
    for first in range(0, PATTERNS, batch):
        if isinstance(optimiser, DiagonalLM) and first % 100 == 0:
            some = slice(0, ESTIMATED)
            optimiser.set_curvatures(curvatures(model, x[some], labels[some], loss))
        optimiser.zero_grad()
        loss.of(model(x[first : first + batch]), labels[first : first + batch]).backward()
        optimiser.step()
    return dict(weights(model))


def test_the_printed_rates_are_those_of_python() -> None:
    from tests.support import node

    found = node.run(
        'const { printedEta, MU } = await import("./engine/optimise.js");'
        "return { mu: MU, etas: data.map(printedEta) };",
        list(range(1, 25)),
    )
    printed = DiagonalSteps()
    assert found == {"mu": printed.mu, "etas": [printed.eta(number) for number in range(1, 25)]}
