"""The browser's planar maps against Python's, with the same random numbers."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import torch

from lenet.spec import BACKGROUND
from lenet.training.distortions import distort
from lenet.training.recipes import Ranges
from tests.support import learning, node

RANGES = Ranges()


def test_the_ranges_are_the_same() -> None:
    found = node.run('return (await import("./engine/distort.js")).RANGES;', None)
    assert found == dataclasses.asdict(RANGES)


def test_the_same_map_gives_the_same_picture() -> None:
    x, _ = learning.patterns(12)
    expected = distort(x, RANGES, torch.Generator().manual_seed(5))
    # The same numbers in the order in which Python asks for them.
    again = torch.Generator().manual_seed(5)
    names = ("scale", "squeeze", "shear", "turn", "across", "down")
    limits = (
        RANGES.scale,
        RANGES.squeeze,
        RANGES.shear,
        math.radians(RANGES.rotation),
        RANGES.shift,
        RANGES.shift,
    )
    drawn = [(2 * torch.rand(len(x), generator=again) - 1) * limit for limit in limits]
    maps = [dict(zip(names, one, strict=True)) for one in torch.stack(drawn, 1).tolist()]
    found = node.run(
        """
        const { makeDistort } = await import("./engine/distort.js");
        const distort = makeDistort({ inputSize: 32, background: data.background });
        return data.inputs.map((input, i) => {
          const output = new Float32Array(1024);
          distort(Float32Array.from(input), data.maps[i], output);
          return Array.from(output);
        });
        """,
        {"inputs": x.flatten(1).tolist(), "maps": maps, "background": BACKGROUND},
    )
    np.testing.assert_allclose(found, expected.flatten(1).numpy(), atol=2e-5)
    assert float((expected - x).abs().max()) > 0.5


def test_random_maps_fill_their_ranges() -> None:
    found = node.run(
        """
        const { randomMap } = await import("./engine/distort.js");
        const { makeRandom } = await import("./engine/random.js");
        const random = makeRandom(3, 1);
        return Array.from({ length: 4000 }, () => Object.values(randomMap(random)));
        """,
        None,
    )
    limits = [RANGES.scale, RANGES.squeeze, RANGES.shear, math.radians(12), 1.5, 1.5]
    drawn = np.array(found) / limits
    assert (np.abs(drawn) <= 1).all()
    assert (drawn.max(0) > 0.99).all()
    assert (drawn.min(0) < -0.99).all()
    np.testing.assert_allclose(drawn.mean(0), 0, atol=0.05)
    np.testing.assert_allclose(drawn.std(0), 1 / math.sqrt(3), atol=0.03)
    apart = np.corrcoef(drawn.T) - np.eye(6)
    assert np.abs(apart).max() < 0.08
