"""The browser's ink, pen and network against Python's, in Node.js, on the very same numbers."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from lenet import Trace, ink, spec
from lenet.drawing.canvas_json import strokes_of_canvas
from lenet.drawing.size_normalisation import BOX_SIZE, CENTRE
from pages.parts.common.address import RANGES
from tests.support import fabric, node, pens

SIZE = (280, 280)
FRAME = {
    "inputSize": spec.INPUT_SIZE,
    "background": spec.BACKGROUND,
    "ink": spec.INK,
    "boxSize": BOX_SIZE,
    "centre": CENTRE,
    "strokeRadius": ink.STROKE_RADIUS,
}


def scribbles(count: int) -> list[list[list[tuple[float, float]]]]:
    """Drawings of every awkward kind: dots, fractions, repeats, long jumps, off the canvas."""
    random = np.random.default_rng(11)
    drawings = []
    for _ in range(count):
        strokes = []
        for _ in range(random.integers(1, 5)):
            steps = random.normal(0, random.choice([0.3, 4, 90]), (random.integers(1, 40), 2))
            path = np.cumsum(steps, axis=0) + random.uniform(-30, 310, 2)
            strokes.append((np.round(path) if random.random() < 0.5 else path).tolist())
        drawings.append(strokes)
    return drawings


def all_drawings() -> list[list[list[tuple[float, float]]]]:
    return [drawing.strokes for drawing in pens.drawings(writers=30)] + scribbles(200)


def test_the_same_strokes_give_the_same_input():
    drawings = all_drawings()
    found = node.run(
        """
        const { fromStrokes } = await import("./engine/ink.js");
        const canvas = { width: data.size[0], height: data.size[1], pen: data.pen };
        return data.drawings.map((strokes) => {
          const input = fromStrokes(strokes, canvas, data.frame);
          return input && Array.from(input);
        });
        """,
        {"drawings": drawings, "size": SIZE, "pen": 20, "frame": FRAME},
    )
    assert len(found) == len(drawings)
    for strokes, other in zip(drawings, found, strict=True):
        x = ink.from_strokes(strokes, SIZE, 20)
        assert (x is None) == (other is None)
        if x is not None:
            # Both round a double to float32, so they differ by one such step at most.
            np.testing.assert_allclose(other, x.flatten(), rtol=0, atol=2e-7)


def test_the_same_strokes_over_a_picture_give_the_same_input():
    drawings = scribbles(60)
    picture = ink.from_strokes(pens.drawings(writers=1)[3].strokes)
    assert picture is not None
    found = node.run(
        """
        const { over } = await import("./engine/ink.js");
        const canvas = { width: data.size[0], height: data.size[1], pen: 20 };
        const picture = Float32Array.from(data.picture);
        return data.drawings.map((s) => Array.from(over(picture, s, canvas, data.frame)));
        """,
        {
            "drawings": drawings,
            "size": SIZE,
            "picture": picture.flatten().tolist(),
            "frame": FRAME,
        },
    )
    for strokes, other in zip(drawings, found, strict=True):
        expected = ink.over(picture, strokes, SIZE).flatten()
        np.testing.assert_allclose(other, expected, rtol=0, atol=2e-7)


def test_the_ranges_that_a_link_may_name_are_those_of_the_controls():
    found = node.run('return (await import("./network_view/ranges.js")).RANGES;', None)
    assert tuple(found) == RANGES


def test_following_the_pen_gives_the_points_that_the_canvas_will_hold():
    random = np.random.default_rng(5)
    strokes = []
    for _ in range(300):
        moves = np.cumsum(random.normal(0, random.choice([0.2, 1, 6]), (40, 2)), axis=0) + 140
        moves = np.round(moves * 16) / 16 if random.random() < 0.5 else np.round(moves)
        moves = moves[: random.integers(1, 40)]
        shift = random.random(len(moves)) < random.choice([0, 0.3])
        strokes.append((moves.tolist(), shift.tolist()))
    found = node.run(
        """
        const { PenFollower } = await import("./engine/pen.js");
        return data.map(([moves, shift]) => {
          const pen = new PenFollower();
          pen.begin(...moves[0], shift[0]);
          for (let i = 1; i < moves.length; i++) pen.move(...moves[i], shift[i]);
          return pen.points();
        });
        """,
        strokes,
    )
    for (moves, shift), followed in zip(strokes, found, strict=True):
        recorded = fabric.pencil([(x, y) for x, y in moves], straight=shift)
        (expected,) = strokes_of_canvas({"objects": [recorded]})
        np.testing.assert_allclose(followed, expected, rtol=0, atol=1e-9)


def described_spec() -> Any:
    """The architecture as the page sends it; only a running app can import the page's parts."""

    def script() -> None:
        import json

        import streamlit as st

        from pages.parts.network.description import describe_spec

        st.session_state["spec"] = json.dumps(describe_spec())

    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception
    return json.loads(app.session_state["spec"])


@pytest.fixture
def weights(network):
    return {
        name: {"shape": list(tensor.shape), "values": tensor.flatten().tolist()}
        for name, tensor in network.state_dict().items()
    }


def test_the_same_input_gives_the_same_value_of_every_unit(network, weights):
    drawn = [ink.from_strokes(strokes, SIZE) for strokes in all_drawings()[:120]]
    noise = torch.empty(20, 1, 32, 32).uniform_(spec.BACKGROUND, spec.INK)
    inputs = torch.cat([x for x in drawn if x is not None] + [noise])
    found = node.run(
        """
        const { makeNetwork } = await import("./engine/forward.js");
        const parameters = Object.fromEntries(
          Object.entries(data.weights).map(([name, { shape, values }]) => [
            name, { shape, values: Float32Array.from(values) },
          ]),
        );
        const network = makeNetwork(data.spec, parameters);
        return data.inputs.map((input) => {
          const { before, ...after } = network.run(Float32Array.from(input));
          const listed = (layers) =>
            Object.fromEntries(Object.entries(layers).map(([k, v]) => [k, Array.from(v)]));
          return { after: listed(after), before: listed(before) };
        });
        """,
        {"spec": described_spec(), "weights": weights, "inputs": inputs.flatten(1).tolist()},
    )
    with torch.inference_mode():
        trace = Trace.of(network, inputs)
    for key in spec.BY_KEY:
        other = torch.tensor([result["after"][key] for result in found])
        mine = trace[key].flatten(1)
        scale = 1 + mine.abs() if key == spec.OUTPUT.key else 1
        assert float(((other - mine).abs() / scale).max()) < 1e-5, key
    for key, mine in trace.before.items():
        other = torch.tensor([result["before"][key] for result in found])
        assert float((other - mine.flatten(1)).abs().max()) < 1e-5, key
