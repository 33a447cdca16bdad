"""Traces in half precision, and the comparison with them that a page of one file makes."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from lenet import checkpoint, mnist, samples
from lenet.browser import single_file
from lenet.browser.description import describe_network
from tests.support import node

BOUND = 2**-11 + 1e-4

COMPARE = """
    const { compare } = await import("./engine/recorded.js");
    const { makeNetwork } = await import("./engine/forward.js");
    const { nameParameters } = await import("./engine/explain.js");
    const parameters = nameParameters(data.parameters, Float32Array.from(data.values));
    const network = makeNetwork(data.spec, parameters);
    const inputs = data.inputs.map((one) => Float32Array.from(one));
    const found = compare(data.spec, network, inputs, Uint16Array.from(data.words));
    return { ...found, difference: String(found.difference) };
"""


def test_every_half_is_read_as_numpy_reads_it() -> None:
    script = """
        const { fromHalves } = await import("./engine/recorded.js");
        return Array.from(fromHalves(data), (value) => Object.is(value, -0) ? "-0" : String(value));
    """
    words = np.arange(2**16, dtype=np.uint16)
    found = np.array([float(text) for text in node.run(script, words.tolist())], np.float32)
    expected = words.view(np.float16).astype(np.float32)
    assert np.array_equal(found, expected, equal_nan=True)
    assert np.array_equal(np.signbit(found[expected == 0]), np.signbit(expected[expected == 0]))


def compared(traces: np.ndarray) -> dict[str, Any]:
    weights = checkpoint.read()
    numbers, _ = single_file.recorded(checkpoint.load())
    images = torch.from_numpy(samples.load().images[numbers].copy())
    described = describe_network(weights, 19.0)
    data = {
        "spec": described["spec"],
        "parameters": described["parameters"],
        "values": np.concatenate([array.ravel() for array in weights.values()]).tolist(),
        "inputs": mnist.as_input(images).reshape(len(numbers), -1).tolist(),
        "words": traces.astype(np.float16).view(np.uint16).ravel().tolist(),
    }
    found: dict[str, Any] = node.run(COMPARE, data)
    return {**found, "difference": float(found["difference"])}


def test_traces_as_they_were_recorded_agree_and_damaged_ones_do_not() -> None:
    _, traces = single_file.recorded(checkpoint.load())
    whole = compared(traces)
    assert whole["agrees"]
    assert whole["count"] == len(traces)
    assert whole["bound"] == BOUND
    assert 0 < whole["difference"] <= BOUND
    for place, value in [((0, 0), 0.01), ((9, -1), 1.0), ((4, 4000), -0.01)]:
        damaged = traces.astype(np.float32)
        damaged[place] += value * (1 + abs(damaged[place]))
        assert not (found := compared(damaged))["agrees"], place
        assert found["difference"] > BOUND
    for nonsense in (np.nan, np.inf):
        damaged = traces.copy()
        damaged[3, 100] = nonsense
        found = compared(damaged)
        assert not found["agrees"]
        assert found["difference"] == np.inf
    assert not compared(np.append(traces.ravel(), np.float16(0)))["agrees"], "one too many"
