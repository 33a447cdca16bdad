"""The time machine's modules: weights of half precision, their order, what was learned when."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from safetensors.numpy import save

from lenet import checkpoint, ink
from lenet.browser.description import describe_spec
from lenet.spec import LENET5
from tests.support import node, recorded_trainings
from tests.support.digits import DIGITS

READ = """
const { readWeights } = await import("./training/machine/weights.js");
const found = readWeights(Uint8Array.from(data.content).buffer);
"""


def test_every_number_of_half_precision_is_read_exactly() -> None:
    bits = np.arange(2**16, dtype=np.uint16)
    found = node.run(
        'const { fromHalves } = await import("./training/machine/weights.js");'
        "return Array.from(fromHalves(Uint16Array.from(data)), String);",
        bits.tolist(),
    )
    expected = bits.view(np.float16).astype(np.float64)
    np.testing.assert_array_equal([float(text) for text in found], expected)


def test_a_recorded_file_is_read_as_pytorch_reads_it() -> None:
    weights = recorded_trainings.weights(3)
    found = node.run(
        READ + "return Object.fromEntries(Object.entries(found).map("
        "([name, { values, shape }]) => [name, { values: Array.from(values), shape }]));",
        {"content": list(save(weights))},
    )
    assert found.keys() == weights.keys()
    for name, array in weights.items():
        assert tuple(found[name]["shape"]) == array.shape
        np.testing.assert_array_equal(found[name]["values"], array.astype(np.float64).ravel())


@pytest.mark.parametrize(
    "content",
    [b"\xff" * 8 + b"{}", save({"a": np.zeros(3, dtype=np.float32)}), b"\x02" + b"\0" * 7 + b"{"],
)
def test_what_is_no_recorded_file_is_refused(content: bytes) -> None:
    assert node.run(
        f"try {{ {READ} return false; }} catch (error) {{ return true; }}", {"content": [*content]}
    )


def test_half_precision_does_not_show() -> None:
    """Maps within one step of the 255 of a scale from -1.72 to 1.72, distances within 1 %."""
    weights = checkpoint.read()
    halved = {name: array.astype(np.float16).astype(np.float32) for name, array in weights.items()}
    exact, rounded = (checkpoint.filled(each, LENET5) for each in (weights, halved))
    from lenet.trace import Trace

    step = 2 * 1.7159 / 255
    for strokes in DIGITS.values():
        x = ink.from_strokes(strokes)
        assert x is not None
        with torch.inference_mode():
            one, other = Trace.of(exact, x), Trace.of(rounded, x)
        for key in ("c1", "s2", "c3", "s4", "c5", "f6"):
            assert float((one[key] - other[key]).abs().max()) < step, key
        apart = (one.output - other.output).abs() / (1 + one.output.abs())
        assert float(apart.max()) < 0.01


def test_the_distances_at_a_moment_are_pytorchs() -> None:
    weights = recorded_trainings.weights(5)
    x = ink.from_strokes(DIGITS["4"])
    assert x is not None
    found = node.run(
        READ + 'const { makeNetwork } = await import("./engine/forward.js");'
        'const { makeLearned } = await import("./training/machine/learned.js");'
        "const network = makeNetwork(data.spec, found);"
        "const learned = makeLearned(1);"
        "learned.want(Float32Array.from(data.input));"
        "learned.work(() => network, 1000);"
        "return Array.from(learned.distances()[0]);",
        {"content": list(save(weights)), "spec": describe_spec(), "input": x.flatten().tolist()},
    )
    model = checkpoint.filled({n: a.astype(np.float32) for n, a in weights.items()}, LENET5)
    with torch.inference_mode():
        expected = model(x)[0].numpy()
    np.testing.assert_allclose(found, expected, rtol=1e-4)


SETTLED = """
const { settled } = await import("./training/machine/learned.js");
const distances = (digit) => digit === null ? null
  : Float32Array.from({ length: 10 }, (_, i) => i === digit ? 1 : 50);
return settled(data.map(distances));
"""


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([None, None], None),
        ([7], {"digit": 7, "place": 0, "known": 1}),
        ([1, 7, 4, 3, 3, 3], {"digit": 3, "place": 3, "known": 6}),
        ([3, 3, 1, 3], {"digit": 3, "place": 3, "known": 4}),
        ([3, 3, 3], {"digit": 3, "place": 0, "known": 3}),
        ([1, None, 3, None, 3, None], {"digit": 3, "place": 2, "known": 3}),
        ([None, 3, None, 5, 5], {"digit": 5, "place": 3, "known": 3}),
    ],
)
def test_from_when_on_the_answer_stays_the_same(
    answers: list[int | None], expected: dict[str, int] | None
) -> None:
    assert node.run(SETTLED, answers) == expected


def test_settled_agrees_with_looking_from_every_moment_on() -> None:
    random = np.random.default_rng(0)
    for _ in range(8):
        answers = random.integers(0, 3, 6).tolist()
        found = node.run(SETTLED, answers)
        first = next(i for i in range(6) if len(set(answers[i:])) == 1)
        assert found == {"digit": answers[-1], "place": first, "known": 6}


LEARNED = """
const { makeLearned } = await import("./training/machine/learned.js");
let clock = 0;
const learned = makeLearned(6, () => clock);
const runs = [];
const network = (place) => data.here.includes(place)
  ? { run: () => {
      clock += 2;
      runs.push(place);
      return { output: new Float32Array(10).fill(place) };
    } }
  : undefined;
learned.want(new Float32Array(4));
"""


def test_distances_are_computed_in_slices_and_each_only_once() -> None:
    found = node.run(
        LEARNED + "const rounds = [];"
        "for (let more = true; more && rounds.length < 20; rounds.push(runs.length))"
        " more = learned.work(network, 5);"
        "return { runs, rounds, known: learned.distances().map((one) => one && one[0]) };",
        {"here": [0, 2, 3, 5]},
    )
    assert found["runs"] == [0, 2, 3, 5]
    assert found["rounds"] == [3, 4]
    assert found["known"] == [0, None, 2, 3, None, 5]


MOMENTS = """
const { makeMoments, nearestFirst } = await import("./training/machine/moments.js");
const moments = Array.from({ length: data.count }, (_, place) => ({ address: String(place) }));
const asked = []; const arrived = []; const failed = [];
let atOnce = 0; let most = 0;
const waiting = [];
const later = () => new Promise((done) => setImmediate(done));
const held = makeMoments(moments, {
  async load(address) {
    asked.push(Number(address));
    most = Math.max(most, ++atOnce);
    await later();
    atOnce--;
    if ((data.broken ?? []).includes(Number(address))) throw new Error("gone");
    return { place: Number(address) };
  },
  arrived: (place) => arrived.push(place),
  failed: (place) => failed.push(place),
  idle: (step) => setImmediate(step),
});
const settle = async () => { for (let i = 0; i < 8 * data.count; i++) await later(); };
"""


def test_what_is_wanted_comes_first_and_then_one_by_one_what_is_next_to_it() -> None:
    found = node.run(
        MOMENTS + "held.want(3); await settle(); return { asked, arrived, most };", {"count": 7}
    )
    assert found["asked"] == [3, 4, 2, 5, 1, 6, 0]
    assert found["arrived"] == found["asked"]
    assert found["most"] == 1


def test_each_comes_once_however_often_it_is_wanted() -> None:
    found = node.run(
        MOMENTS + "for (const place of [0, 6, 6, 3, 0]) held.want(place); await settle();"
        "return { asked, count: held.count() };",
        {"count": 7},
    )
    assert sorted(found["asked"]) == list(range(7))
    assert found["count"] == 7


def test_what_does_not_come_is_said_and_asked_for_again_only_when_wanted() -> None:
    found = node.run(
        MOMENTS + "held.want(2); await settle(); const first = [...asked];"
        "data.broken = []; held.want(2); await settle();"
        "return { first, failed, again: asked.slice(first.length), count: held.count() };",
        {"count": 4, "broken": [2]},
    )
    assert found["first"].count(2) == 1
    assert sorted(found["first"]) == [0, 1, 2, 3]
    assert found["failed"] == [2]
    assert found["again"] == [2]
    assert found["count"] == 4


def test_the_state_comes_back_from_its_address() -> None:
    patterns = [0, 250, 500, 1000, 60_000, 1_200_000]
    script = """
    const { readState, written } = await import("./training/machine/state.js");
    const moments = data.map((patterns) => ({ patterns }));
    const found = [];
    for (let first = 0; first < moments.length; first++) {
      for (const second of [null, ...moments.keys()]) {
        const said = Object.entries(written({ first, second }, moments));
        const texts = said.filter(([, text]) => text);
        const read = readState(`?${new URLSearchParams(texts)}`, moments);
        found.push([first, second, read.first ?? moments.length - 1, read.second]);
      }
    }
    const odd = ["", "moment=x", "moment=-1", "moment=1e3", "beside=", "moment=99999999999999"].map(
      (search) => readState(`?${search}`, moments));
    return { found, odd, near: readState("?moment=58000&beside=260", moments) };
    """
    told: dict[str, Any] = node.run(script, patterns)
    for first, second, read_first, read_second in told["found"]:
        assert (first, second) == (read_first, read_second)
    assert all(one == {"first": None, "second": None} for one in told["odd"])
    assert told["near"] == {"first": 4, "second": 1}


def test_kernels_stand_in_the_papers_table() -> None:
    found = node.run(
        'const { tableOf } = await import("./training/machine/kernels.js");'
        "const [input, c1, s2, c3] = data.layers; return [tableOf(c1, input), tableOf(c3, s2)];",
        describe_spec(),
    )
    assert found[0] == {"columns": 6, "rows": 1, "places": [[0, map] for map in range(6)]}
    assert (found[1]["columns"], found[1]["rows"]) == (16, 6)
    reads = LENET5.layer("c3").reads
    assert found[1]["places"] == [[s2, c3] for c3, row in enumerate(reads) for s2 in row]
    assert len(found[1]["places"]) == 60


def test_digits_at_the_ends_of_their_lines_stay_apart_and_on_the_chart() -> None:
    random = np.random.default_rng(1)
    for scale in (0.1, 5, 400):
        last = (random.random(10) * scale + (400 - scale)).tolist()
        found = node.run(
            'const { spread } = await import("./training/machine/chart.js");'
            "return spread(data, (value) => 188 - 166 * value / 400, 188);",
            last,
        )
        places = sorted(one["at"] for one in found)
        assert places[0] >= 22
        assert places[-1] <= 188
        assert min(np.diff(places)) >= 11 - 1e-9
        assert {one["digit"] for one in found} == set(range(10))
