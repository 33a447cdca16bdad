"""The browser's networks against PyTorch: every unit, its arithmetic, what it sees and feeds.

To have another architecture tested, add it to ``MODELS``.
"""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch

import lenet
from lenet import ink, units
from lenet.answer import Answer
from lenet.browser.description import describe_spec
from lenet.model import Network
from lenet.spec import BACKGROUND, INK
from lenet.trace import Trace
from lenet.units import Unit
from tests.support import node, pens
from tests.support.every_kind import every_kind
from tests.support.second_network import second_network

MODELS: dict[str, Callable[[], Network]] = {
    "lenet5": lenet.load,
    "second": second_network,
    "every-kind": every_kind,
}
CLOSE = 1e-5

SET_UP = """
const { makeNetwork, difference } = await import("./engine/forward.js");
const { explain, mapParameters, nameParameters } = await import("./engine/explain.js");
const { snippet } = await import("./engine/snippet.js");
const geometry = await import("./engine/geometry.js");
const { detailOf, purposeOf, termOf, titleOf } = await import("./engine/kinds.js");
const { spec } = data;
const bytes = Uint8Array.from(atob(data.weights), (letter) => letter.charCodeAt(0));
const parameters = nameParameters(data.shapes, new Float32Array(bytes.buffer));
const network = makeNetwork(spec, parameters);
const listed = (values) => Object.fromEntries(
  Object.entries(values).map(([key, array]) => [key, Array.from(array)]),
);
"""


@pytest.fixture(params=MODELS)
def model(request: pytest.FixtureRequest) -> Network:
    return made(request.param)


@cache
def made(name: str) -> Network:
    return MODELS[name]()


def run(model: Network, script: str, **more: Any) -> Any:
    """What a script returns that has the network of this model, its ``spec`` and ``parameters``."""
    weights = model.state_dict()
    shapes = model.architecture.shapes
    content = b"".join(weights[name].numpy().astype("<f4").tobytes() for name in shapes)
    data = {
        "spec": describe_spec(model.architecture),
        "shapes": list(shapes.items()),
        "weights": base64.b64encode(content).decode(),
    }
    return node.run(SET_UP + script, data | more)


def inputs() -> torch.Tensor:
    drawn = [ink.from_strokes(drawing.strokes) for drawing in pens.drawings(writers=6)]
    random = torch.Generator().manual_seed(4)
    noise = torch.rand(8, 1, 32, 32, generator=random) * (INK - BACKGROUND) + BACKGROUND
    return torch.cat([x for x in drawn if x is not None] + [noise])


def some_units(model: Network, of_each: int) -> list[Unit]:
    """Units of every layer: the corners of the first and last map, and random ones between."""
    random = np.random.default_rng(2)
    found = []
    for layer in model.architecture.by_key.values():
        last = layer.size - 1
        found += [Unit(layer, 0), Unit(layer, layer.maps - 1, last, last)]
        for _ in range(of_each):
            row, column = random.integers(0, layer.size, 2).tolist()
            found.append(Unit(layer, int(random.integers(layer.maps)), row, column))
    return found


def places(asked: list[Unit]) -> list[dict[str, Any]]:
    return [
        {"layer": unit.layer.key, "map": unit.map, "row": unit.row, "column": unit.column}
        for unit in asked
    ]


def explained(model: Network, count: int) -> list[tuple[Any, dict[str, Any]]]:
    """Units as Python explains them, each with what the browser says of it."""
    x = inputs()[:1]
    asked = some_units(model, count)
    found = run(
        model,
        """
        const trace = network.run(Float32Array.from(data.input));
        return data.units.map((unit) => {
          const found = explain(spec, parameters, trace, unit);
          return {
            ...found,
            layer: found.layer.key,
            terms: found.terms?.map((term) => ({
              ...term, ...listed({ patch: term.patch, kernel: term.kernel ?? [] }),
              products: term.products && Array.from(term.products),
            })),
            rival: found.rival && { digit: found.rival.digit, gap: Array.from(found.rival.gap) },
            snippet: snippet(spec, found),
          };
        });
        """,
        input=x.flatten().tolist(),
        units=places(asked),
    )
    return [
        (units.explain(model, x, unit), other) for unit, other in zip(asked, found, strict=True)
    ]


def test_the_same_input_gives_the_same_value_of_every_unit(model: Network) -> None:
    x = inputs()
    found = run(
        model,
        """
        return data.inputs.map((input) => {
          const { before, ...after } = network.run(Float32Array.from(input));
          return { after: listed(after), before: listed(before) };
        });
        """,
        inputs=x.flatten(1).tolist(),
    )
    with torch.inference_mode():
        trace = Trace.of(model, x)
    for key in model.architecture.by_key:
        other = torch.tensor([result["after"][key] for result in found])
        mine = trace[key].flatten(1)
        scale = 1 + mine.abs() if key == model.architecture.output.key else 1
        assert float(((other - mine).abs() / scale).max()) < CLOSE, key
    assert found[0]["before"].keys() == trace.before.keys()
    for key, mine in trace.before.items():
        other = torch.tensor([result["before"][key] for result in found])
        mine = mine.flatten(1)
        assert float(((other - mine).abs() / (1 + mine.abs())).max()) < CLOSE, key


def test_the_same_unit_has_the_same_arithmetic(model: Network) -> None:
    for unit, other in explained(model, 12):
        close = {"abs": CLOSE * (1 + abs(unit.value))}
        assert other["value"] == pytest.approx(unit.value, **close), unit.name
        for name in ("bias", "coefficient", "product", "total", "own", "divisor"):
            assert (name in other) == hasattr(unit, name), (unit.name, name)
            if name in other:
                assert other[name] == pytest.approx(getattr(unit, name), abs=CLOSE), unit.name
        if hasattr(unit, "kernels"):
            patches = [number for term in other["terms"] for number in term["patch"]]
            kernels = [number for term in other["terms"] for number in term["kernel"]]
            np.testing.assert_allclose(patches, unit.patches.ravel(), atol=CLOSE)
            np.testing.assert_array_equal(kernels, unit.kernels.ravel())
            sums = [term["sum"] for term in other["terms"]]
            assert sum(sums) == pytest.approx(unit.sum, abs=CLOSE)
        if hasattr(unit, "inputs"):
            (term,) = other["terms"]
            expected = [n if np.isfinite(n) else None for n in unit.inputs.ravel().tolist()]
            assert term["patch"] == pytest.approx(expected, abs=CLOSE)
        if hasattr(unit, "rival"):
            assert other["rival"]["digit"] == unit.rival
            np.testing.assert_allclose(other["rival"]["gap"], unit.advantage.ravel(), atol=1e-4)


def test_a_copied_snippet_prints_the_value(model: Network) -> None:
    """All snippets in one process without this library, in which each must stand by itself."""
    pairs = explained(model, 6)
    sources = [other["snippet"] for _, other in pairs]
    program = f"for source in {sources!r}:\n    exec(compile(source, 'snippet', 'exec'), {{}})\n"
    ran = subprocess.run(
        [sys.executable, "-I", "-"], input=program, capture_output=True, text=True, check=True
    )
    printed = [float(line) for line in ran.stdout.splitlines()]
    assert len(printed) == len(pairs)
    title = describe_spec(model.architecture)["fullName"]
    for (unit, other), value in zip(pairs, printed, strict=True):
        assert value == pytest.approx(unit.value, abs=CLOSE * (1 + abs(unit.value))), unit.name
        assert other["snippet"].startswith(f"# {unit.name} of {title}\nimport torch\n")
        assert max(map(len, other["snippet"].splitlines())) <= 100, unit.name


def test_a_snippet_says_what_the_unit_reads() -> None:
    unit = units.unit("c3", 9, 4, 7)
    (source,) = run(
        lenet.load(),
        """
        const trace = network.run(network.blank);
        return data.units.map((unit) => snippet(spec, explain(spec, parameters, trace, unit)));
        """,
        units=places([unit]),
    )
    assert "# S2, maps: 0, 3, 4, 5; rows 4 to 8, columns 7 to 11" in source
    assert source.startswith("# C3[9] (4,7) of LeNet-5 (1998)")


def test_the_same_unit_sees_and_feeds_the_same(model: Network) -> None:
    asked = some_units(model, 20)
    found = run(
        model,
        """
        const order = spec.layers.map(({ key }) => key);
        return data.units.map(({ layer, map, row, column }) => {
          const here = order.indexOf(layer);
          return {
            name: geometry.unitName(spec.layers[here], map, row, column),
            sees: order.slice(0, here).map((key) => [
              geometry.sees(spec, layer, row, column, key),
              [...geometry.seesMaps(spec, layer, map, key)],
            ]),
            feeds: order.slice(here + 1).map((key) => [
              geometry.feeds(spec, layer, row, column, key),
              [...geometry.feedsMaps(spec, layer, map, key)],
            ]),
          };
        });
        """,
        units=places(asked),
    )
    layers = list(model.architecture.by_key.values())

    def block(place: Any) -> dict[str, int]:
        return {name: getattr(place, name) for name in ("row", "column", "height", "width")}

    for unit, other in zip(asked, found, strict=True):
        layer, here = unit.layer, layers.index(unit.layer)
        assert other["name"] == unit.name
        for earlier, (place, maps) in zip(layers[:here], other["sees"], strict=True):
            assert place == block(layer.sees(unit.row, unit.column, earlier)), unit.name
            assert tuple(sorted(maps)) == layer.sees_maps(unit.map, earlier), unit.name
        for later, (place, maps) in zip(layers[here + 1 :], other["feeds"], strict=True):
            assert place == block(layer.feeds(unit.row, unit.column, later)), unit.name
            assert tuple(sorted(maps)) == layer.feeds_maps(unit.map, later), unit.name


def test_the_same_penalties_give_the_same_answer_in_the_same_words(model: Network) -> None:
    random = np.random.default_rng(9)
    architecture = model.architecture
    most = 60 if architecture.has_codes else 5
    penalties = random.uniform(0, most, (60, 10)).astype(np.float32).tolist()
    found = node.run(
        """
        const { answerOf, wordsOf } = await import("./engine/answer.js");
        return data.penalties.map((each) => {
          const answer = answerOf(each, data.rejection);
          return { ...answer, ...wordsOf(answer, data.spec) };
        });
        """,
        {
            "penalties": penalties,
            "rejection": 5 if architecture.has_codes else None,
            "spec": describe_spec(architecture),
        },
    )
    for each, other in zip(penalties, found, strict=True):
        answer = Answer.of(each, 5, architecture)
        assert other["digit"] == answer.digit
        assert other["distance"] == answer.distance
        assert other["runnerUp"] == answer.runner_up
        assert other["rejected"] == answer.rejected
        assert other["winner"] == answer.winner
        assert (other["headline"], other["sentence"]) == (answer.headline, answer.sentence)
    assert len({other["rejected"] for other in found}) == (2 if architecture.has_codes else 1)


def test_every_layer_has_a_title(model: Network) -> None:
    found = run(
        model, "return spec.layers.map((layer) => [titleOf(layer), detailOf(layer, spec)]);"
    )
    said = run(model, "return spec.layers.map((layer) => [purposeOf(layer, spec), termOf(layer)]);")
    assert all(purpose for purpose, _ in said)
    kinds = [layer.kind for layer in model.architecture.by_key.values()][1:]
    assert [term for _, term in said] == [
        "",
        *({"RBF": "RBF units"}.get(each, each) for each in kinds),
    ]
    layers = list(model.architecture.by_key.values())
    assert [title for title, _ in found] == ["input", *(one.name for one in layers[1:-1]), "output"]
    assert all(detail for _, detail in found)
    if model.architecture.name == "lenet5":
        assert [detail for _, detail in found] == [
            "32\u00d732",
            "6 @ 28\u00d728",
            "6 @ 14\u00d714",
            "16 @ 10\u00d710",
            "16 @ 5\u00d75",
            "120 units",
            "84 = 7\u00d712",
            "distance to each code",
        ]


def test_what_a_map_has_learned_is_what_the_model_holds(model: Network) -> None:
    found = run(
        model,
        """
        return spec.layers.map((layer) => {
          const last = layer.maps - 1;
          if (layer === spec.layers[0]) return null;
          const { kernels, coefficient, bias } = mapParameters(spec, parameters, layer, last);
          return { kernels: kernels.flatMap((kernel) => Array.from(kernel)), coefficient, bias };
        });
        """,
    )
    weights = model.state_dict()
    for layer, other in zip(model.architecture.by_key.values(), found, strict=True):
        if layer.kind == "local connection":
            assert other["kernels"] == [], "no two units have the same"
            continue
        if layer.filters:
            expected = np.array(layer.filters[-1], np.float32).ravel().tolist()
            assert other["kernels"] == expected * len(layer.reads[-1])
        if "weight" in layer.shapes:
            count = len(layer.reads[-1]) * layer.kernel**2
            assert other["kernels"] == weights[f"{layer.key}.weight"].flatten()[-count:].tolist()
        for name in ("coefficient", "bias"):
            if name in layer.shapes:
                assert other[name] == weights[f"{layer.key}.{name}"][-1].item()


def test_any_kernel_stride_and_padding_gives_what_pytorch_gives() -> None:
    random = torch.Generator().manual_seed(1)
    for kernel, stride, padding in [
        (3, 1, 1),
        (5, 1, 2),
        (5, 2, 0),
        (5, 2, 2),
        (1, 1, 0),
        (4, 3, 1),
    ]:
        x = torch.randn(1, 3, 11, 11, generator=random)
        weight = torch.randn(4, 3, kernel, kernel, generator=random)
        bias = torch.randn(4, generator=random)
        expected = torch.nn.functional.conv2d(x, weight, bias, stride, padding)
        shape = {"kernel": kernel, "stride": stride, "padding": padding, "maps": 4}
        found = node.run(
            """
            const { sums } = await import("./engine/kinds/convolution.js");
            const numbers = (values) => Float32Array.from(values);
            const named = { weight: numbers(data.weight), bias: numbers(data.bias) };
            const output = new Float32Array(data.layer.maps * data.layer.size ** 2);
            sums(data.layer, { maps: 3, size: 11 }, named)(numbers(data.x), output);
            return Array.from(output);
            """,
            {
                "layer": shape | {"size": expected.shape[-1], "reads": [[0, 1, 2]] * 4},
                "x": x.flatten().tolist(),
                "weight": weight.flatten().tolist(),
                "bias": bias.tolist(),
            },
        )
        np.testing.assert_allclose(found, expected.flatten(), atol=2e-5)
