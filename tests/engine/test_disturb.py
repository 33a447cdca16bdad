"""The browser's disturbed inputs against Python's."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from lenet import ink
from lenet.analysis.disturbing import Disturbance, hashed
from lenet.browser.description import preparation
from tests.support import node, pens


def disturbances(count: int) -> list[Disturbance]:
    """Each alone, at round values and others, and many at once."""
    random = np.random.default_rng(3)
    single = {
        "right": (-7, 0.5, 40),
        "down": (3, -2.25, -33),
        "turn": (90, -90, 180, 270, 17.5, -63, 45),
        "scale": (0.3, 0.5, 1.3, 2),
        "squeeze": (0.6, 1.7),
        "stroke": (-2, -0.7, 0.3, 1, 3.1),
        "noise": (0.01, 0.2, 1),
    }
    found = [Disturbance()]
    found += [Disturbance(**{name: v}) for name, values in single.items() for v in values]  # type: ignore[arg-type]
    for _ in range(count):
        found.append(
            Disturbance(
                right=random.normal(0, 5),
                down=random.normal(0, 5),
                turn=random.uniform(-180, 180),
                scale=random.uniform(0.4, 2.5),
                squeeze=random.uniform(0.5, 2),
                stroke=random.uniform(-2, 4),
                noise=random.choice([0, 0.05, 0.3]),
                seed=int(random.integers(0, 1000)),
            )
        )
    return found


def test_the_same_disturbance_gives_the_same_input() -> None:
    drawings = [ink.from_strokes(one.strokes) for one in pens.drawings(writers=1)]
    inputs = [x for x in drawings if x is not None]
    asked = disturbances(60)
    found = node.run(
        """
        const { makeDisturb } = await import("./engine/disturb.js");
        const disturb = makeDisturb(data.normalisation);
        const inputs = data.inputs.map((values) => Float32Array.from(values));
        return data.disturbances.map((one, i) =>
          Array.from(disturb(inputs[i % inputs.length], one)));
        """,
        {
            "inputs": [x.flatten().tolist() for x in inputs],
            "disturbances": [asdict(one) for one in asked],
            "normalisation": preparation(),
        },
    )
    for i, (one, other) in enumerate(zip(asked, found, strict=True)):
        expected = one.applied(inputs[i % len(inputs)]).flatten()
        np.testing.assert_allclose(other, expected, rtol=0, atol=1e-6, err_msg=str(one))


def test_the_input_itself_stays_as_it_is_and_is_returned_where_nothing_is_done() -> None:
    x = ink.from_strokes(pens.drawings(writers=1)[4].strokes)
    assert x is not None
    kept, same = node.run(
        """
        const { makeDisturb, NOTHING } = await import("./engine/disturb.js");
        const disturb = makeDisturb(data.normalisation);
        const input = Float32Array.from(data.input);
        disturb(input, { ...NOTHING, right: 1, turn: 3, squeeze: 0.9, stroke: 1, noise: 0.1 });
        return [Array.from(input), disturb(input, NOTHING) === input];
        """,
        {"input": x.flatten().tolist(), "normalisation": preparation()},
    )
    assert kept == x.flatten().tolist()
    assert same


def test_both_have_the_same_hash() -> None:
    found = node.run(
        """
        const { hashed } = await import("./engine/disturb.js");
        return data.map((seed) => Array.from({ length: 1024 }, (_, i) => hashed(seed, i)));
        """,
        [0, 1, 7, 99_999, 2**31],
    )
    for seed, values in zip([0, 1, 7, 99_999, 2**31], found, strict=True):
        assert values == hashed(seed, 1024).tolist()
