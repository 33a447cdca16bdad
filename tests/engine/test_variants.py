"""Every network of ``lenet.variants`` in the browser against PyTorch, layer by layer."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import pytest
import torch

import lenet
from lenet import ink
from lenet.model import Network, made
from lenet.trace import Trace
from lenet.variants import VARIANTS
from tests.engine.test_networks import explained, run
from tests.support import pens
from tests.support.sampling import count, sampled

CLOSE = 1e-5
ASKED = 1e-4  # of trained networks, over many drawings; layers without limits relative to 1 + size

VALUES = """
return data.inputs.map((input) => {
  const { before, ...after } = network.run(Float32Array.from(input));
  return { after: listed(after), before: listed(before) };
});
"""


def drawings(most: int) -> torch.Tensor:
    """Pen drawings of many writers as inputs."""
    inputs = (ink.from_strokes(each.strokes) for each in pens.drawings(writers=-(-most // 10)))
    found = [x for x in inputs if x is not None]
    return torch.cat(found[:: max(1, len(found) // most)][:most])


@cache
def untrained(name: str) -> Network:
    with torch.random.fork_rng():
        torch.manual_seed(3)
        model = made(VARIANTS[name].architecture)
        for parameter_name, parameter in model.named_parameters():
            if parameter_name.endswith("bias"):
                torch.nn.init.uniform_(parameter, -0.3, 0.3)
    return model.eval().requires_grad_(False)


def farthest(model: Network, x: torch.Tensor) -> float:
    """The largest difference of any unit or sum, relative to 1 + its size."""
    found = run(model, VALUES, inputs=x.flatten(1).tolist())
    with torch.inference_mode():
        trace = Trace.of(model, x)
    assert found[0]["before"].keys() == trace.before.keys()
    most = 0.0
    for part, mine in (("after", trace.values), ("before", trace.before)):
        for key, values in mine.items():
            other = torch.tensor([each[part][key] for each in found])
            values = values.flatten(1)
            assert other.shape == values.shape, key
            most = max(most, float(((other - values).abs() / (1 + values.abs())).max()))
    return most


@pytest.mark.parametrize("name", VARIANTS)
def test_every_layer_has_the_values_of_pytorch(name: str) -> None:
    assert farthest(untrained(name), drawings(count(2, 20))) < CLOSE


@pytest.mark.parametrize("name", VARIANTS)
def test_trained_networks_have_the_values_of_pytorch(name: str) -> None:
    assert farthest(lenet.load(name), drawings(count(2, 100))) < ASKED


CHANGED = [name for name, variant in VARIANTS.items() if variant.changed or variant.added]


@pytest.mark.parametrize("name", sampled(CHANGED, 3))
def test_units_are_explained_as_in_python_and_snippets_run(name: str) -> None:
    pairs = explained(untrained(name), count(1, 4))
    for unit, other in pairs:
        assert other["value"] == pytest.approx(unit.value, abs=CLOSE * (1 + abs(unit.value)))
    sources = [other["snippet"] for _, other in pairs]
    program = f"for source in {sources!r}:\n    exec(compile(source, 'snippet', 'exec'), {{}})\n"
    ran = subprocess.run(
        [sys.executable, "-I", "-"], input=program, capture_output=True, text=True, check=True
    )
    printed = [float(line) for line in ran.stdout.splitlines()]
    for (unit, _), value in zip(pairs, printed, strict=True):
        assert value == pytest.approx(unit.value, abs=CLOSE * (1 + abs(unit.value))), unit.name


def test_a_network_with_a_smaller_input_reads_the_middle() -> None:
    model = untrained("lenet1")
    x = drawings(1)
    whole, middle = run(
        model,
        """
        return [data.whole, data.middle].map((values) => {
          const { output, input } = network.run(Float32Array.from(values));
          return [Array.from(output), Array.from(input)];
        });
        """,
        whole=x.flatten().tolist(),
        middle=x[:, :, 2:30, 2:30].flatten().tolist(),
    )
    assert whole == middle
    assert whole[1] == x[:, :, 2:30, 2:30].flatten().tolist()
