"""Training in the browser: it learns, a seed gives the same network, and it can be undone."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from lenet import samples
from lenet.browser.description import describe_spec
from lenet.variants import VARIANTS
from tests.support import node
from tests.support.sampling import sampled

SETTINGS = {
    "seed": 7,
    "method": "1998",
    "step": 0.4,
    "loss": "map",
    "rubbish": 20,
    "batch": 1,
    "distortions": False,
    "digits": 300,
}

SET_UP = """
const { makeTrainer } = await import("./engine/trainer.js");
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const { spec, shapes, settings } = data;
const digits = { images: bytes(data.images), labels: bytes(data.labels), learn: 300 };
const make = (more = {}) =>
  makeTrainer({ spec, shapes, settings: { ...settings, ...more }, digits, start: more.start });
const hash = (array) =>
  Array.from(array).reduce((sum, value, i) => sum + value * (1 + (i % 97)), 0);
"""


def run(
    script: str,
    network: str = "lenet5",
    *,
    engine: Callable[[str, Any], Any] = node.run,
    **changed: Any,
) -> Any:
    """What a script returns that can ``make`` trainers of 300 of the packaged samples, interleaved;
    the other hundred judge."""
    digits = samples.load()
    order = np.arange(400).reshape(10, 40).T.ravel()
    architecture = VARIANTS[network].architecture
    data = {
        "spec": describe_spec(architecture),
        "shapes": [(name, list(shape)) for name, shape in architecture.shapes.items()],
        "settings": SETTINGS | changed,
        "images": base64.b64encode(digits.images[order].tobytes()).decode(),
        "labels": base64.b64encode(digits.labels[order].tobytes()).decode(),
    }
    return engine(SET_UP + script, data)


LEARN = """
const trainer = make();
const before = trainer.judge();
trainer.step(900);
return { before, after: trainer.judge(), patterns: trainer.patterns, passes: trainer.passes,
  errors: trainer.trainingErrors, again: trainer.trainingErrors, loss: trainer.lossMean };
"""


@pytest.mark.parametrize(
    ("method", "step", "batch"), [("1998", 0.4, 1), ("sgd", 0.001, 1), ("adam", 0.003, 8)]
)
def test_every_method_learns(method: str, step: float, batch: int) -> None:
    found = run(LEARN, method=method, step=step, batch=batch)
    assert found["before"]["counted"] == found["before"]["of"] == found["after"]["of"] == 100
    assert found["before"]["wrong"] > 70
    assert found["after"]["wrong"] < 40
    assert (found["patterns"], found["passes"]) == (900, 3)
    assert found["errors"]["seen"] == 900
    assert 0 < found["errors"]["wrong"] < 600
    assert found["again"] == {"wrong": 0, "seen": 0}
    assert 0 < found["loss"] < 40


def test_a_seed_gives_the_same_network_and_another_seed_another() -> None:
    found = run(
        """
        const trained = (more) => {
          const trainer = make(more);
          for (let i = 0; i < 12; i++) trainer.step(10); // in whatever portions
          return trainer;
        };
        const whole = make();
        whole.step(120);
        return [whole, trained(), trained({ seed: 8 })].map(({ weights }) => hash(weights));
        """,
        distortions=True,
    )
    assert found[0] == found[1] != found[2]


def test_node_and_chromium_train_the_same_network() -> None:
    """To the last bit, though their Math.tanh may differ: that of all weights and the loss."""
    found = [
        run(
            """
            const trainer = make();
            trainer.step(60);
            const { weights } = trainer;
            const bits = new Uint32Array(weights.buffer, weights.byteOffset, weights.length);
            const sum = bits.reduce((sum, word) => (Math.imul(sum, 31) + word) >>> 0, 0);
            return [sum, trainer.lossMean];
            """,
            engine=engine,
            distortions=True,
        )
        for name, engine in node.ENGINES.items()
        if node.is_there(name)
    ]
    if len(found) < 2:
        pytest.skip("Node.js or Chromium is not installed")
    assert found[0] == found[1]


def test_undo_goes_back_to_what_was_kept_and_from_there_the_same_way() -> None:
    first, second, patterns = run(
        """
        const trainer = make();
        trainer.step(105);
        trainer.keep();
        trainer.step(40);
        const first = hash(trainer.weights);
        trainer.undo();
        const { patterns } = trainer;
        trainer.step(40);
        return [first, hash(trainer.weights), patterns];
        """,
        distortions=True,
        method="adam",
        step=0.002,
        batch=10,
    )
    assert patterns == 105
    assert first == second


TOO_LARGE = [("1998", 400.0), ("sgd", 1e9), ("adam", 30.0), ("sgd", 1.0)]
CASES = [(method, step, loss) for method, step in TOO_LARGE for loss in ("mle", "map")]


@pytest.mark.parametrize(("method", "step", "loss"), sampled(CASES, 3))
def test_a_step_that_is_too_large_is_noticed_and_undone(
    method: str, step: float, loss: str
) -> None:
    found = run(
        """
        const trainer = make({ step: 1e-4 });
        trainer.setStep(settings.step);
        trainer.step(2000);
        const { diverged, patterns } = trainer;
        trainer.step(10);
        const stopped = trainer.patterns === patterns;
        trainer.undo();
        trainer.setStep(1e-4);
        trainer.step(250);
        return { diverged, stopped, now: trainer.diverged, patterns: trainer.patterns };
        """,
        method=method,
        step=step,
        loss=loss,
    )
    assert found["diverged"] in ("loss", "weights", "forgot")
    assert found["stopped"]
    assert found["now"] is None
    assert found["patterns"] == 250


def test_it_goes_on_from_given_weights_and_leaves_these_alone() -> None:
    found = run(
        """
        const first = make();
        first.step(600);
        const start = first.weights.slice();
        const before = hash(start);
        const second = make({ start });
        const judged = [first.judge(), second.judge()];
        second.step(20);
        return { judged, same: hash(start) === before, moved: hash(second.weights) !== before };
        """
    )
    assert found["judged"][0] == found["judged"][1]
    assert found["same"]
    assert found["moved"]


def test_no_digits_to_learn_from_are_refused() -> None:
    said = run("try { make({ digits: 0 }); } catch (error) { return error.message; }")
    assert said == "There are no digits to learn from."


OTHERS = ["dropout", "fully-connected", "lenet1", "response-norm"]


@pytest.mark.parametrize("network", sampled(OTHERS, 2))
def test_other_networks_learn(network: str) -> None:
    found = run(LEARN, network, loss="mle", method="adam", step=0.002, batch=8)
    assert found["after"]["wrong"] < 60
