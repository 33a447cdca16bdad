"""How many patterns a second are learned, one at a time.

    .venv/bin/python -m tests.bench.training --patterns 4000

In Python, on one thread: the method of 1998 with its curvature estimates, with the pass written
out in NumPy and with autograd, beside plain torch SGD. In the browser's modules, in Node.js and in
Chromium: passes over the packaged digits, the thousand that judge read once in each pass, and the
error that is left.
"""

from __future__ import annotations

import argparse
import base64
import dataclasses
import gzip
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import torch

from lenet import samples
from lenet.browser import bundles
from lenet.browser.description import describe_spec
from lenet.model import LeNet5
from lenet.packaged_digits import LEARN
from lenet.spec import LENET5
from lenet.training import one_pattern
from lenet.training.dataset import LabelledImages, TrainingSet
from lenet.training.losses import mle_loss
from lenet.training.recipes import MAP_1998, STABLE
from lenet.training.run import Run
from tests.support import node

PASSES = 5

IN_THE_BROWSER = {"1998": 0.4, "sgd": 0.0005}
"""Method -> its step size."""

SCRIPT = """
const { makeTrainer } = await import("./engine/trainer.js");
const images = Uint8Array.from(atob(data.images), (letter) => letter.charCodeAt(0));
const labels = Uint8Array.from({ length: 5000 }, (_, place) => place % 10);
const trainer = makeTrainer({ ...data, digits: { images, labels, learn: 4000 } });
return Array.from({ length: data.passes }, () => {
  const start = performance.now();
  trainer.step(4000);
  const { wrong } = trainer.judge();
  return { seconds: (performance.now() - start) / 1000, wrong };
});
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--patterns", type=int, default=4_000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    for name, learn in IN_PYTHON.items():
        rates = [learn(chosen.patterns) for _ in range(chosen.rounds)]
        _say(name, rates)
    for engine, run in node.ENGINES.items():
        for method, step in IN_THE_BROWSER.items():
            if node.is_there(engine):
                _in_the_browser(engine, run, method, step)


def _say(name: str, rates: Sequence[float]) -> None:
    each = ", ".join(f"{rate:,.0f}" for rate in rates)
    print(f"{name}: {statistics.median(rates):,.0f} patterns/s ({each})")


def _in_the_browser(engine: str, run: Callable[[str, Any], Any], method: str, step: float) -> None:
    packed = gzip.decompress(bundles.of_digits())
    data = {
        "spec": describe_spec(),
        "shapes": [(name, list(shape)) for name, shape in LENET5.shapes.items()],
        "images": base64.b64encode(packed[-5_000 * 784 :]).decode(),
        "settings": {
            "seed": 0,
            "method": method,
            "step": step,
            "loss": "mle",
            "rubbish": 20,
            "batch": 1,
            "distortions": False,
            "digits": LEARN,
        },
        "passes": PASSES,
    }
    passes = run(SCRIPT, data)
    _say(f"{engine}, {method}, judging included", [LEARN / one["seconds"] for one in passes])
    errors = ", ".join(f"{one['wrong'] / 10:.1f}" for one in passes)
    print(f"    a pass takes {min(one['seconds'] for one in passes):.1f} s; wrong: {errors} %")


def _method_of_1998(patterns: int) -> float:
    """As in a pass of MNIST: ten estimates of curvature for 60,000 patterns."""
    gallery = LabelledImages.of(samples.load())
    times = -(-patterns // len(gallery))
    digits = LabelledImages(gallery.images.repeat(times, 1, 1), gallery.labels.repeat(times))
    estimates = max(1, round(STABLE.estimates * patterns / 60_000))
    method = dataclasses.replace(STABLE, estimates=estimates)
    recipe = dataclasses.replace(MAP_1998, epochs=1, method=method)
    with tempfile.TemporaryDirectory() as folder:
        run = Run(recipe, 0, Path(folder))
        dataset = TrainingSet.prepare(recipe, digits, 0)
        began = time.perf_counter()
        for count, (x, labels) in enumerate(dataset.epoch(run.generator), 1):
            run.learn(x, labels, dataset)
            if count == patterns:
                break
        return patterns / (time.perf_counter() - began)


def _with_autograd(patterns: int) -> float:
    with mock.patch.object(one_pattern, "fits", return_value=False):
        return _method_of_1998(patterns)


def _plain_sgd(patterns: int) -> float:
    """torch's modules, autograd and torch.optim.SGD, batch 1, nothing around them."""
    gallery = LabelledImages.of(samples.load())
    x = torch.randn(len(gallery), 1, 1, 32, 32)
    labels = gallery.labels[:, None]
    model = LeNet5()
    optimiser = torch.optim.SGD(model.parameters(), lr=1e-4)
    began = time.perf_counter()
    for number in range(patterns):
        place = number % len(gallery)
        loss = mle_loss(model(x[place]), labels[place])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return patterns / (time.perf_counter() - began)


IN_PYTHON: dict[str, Callable[[int], float]] = {
    "1998, pass written out": _method_of_1998,
    "1998, autograd": _with_autograd,
    "plain torch SGD": _plain_sgd,
}

if __name__ == "__main__":
    main()
