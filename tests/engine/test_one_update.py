"""One update: its numbers add up, its steps are Python's, and everything has a place."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from lenet.training.curvature import Loss, curvatures
from tests.support import learning, node

CLOSE = 1e-5

ADDING = """
const { signalOf, weightOf } = await import("./training/one_update/gradient.js");
const learner = makeLearner(spec, shapes, weights);
learner.run(inputs[0]);
learner.back(labels[0], loss);
const sum = (values) => values.reduce((total, value) => total + value, 0);
const signals = spec.layers.slice(1, -1).flatMap(({ key, maps, size }) =>
  [0, 1, 2, 3].map((i) => {
    const unit = Math.floor(((i + 0.5) / 4) * maps * size * size);
    const { terms, signal, slope, delta } = signalOf(learner, key, unit);
    const total = sum(terms.map(({ amount }) => amount));
    const expected = [signal, delta];
    return { key, count: terms.length, found: [total, signal * slope], expected };
  }));
const gradients = Array.from(data.places, (place) => {
  const { part, products, gradient, layer } = weightOf(learner, shapes, place);
  const key = `${layer.key}.${part}`;
  return { key, uses: products.length, found: sum(Array.from(products)), gradient };
});
return { signals, gradients };
"""


@pytest.mark.parametrize("rubbish", [None, 70.0])
def test_what_is_printed_of_signals_and_gradients_adds_up(rubbish: float | None) -> None:
    model = learning.networks()["lenet5"]()
    x, labels = learning.patterns(1)
    ends, at = [], 0
    for values in model.parameters():
        ends += [at, at + values.numel() // 3, at + values.numel() - 1]
        at += values.numel()
    found = learning.run(model, x, labels, rubbish, ADDING, places=ends)
    for one in found["signals"]:
        assert one["found"] == pytest.approx(one["expected"], rel=1e-4, abs=1e-7), one["key"]
        assert one["count"] >= 1
    # As many maps of the next layer as Table I and the paper's layers say.
    assert {one["key"]: one["count"] for one in found["signals"]} | {"s2": 10} == {
        "c1": 1, "s2": 10, "c3": 1, "s4": 120, "c5": 84, "f6": 10
    }  # fmt: skip
    uses = {one["key"]: one["uses"] for one in found["gradients"]}
    assert (uses["c1.weight"], uses["s2.coefficient"], uses["c5.weight"]) == (784, 196, 1)
    for one in found["gradients"]:
        assert one["found"] == pytest.approx(one["gradient"], rel=1e-4, abs=1e-6), one["key"]


UPDATES = """
const { makeUpdates, RUBBISH } = await import("./training/one_update/update.js");
const updates = makeUpdates({ spec, parameters: shapes }, weights, (place) => inputs[place]);
const { method, step } = data;
const settings = { method, step, loss: rubbish === null ? "mle" : "map" };
const early = updates.compute(inputs[0], labels[0], settings);
while (method === "1998" && updates.estimate(settings));
const result = updates.compute(inputs[0], labels[0], settings);
const changes = coded(updates.changes);
updates.take();
const moved = coded(updates.weights);
const taken = updates.taken;
updates.startAgain();
const again = coded(updates.weights) === data.weights;
return { early: early === null, changes, moved, taken, again, rubbish: RUBBISH,
  ...result, before: Array.from(result.before), after: Array.from(result.after) };
"""


@pytest.mark.parametrize(("method", "step"), [("1998", 0.4), ("sgd", 0.001)])
@pytest.mark.parametrize("eq", [8, 9])
def test_a_step_is_that_of_python(method: str, step: float, eq: int) -> None:
    model = learning.networks()["lenet5"]().requires_grad_(True)
    x, labels = learning.patterns(100)
    rubbish = 20.0 if eq == 9 else None
    found = learning.run(model, x, labels, rubbish, UPDATES, method=method, step=step)
    assert found["early"] == (method == "1998")
    assert found["rubbish"] == 20
    loss = Loss(rubbish)
    before = loss.of(model(x[:1]), labels[:1])
    before.backward()
    assert found["lossBefore"] == pytest.approx(before.item(), rel=1e-4)
    curved = curvatures(model, x, labels, loss) if method == "1998" else {}
    changes = learning.decoded(found["changes"], model)
    moved = learning.decoded(found["moved"], model)
    with torch.no_grad():
        for name, values in model.named_parameters():
            assert values.grad is not None
            rate = 0.0005 * step / (0.02 + curved[name]) if curved else step
            expected = -rate * values.grad
            assert learning.relative(changes[name], expected) < 1e-3, name
            values.add_(changes[name])
            torch.testing.assert_close(moved[name], values)
        after = model(x[:1])
    assert found["after"] == pytest.approx(after[0].tolist(), rel=1e-4)
    assert found["lossAfter"] < found["lossBefore"]
    assert found["taken"] == 1
    assert found["again"]


def test_every_unit_and_every_weight_has_a_place_of_its_own() -> None:
    model = learning.networks()["lenet5"]()
    x, labels = learning.patterns(1)
    found: list[dict[str, Any]] = learning.run(
        model,
        x,
        labels,
        None,
        """
        const places = await import("./training/one_update/places.js");
        const told = (key, made, count) => ({
          key, count, distinct: new Set(made.at).size, size: made.width * made.height,
          backwards: Array.from(made.at).every((pixel, i) => made.index[pixel] === i),
          walk: [[1, 0], [-1, 0], [0, 1], [0, -1]].map(([across, down]) => {
            let at = 0;
            for (let i = 0; i < 5000; i++) at = places.beside(made, at, across, down);
            return at;
          }),
        });
        return spec.layers.slice(0, -1).flatMap((layer) => {
          const own = shapes.filter(([name]) => name.startsWith(`${layer.key}.`));
          const count = own.reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b, 1), 0);
          const units = places.placesOfUnits(layer);
          return [
            told(layer.key, units, layer.maps * layer.size ** 2),
            ...(count ? [told(layer.key, places.placesOfWeights(layer, own), count)] : []),
          ];
        });
        """,
    )
    assert sum(one["count"] for one in found) == 60_000 + 1024 + 4704 + 1176 + 1600 + 400 + 120 + 84
    for one in found:
        assert one["distinct"] == one["count"] <= one["size"], one
        assert one["backwards"]
        assert all(0 <= at < one["count"] for at in one["walk"])


def test_numbers_of_every_size_are_read_easily() -> None:
    script = """
    const { small } = await import("./training/one_update/in_words.js");
    return data.map((value) => small(value, { signed: true }));
    """
    numbers = [134.54, 3.127, 0.0123, -4.7e-8, 0, 1e-3, 12345.6]
    assert node.run(script, numbers) == [
        "+135", "+3.13", "+0.0123", "\u22124.70\u00d710\u207b\u2078", "+0.00", "+0.00100", "+12,346"
    ]  # fmt: skip


def test_the_address_says_what_is_looked_at() -> None:
    script = """
    const { FIRST, readState, written } = await import("./training/one_update/state.js");
    const search = (texts) => new URLSearchParams(
      Object.entries(texts).filter(([, text]) => text !== null)).toString();
    return {
      first: search(written(FIRST)),
      same: data.map((text) => search(written(readState(`?${text}`)))),
    };
    """
    kept = "update_digit=7&update_at=unit.s2.100&update_weights=untrained&update_loss=map"
    odd = "update_digit=12&update_at=unit.zzz&update_method=best&update_weights="
    found = node.run(script, [kept, odd, "update_at=weight.c1.3"])
    assert found["first"] == ""
    assert found["same"] == [kept, "", "update_at=weight.c1.3"]
