"""The browser's curvatures against Python's, which test_curvature.py of the unit tests checks."""

from __future__ import annotations

import pytest

from lenet.training.curvature import Loss, curvatures
from tests.support import learning

CLOSE = 1e-5


@pytest.mark.parametrize("name", learning.some_networks())
@pytest.mark.parametrize("rubbish", [None, 70.0])
def test_curvatures_are_those_of_python(name: str, rubbish: float | None) -> None:
    model = learning.network(name, rubbish)
    x, labels = learning.patterns(6)
    first, again = learning.run(
        model,
        x,
        labels,
        rubbish,
        """
        const learner = makeLearner(spec, shapes, weights);
        const curvatures = makeCurvatures(learner, shapes);
        return [0, 1].map(() => {
          curvatures.start();
          for (const input of inputs) {
            learner.run(input);
            curvatures.add(loss);
          }
          return coded(curvatures.mean());
        });
        """,
    )
    assert first == again
    found = learning.decoded(first, model)
    expected = curvatures(model.double(), x.double(), labels, Loss(rubbish))
    for key, values in expected.items():
        assert learning.relative(found[key].double(), values) < CLOSE, key
        assert bool((found[key] >= 0).all()), key


def test_what_the_codes_are_compared_with_curves_twice_for_eq_8() -> None:
    model = learning.networks()["lenet5"]()
    x, labels = learning.patterns(1)
    own = learning.run(
        model,
        x,
        labels,
        None,
        """
        const learner = makeLearner(spec, shapes, weights);
        const curvatures = makeCurvatures(learner, shapes);
        curvatures.start();
        learner.run(inputs[0]);
        curvatures.add(loss);
        const { f6 } = curvatures.own;
        const slopes = Array.from(learner.trace.f6, (value) => spec.amplitude * spec.slope -
          (spec.slope / spec.amplitude) * value * value);
        return slopes.map((slope, i) => f6[i] / (slope * slope));
        """,
    )
    assert own == pytest.approx([2] * 84)
