"""Networks run over disturbed inputs in the browser, against PyTorch, and what is done first."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

import lenet
from lenet import ink, mnist, samples
from lenet.analysis.disturbing import Disturbance
from lenet.browser.description import describe_spec, preparation
from lenet.model import Network
from tests.support import node, pens
from tests.support.digits import DIGITS
from tests.support.second_network import second_network

TURNED = [-60.0, -30.0, -10.5, 0.0, 20.0, 45.0]

RUN = """
const { makeRunner } = await import("./engine/runs.js");
const networks = Object.fromEntries(Object.entries(data.networks).map(([name, one]) =>
  [name, { ...one, values: Float32Array.from(one.values) }]));
const input = Float32Array.from(data.input);
const listed = (told) => ({ ...told, result: Object.fromEntries(Object.entries(told.result).map(
  ([name, value]) => [name, ArrayBuffer.isView(value) ? Array.from(value) : value])) });
"""

TO_THE_END = """
const told = [];
await new Promise((finished) => {
  const runner = makeRunner((one) => {
    told.push(listed(one));
    if (told.filter(({ done }) => done).length === data.jobs.length) finished();
  }, (step) => Promise.resolve().then(step), 10);
  runner.networks(networks);
  if (data.samples) runner.samples({
    images: Float32Array.from(data.samples.images), labels: data.samples.labels });
  runner.want(data.jobs.map((job) => ({ ...job, input })));
});
return told;
"""


def drawing() -> torch.Tensor:
    x = ink.from_strokes(DIGITS["4"])
    assert x is not None
    return x


def described(model: Network) -> dict[str, Any]:
    weights = {name: p.detach().numpy() for name, p in model.named_parameters()}
    return {
        "spec": describe_spec(model.architecture),
        "parameters": [(name, values.shape) for name, values in weights.items()],
        "values": [number for values in weights.values() for number in values.ravel().tolist()],
        "normalisation": preparation(),
    }


def models() -> dict[str, Network]:
    return {"lenet5": lenet.load(), "second": second_network()}


def run(script: str, jobs: list[dict[str, Any]], **more: Any) -> Any:
    given = {
        "networks": {name: described(model) for name, model in models().items()},
        "input": drawing().flatten().tolist(),
        "jobs": jobs,
        **more,
    }
    return node.run(RUN + script, given)


def penalties(model: Network, x: torch.Tensor) -> torch.Tensor:
    with torch.inference_mode():
        return model(x)[0]


def test_curves_are_what_pytorch_computes() -> None:
    held: dict[str, Any] = {"down": 2.0, "scale": 0.9}
    jobs = [
        {
            "key": name,
            "kind": "curve",
            "network": name,
            "disturbance": vars(Disturbance(**held)),
            "name": "turn",
            "values": TURNED,
        }
        for name in models()
    ]
    told = {one["key"]: one["result"] for one in run(TO_THE_END, jobs)}
    for name, model in models().items():
        found = np.array(told[name]["penalties"]).reshape(len(TURNED), -1)
        for value, row in zip(TURNED, found, strict=True):
            disturbed = Disturbance(turn=value, **held).applied(drawing())
            np.testing.assert_allclose(row, penalties(model, disturbed), rtol=1e-4, atol=1e-4)


def test_maps_are_the_answers_of_pytorch_row_by_row() -> None:
    turns, scales = [-50.0, -20.0, 5.0, 35.0], [0.5, 1.0, 1.6]
    jobs = [
        {
            "key": "map",
            "kind": "map",
            "network": "lenet5",
            "disturbance": vars(Disturbance(stroke=0.5)),
            "across": {"name": "turn", "values": turns},
            "down": {"name": "scale", "values": scales},
        }
    ]
    (told,) = run(TO_THE_END, jobs)
    expected = [
        int(
            penalties(
                lenet.load(), Disturbance(turn=turn, scale=scale, stroke=0.5).applied(drawing())
            ).argmin()
        )
        for scale in scales
        for turn in turns
    ]
    assert told["result"]["answers"] == expected
    assert len(set(expected)) > 1, "a map of one answer would show nothing"


def test_samples_are_counted_class_after_class_and_to_the_end() -> None:
    gallery = samples.load()
    chosen = np.concatenate([np.flatnonzero(gallery.labels == digit)[:3] for digit in range(10)])
    x = mnist.as_input(torch.from_numpy(gallery.images[chosen].copy()))
    labels = gallery.labels[chosen].tolist()
    values = [0.0, 0.1, 0.3]
    jobs = [
        {
            "key": "all",
            "kind": "accuracy",
            "network": "lenet5",
            "name": "noise",
            "values": values,
        }
    ]
    told = run(TO_THE_END, jobs, samples={"images": x.flatten().tolist(), "labels": labels})
    last = told[-1]["result"]
    assert (last["counted"], last["of"]) == (30, 30)
    assert [one["result"]["counted"] for one in told] == sorted(
        one["result"]["counted"] for one in told
    )
    for value, right in zip(values, last["right"], strict=True):
        answers = [
            int(
                penalties(
                    lenet.load(), Disturbance(noise=value, seed=i).applied(x[i : i + 1])
                ).argmin()
            )
            for i in range(len(labels))
        ]
        assert right == sum(a == b for a, b in zip(answers, labels, strict=True))
    order = node.run(
        'return (await import("./engine/runs.js")).classAfterClass(data);', [0, 0, 1, 1, 2, 2]
    )
    assert order == [0, 2, 4, 1, 3, 5]


CHANGING = """
const told = [];
const waiting = [];
let clock = 0;
// Every look at the clock takes a millisecond, so that a slice is always as many steps.
const runner = makeRunner((one) => told.push([one.key, one.done]), (step) => waiting.push(step), 5,
  () => clock++);
const go = (slices) => { for (let i = 0; i < slices && waiting.length; i++) waiting.shift()(); };
runner.networks(networks);
const own = { kind: "curve", network: "lenet5", input, disturbance: data.disturbance };
const job = (key, count) => ({ ...own, key, name: "turn", values: [...Array(count).keys()] });
runner.want([job("long", 12)]);
go(1);
runner.want([job("urgent", 3), job("long", 12)]);
go(1);
const first = told.slice();
go(2);
const goneOn = told.slice();
runner.want([job("dropped", 50)]);
go(1);
runner.want([job("newest", 2)]);
go(1);
return { first, goneOn, told, left: waiting.length };
"""


def test_the_newest_wish_is_done_first_and_what_is_begun_goes_on() -> None:
    found = run(CHANGING, [], disturbance=vars(Disturbance()))
    assert found["first"] == [["urgent", True]]
    assert found["goneOn"] == [["urgent", True], ["long", True]], "in three slices, not in four"
    assert found["told"][-1] == ["newest", True]
    assert ["dropped", True] not in found["told"]
    assert found["left"] == 0


def test_many_drawings_are_read_alike() -> None:
    """Each under a disturbance of its own, by both networks."""
    random = np.random.default_rng(17)
    drawings = [ink.from_strokes(one.strokes) for one in pens.drawings(writers=2)]
    inputs = [x for x in drawings if x is not None]
    asked = [
        Disturbance(
            right=random.uniform(-6, 6),
            turn=random.uniform(-60, 60),
            scale=random.uniform(0.5, 1.6),
            stroke=random.uniform(-1, 3),
            noise=random.choice([0.0, 0.1]),
            seed=i,
        )
        for i in range(len(inputs))
    ]
    found = run(
        """
        const { makeReader } = await import("./engine/runs.js");
        return Object.fromEntries(Object.entries(networks).map(([name, one]) => {
          const read = makeReader(one);
          return [name, data.inputs.map((values, i) =>
            Array.from(read(Float32Array.from(values), data.disturbances[i])))];
        }));
        """,
        [],
        inputs=[x.flatten().tolist() for x in inputs],
        disturbances=[vars(one) for one in asked],
    )
    for name, model in models().items():
        for x, one, row in zip(inputs, asked, found[name], strict=True):
            expected = penalties(model, one.applied(x))
            np.testing.assert_allclose(row, expected, rtol=1e-4, atol=1e-4)
