"""What tests of the browser's training share: a network and patterns, sent to its modules."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from lenet.browser.description import describe_spec
from lenet.model import Network, made
from lenet.spec import BACKGROUND, INK
from lenet.variants import VARIANTS
from tests.support import node
from tests.support.every_kind import every_kind
from tests.support.sampling import sampled
from tests.support.second_network import second_network

SET_UP = """
const { makeLearner } = await import("./engine/backward.js");
const { makeCurvatures } = await import("./engine/curvature.js");
const { makeLoss } = await import("./engine/losses.js");
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const floats = (text) => new Float32Array(bytes(text).buffer);
const coded = (array) => {
  const all = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  return btoa(all.reduce((text, byte) => text + String.fromCharCode(byte), ""));
};
const { spec, shapes, labels, rubbish } = data;
const weights = floats(data.weights);
const inputs = data.inputs.map(floats);
const loss = makeLoss(rubbish);
"""


def networks() -> dict[str, Callable[[], Network]]:
    """Every network by its name, with weights that nobody trained."""

    def untrained(name: str) -> Callable[[], Network]:
        def make() -> Network:
            torch.manual_seed(3)
            return made(VARIANTS[name].architecture).eval()

        return make

    own = {name: untrained(name) for name in VARIANTS if name != "lenet5-plain"}
    return {"every-kind": every_kind, "second": second_network, **own}


ALWAYS = ("every-kind", "second", "lenet5")


def some_networks() -> list[str]:
    """The names of those that are always compared, and of a sample of the others."""
    return [*ALWAYS, *sampled([name for name in networks() if name not in ALWAYS], 4)]


def network(name: str, rubbish: float | None) -> Network:
    """One of them; a test for which it has no such loss is skipped."""
    model = networks()[name]()
    if rubbish is not None and not model.architecture.has_codes:
        pytest.skip("There is no class of rubbish beside a softmax.")
    return model


def patterns(count: int, seed: int = 0) -> tuple[Tensor, Tensor]:
    """(count, 1, 32, 32) inputs with blots of ink, and (count,) labels."""
    random = torch.Generator().manual_seed(seed)
    small = torch.rand(count, 1, 8, 8, generator=random)
    large = torch.nn.functional.interpolate(small, size=32, mode="bilinear", align_corners=False)
    x = BACKGROUND + (INK - BACKGROUND) * (3 * large - 1).clamp(0, 1)
    return x, torch.randint(10, (count,), generator=random)


def run(
    model: Network, x: Tensor, labels: Tensor, rubbish: float | None, script: str, **more: Any
) -> Any:
    """What a script returns that has ``spec``, ``shapes``, ``weights``, ``inputs``, ``labels`` and
    ``loss``; ``coded`` makes a text of an array for ``decoded``."""
    shapes = model.architecture.shapes
    weights = model.state_dict()
    data = {
        "spec": describe_spec(model.architecture),
        "shapes": [(name, list(shape)) for name, shape in shapes.items()],
        "weights": encoded(np.concatenate([weights[name].numpy().ravel() for name in shapes])),
        "inputs": [encoded(one.numpy()) for one in x],
        "labels": labels.tolist(),
        "rubbish": rubbish,
    }
    return node.run(SET_UP + script, data | more)


def encoded(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()


def decoded(text: str, model: Network) -> dict[str, Tensor]:
    """Numbers of all parameters, by their names."""
    flat = torch.from_numpy(np.frombuffer(base64.b64decode(text), "<f4").copy())
    found, at = {}, 0
    for name, shape in model.architecture.shapes.items():
        count = int(np.prod(shape))
        found[name] = flat[at : at + count].reshape(shape)
        at += count
    assert at == len(flat)
    return found


def relative(found: Tensor, expected: Tensor) -> float:
    """The largest difference, relative to the largest number of a parameter."""
    return float((found - expected).abs().max() / (expected.abs().max() + 1e-6))
