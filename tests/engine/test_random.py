"""Random numbers that are the same in every browser, and evenly spread."""

from __future__ import annotations

import numpy as np

from lenet import spec
from lenet.browser.description import describe_spec
from lenet.variants import VARIANTS
from tests.support import node

WORD = 2**32


def hashed(seed: int, place: int) -> int:
    """The finaliser of MurmurHash3, as lenet.analysis.disturbing has it, in Python's integers."""
    h = (place * 0x9E3779B1) % WORD ^ ((seed + 1) * 0x85EBCA77) % WORD
    h = ((h ^ (h >> 16)) * 0x85EBCA6B) % WORD
    h = ((h ^ (h >> 13)) * 0xC2B2AE35) % WORD
    return h ^ (h >> 16)


def xoshiro(seed: int, stream: int, count: int) -> list[int]:
    """xoshiro128** as its authors specify it."""

    def turned(word: int, by: int) -> int:
        return (word << by | word >> (32 - by)) % WORD

    s = [hashed(seed, 4 * stream + i + 1) for i in range(4)]
    found = []
    for _ in range(count):
        found.append(turned(s[1] * 5 % WORD, 7) * 9 % WORD)
        moved = (s[1] << 9) % WORD
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= moved
        s[3] = turned(s[3], 11)
    return found


def test_it_is_the_generator_that_it_names() -> None:
    cases = [[0, 0], [7, 1], [2**31 - 1, 4]]
    found = node.run(
        """
        const { makeRandom } = await import("./engine/random.js");
        return data.map(([seed, stream]) => {
          const random = makeRandom(seed, stream);
          return Array.from({ length: 50 }, random.whole);
        });
        """,
        cases,
    )
    assert found == [xoshiro(seed, stream, 50) for seed, stream in cases]


def test_orders_are_permutations_and_go_on_from_a_state() -> None:
    orders, same = node.run(
        """
        const { makeRandom, shuffled } = await import("./engine/random.js");
        const random = makeRandom(1, 1);
        random.whole();
        const state = random.state.slice();
        const next = [random.whole(), random.whole()];
        random.state.set(state);
        return [
          [1, 2].map((seed) => Array.from(shuffled(500, makeRandom(seed, 1)))),
          random.whole() === next[0] && random.whole() === next[1],
        ];
        """,
        None,
    )
    assert same
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(500))
    assert orders[0] != orders[1]
    assert abs(np.corrcoef(orders[0], orders[1])[0, 1]) < 0.15
    assert abs(np.corrcoef(orders[0], range(500))[0, 1]) < 0.15


def test_initial_weights_are_spread_as_python_spreads_them() -> None:
    """Evenly, within one over the root of the fan-in; biases zero, coefficients constant."""
    for name in ("lenet5", "unshared", "two-towers"):
        architecture = VARIANTS[name].architecture
        shapes = [(key, list(shape)) for key, shape in architecture.shapes.items()]
        flat = node.run(
            'const { initialWeights } = await import("./engine/initial_weights.js");'
            "return Array.from(initialWeights(data.spec, data.shapes, 5));",
            {"spec": describe_spec(architecture), "shapes": shapes},
        )
        values, at = np.array(flat), 0
        for key, shape in shapes:
            own = values[at : at + int(np.prod(shape))]
            at += len(own)
            layer = architecture.layer(key.split(".")[0])
            if key.endswith("bias"):
                assert not own.any(), key
            elif key.endswith("coefficient"):
                np.testing.assert_allclose(own, 0.5)
            else:
                bounds = _bounds(layer, own.size)
                assert (np.abs(own) <= bounds).all(), key
                spread = own / bounds
                assert spread.max() > 0.95 and spread.min() < -0.95  # noqa: PT018
                assert abs(spread.std() - 1 / np.sqrt(3)) < 3 / np.sqrt(own.size)
        assert at == len(values)


def _bounds(layer: spec.Layer, count: int) -> np.ndarray:
    """For each weight in its order, one over the root of how many inputs its unit adds up."""
    area = layer.kernel**2
    if layer.kind == "local connection":
        return np.full(count, 1 / np.sqrt(layer.maps_before * area))
    fan_in = [len(reads) * area for reads in layer.reads for _ in range(len(reads) * area)]
    return np.asarray(1 / np.sqrt(np.array(fan_in)))
