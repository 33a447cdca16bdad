"""What a screen reader hears of every layer, against the same said of PyTorch's trace."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

import lenet
from lenet import ink
from lenet.answer import Answer
from lenet.browser.description import describe_spec
from lenet.codes import DIGITS as CODES
from lenet.spec import LAYERS, Layer
from lenet.trace import Trace
from tests.support import node
from tests.support.digits import DIGITS

REJECTION = 18.95
PLACES = [
    *("upper left", "top", "upper right"),
    *("left", "middle", "right"),
    *("lower left", "bottom", "lower right"),
]


def said_of(traces: list[dict[str, Any]], rejection: float) -> list[dict[str, str]]:
    found: list[dict[str, str]] = node.run(
        """
        const { summaryOf } = await import("./network_view/summary.js");
        const { answerOf } = await import("./engine/answer.js");
        return data.traces.map(({ empty, ...values }) => {
          const trace = Object.fromEntries(
            Object.entries(values).map(([key, own]) => [key, Float32Array.from(own)]),
          );
          const answer = empty ? null : answerOf(trace.output, data.rejection);
          return summaryOf(data.spec, trace, answer);
        });
        """,
        {"spec": describe_spec(), "traces": traces, "rejection": rejection},
    )
    return found


def sent(trace: Trace, *, empty: bool = False) -> dict[str, Any]:
    keys = ("input", *(layer.key for layer in LAYERS))
    return {key: trace[key].flatten().tolist() for key in keys} | {"empty": empty}


def two_strongest(layer: Layer, values: np.ndarray) -> list[tuple[int, str]]:
    """The two maps that vary most, and where each does."""
    maps = values.reshape(layer.maps, layer.size, layer.size)
    squares = (maps - maps.mean(axis=(1, 2), keepdims=True)) ** 2
    edges = [np.ceil(third * layer.size / 3).astype(int) for third in range(4)]
    found = []
    for map_ in np.argsort(-squares.mean(axis=(1, 2)))[:2]:
        ninths = [
            squares[map_, edges[row] : edges[row + 1], edges[column] : edges[column + 1]].mean()
            for row in range(3)
            for column in range(3)
        ]
        found.append((int(map_), PLACES[int(np.argmax(ninths))]))
    return found


@pytest.fixture(scope="module")
def traces() -> dict[str, Trace]:
    model = lenet.load()
    inputs = {digit: ink.from_strokes(strokes) for digit, strokes in DIGITS.items()}
    return {digit: Trace.of(model, x) for digit, x in inputs.items() if x is not None}


def test_the_strongest_maps_and_their_places_are_those_of_the_trace(
    traces: dict[str, Trace],
) -> None:
    said = said_of([sent(trace) for trace in traces.values()], REJECTION)
    for words, trace in zip(said, traces.values(), strict=True):
        for layer in LAYERS[:4]:
            (map_, place), (other, other_place) = two_strongest(layer, trace[layer.key][0].numpy())
            expected = (
                f"{layer.name}: strongest in maps {map_} and {other}, {place}"
                if place == other_place
                else f"{layer.name}: strongest in map {map_}, {place}, "
                f"then in map {other}, {other_place}"
            )
            assert words[layer.key] == expected


def test_input_code_and_answer_are_those_of_the_trace(traces: dict[str, Trace]) -> None:
    said = said_of([sent(trace) for trace in traces.values()], REJECTION)
    for words, trace in zip(said, traces.values(), strict=True):
        dark = np.argwhere(trace.input[0, 0].numpy() > -0.1 + 1.275 / 3)
        (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0)
        assert f"rows {top}\u2013{bottom} and columns {left}\u2013{right}" in words["input"]
        answer = Answer.of(trace.output[0].tolist(), REJECTION)
        f6 = trace.f6[0].numpy().ravel()
        alike = int((np.sign(f6) == np.sign(CODES[answer.digit].ravel())).sum())
        assert words["f6"].startswith(f"F6: {alike} of 84 units have the sign of the code of ")
        assert f"smallest at {answer.digit}, {answer.distance:.2f}" in words["output"]
        c5 = trace.c5[0].numpy().ravel()
        assert f"highest in unit {c5.argmax()}, {c5.max():.2f}" in words["c5"]


def test_without_ink_nothing_stands_out() -> None:
    at_rest = Trace.of(lenet.load(), torch.full((1, 1, 32, 32), -0.1))
    (words,) = said_of([sent(at_rest, empty=True)], REJECTION)
    assert words["input"] == "Input: no ink"
    for layer in LAYERS[:4]:
        assert words[layer.key] == f"{layer.name}: every map is even"
    assert words["output"] == "Output: no answer without ink"
