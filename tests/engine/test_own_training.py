"""What stands behind a visitor's own training in the browser, without a page."""

from __future__ import annotations

import base64
import gzip
import struct
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from safetensors import safe_open
from safetensors.numpy import load

from lenet import checkpoint, mnist, samples
from lenet.browser.description import describe_spec, preparation
from lenet.variants import VARIANTS, trainable
from tests.support import node

OWN = "./training/own"

FAKE = """
const fake = ({ settings, digits, start }) => {
  let patterns = 0, round = 0, kept = 0, diverged = null;
  const weights = Float32Array.of(settings.seed, 0);
  const trainer = {
    weights,
    get patterns() { return patterns; },
    get passes() { return patterns / digits.learn; },
    get lossMean() { return 1; },
    get diverged() { return diverged; },
    get trainingErrors() { return { wrong: 0, seen: 0 }; },
    step(count) {
      for (let i = 0; i < count && !diverged; i++) {
        patterns++;
        clock.now += clock.each;
        if (patterns === data.divergesAt) diverged = "loss";
      }
      weights[1] = patterns;
    },
    judge(count) {
      round += count;
      clock.now += count * clock.judging;
      const judges = digits.labels.length - digits.learn;
      if (round < judges) return null;
      round = 0;
      return { wrong: 1, counted: judges, of: judges };
    },
    keep() { kept = patterns; },
    undo() { patterns = kept; diverged = null; round = 0; },
    setStep() {},
  };
  return trainer;
};
"""

SESSION = (
    """
const { makeSession } = await import("./training/own/session.js");
const clock = { now: 0, each: data.each ?? 1, judging: 0.3 };
"""
    + FAKE
    + """
const told = [];
let waiting = null;
const later = (step) => { waiting = step; };
const session = makeSession(fake, (one) => told.push(one), later, 20, () => clock.now);
session.digits({ images: new Uint8Array(0), labels: new Uint8Array(1400), learn: 400 });
session.begin({ run: 1, spec: null, shapes: [], settings: { seed: 5 }, start: null,
  patterns: data.before ?? 0 });
const goOn = (ms) => {
  const end = clock.now + ms;
  while (clock.now < end && waiting) {
    const step = waiting;
    waiting = null;
    clock.now += 0.5;
    step();
  }
  return told.at(-1);
};
const short = ({ state, patterns, rate, undone }) => ({ state, patterns, rate, undone });
"""
)


def in_session(script: str, **data: Any) -> Any:
    return node.run(SESSION + script, data)


# Settings in an address --------------------------------------------------------------------

READ = f"""
const {{ readSettings, written, linkTo, FIRST }} = await import("{OWN}/settings.js");
return data.searches.map((search) => {{
  const found = readSettings(search, ["lenet5", "max-pool"]);
  const link = linkTo("http://a/training?show=own&drawing=1x", found.settings, found.goal ?? 7);
  const again = readSettings(new URL(link).search, ["lenet5", "max-pool"]);
  const untold = written(FIRST);
  return {{ ...found, again, link, untold }};
}});
"""


def read(*searches: dict[str, Any]) -> list[Any]:
    texts = [urlencode({f"own_{name}": value for name, value in one.items()}) for one in searches]
    found: list[Any] = node.run(READ, {"searches": [f"?{text}" for text in texts]})
    return found


def test_nothing_in_an_address_is_the_first_settings() -> None:
    (found,) = read({})
    assert not found["faults"]
    assert found["goal"] is None
    assert set(found["untold"].values()) == {None}
    assert (found["settings"]["method"], found["settings"]["step"]) == ("1998", 0.4)


POSSIBLE = some.fixed_dictionaries(
    {},
    optional={
        "network": some.sampled_from(["lenet5", "max-pool"]),
        "method": some.sampled_from(["1998", "sgd", "adam"]),
        "step": some.floats(1e-6, 100),
        "loss": some.sampled_from(["map", "mle"]),
        "rubbish": some.floats(0, 200),
        "batch": some.integers(1, 256),
        "distortions": some.sampled_from(["0", "1"]),
        "digits": some.integers(10, 60_000),
        "seed": some.integers(0, 999_999),
        "patterns": some.integers(1, 10_000_000),
    },
)


@settings(max_examples=5)
@given(some.lists(POSSIBLE, min_size=20, max_size=20))
def test_a_link_says_what_was_set(searches: list[dict[str, Any]]) -> None:
    for asked, found in zip(searches, read(*searches), strict=True):
        assert not found["faults"]
        assert found["again"]["settings"] == found["settings"]
        assert found["again"]["goal"] == (found["goal"] or 7)
        assert "drawing=1x" in found["link"]
        for name, value in asked.items():
            if name == "patterns":
                assert found["goal"] == value
            elif name == "distortions":
                assert found["settings"][name] == (value == "1")
            else:
                assert found["settings"][name] == value


@settings(max_examples=5)
@given(some.lists(some.dictionaries(
    some.sampled_from(["network", "method", "step", "loss", "rubbish", "batch", "distortions",
                       "digits", "seed", "patterns"]),
    some.one_of(some.text(max_size=30), some.floats(), some.integers()),
), min_size=20, max_size=20))  # fmt: skip
def test_whatever_an_address_says_becomes_possible(searches: list[dict[str, Any]]) -> None:
    for found in read(*searches):
        assert found["again"]["settings"] == found["settings"]
        assert not found["again"]["faults"]
        assert all(sentence.endswith(".") for sentence in found["faults"])
        assert 1 <= found["settings"]["batch"] <= 256
        assert 0 < found["settings"]["step"] <= 100


def test_the_impossible_is_said_with_what_is_used_instead() -> None:
    (found,) = read({"batch": 0, "step": "fast", "network": "alexnet", "seed": 1.5, "patterns": -4})
    assert len(found["faults"]) == 5
    assert (found["settings"]["batch"], found["settings"]["seed"], found["goal"]) == (1, 2, 1)
    assert any("alexnet" in one and "lenet5" in one for one in found["faults"])


# The course of the errors ------------------------------------------------------------------


def test_a_course_stays_short_and_keeps_its_errors() -> None:
    found = node.run(
        f"""
        const {{ addJudged, addTraining, cutBack, makeCourse }} = await import("{OWN}/course.js");
        const course = makeCourse();
        let most = 0;
        for (let patterns = 60; patterns <= 1.2e6; patterns += 60) {{
          addTraining(course, patterns, {{ wrong: 6, seen: 60 }});
          if (patterns % 1200 === 0) addJudged(course, patterns, {{ wrong: 20, counted: 1000 }});
          most = Math.max(most, course.training.length, course.judged.length);
        }}
        const {{ training, judged }} = structuredClone(course);
        cutBack(course, 600000);
        return {{ most, training, judged, after: course }};
        """,
        {},
    )
    assert found["most"] <= 401
    for curve, percent in (("training", 10), ("judged", 2)):
        points = found[curve]
        assert len(points) >= 150
        assert all(one["percent"] == pytest.approx(percent) for one in points)
        places = [one["patterns"] for one in points]
        assert places == sorted(places)
        assert places[-1] >= 1.15e6
        assert max(one["patterns"] for one in found["after"][curve]) <= 600_000


# One training after the other --------------------------------------------------------------


def test_it_begins_idle_and_trains_as_fast_as_it_can() -> None:
    told = in_session(
        """
        session.run({ speed: Infinity });
        goOn(10000);
        return { first: short(told[0]), last: short(told.at(-1)),
                 judged: told.filter(({ judged }) => judged).map(({ judged }) => judged) };
        """
    )
    assert (told["first"]["state"], told["first"]["patterns"]) == ("idle", 0)
    assert told["last"]["state"] == "running"
    assert told["last"]["patterns"] > 7000  # of 10,000 ms at one a millisecond, judging included
    assert told["last"]["rate"] == pytest.approx(told["last"]["patterns"] / 10, rel=0.25)
    assert told["judged"][0]["patterns"] == 0, "first what it reads untrained"
    assert len(told["judged"]) >= 10000 / 2000, "renewed at least every two seconds"
    assert all(one["counted"] == 1000 for one in told["judged"])


@pytest.mark.parametrize("speed", [1, 10, 100])
def test_it_trains_at_the_speed_that_is_set(speed: int) -> None:
    last = in_session("session.run({ speed: data.speed }); return short(goOn(20000));", speed=speed)
    assert last["patterns"] == pytest.approx(20 * speed, abs=2 + 0.05 * 20 * speed)


def test_it_ends_at_the_very_pattern_that_a_link_names() -> None:
    last = in_session(
        """
        session.run({ speed: Infinity, goal: 1237 });
        goOn(60000);
        return { last: short(told.at(-1)), judged: told.at(-1).judged,
          weights: [...told.at(-1).weights] };
        """
    )
    assert (last["last"]["state"], last["last"]["patterns"]) == ("paused", 1237)
    assert last["judged"]["patterns"] == 1237, "judged as it is"
    assert last["weights"] == [5, 1237]


def test_a_pause_judges_what_rests_and_steps_go_one_by_one() -> None:
    found = in_session(
        """
        session.run({ speed: Infinity });
        goOn(3000);
        session.pause();
        const paused = { ...short(told.at(-1)), judged: told.at(-1).judged };
        goOn(1000);
        session.step(1);
        session.step(3);
        const stepped = short(told.at(-1));
        session.run({ speed: Infinity });
        return { paused, stepped, on: short(goOn(1000)) };
        """
    )
    assert found["paused"]["state"] == "paused"
    assert found["paused"]["judged"]["patterns"] == found["paused"]["patterns"]
    assert found["stepped"]["patterns"] == found["paused"]["patterns"] + 4
    assert found["stepped"]["state"] == "paused"
    assert found["on"]["state"] == "running"


def test_what_diverges_goes_back_to_what_was_good_and_stands_still() -> None:
    found = in_session(
        """
        session.run({ speed: Infinity });
        goOn(20000);
        const stopped = short(told.at(-1));
        const reports = told.length;
        goOn(1000);
        return { stopped, silent: told.length === reports, again: (session.step(1),
          short(told.at(-1))) };
        """,
        divergesAt=5000,
        before=1000,
    )
    stopped = found["stopped"]
    assert stopped["state"] == "diverged"
    assert stopped["undone"]["from"] == 6000
    assert 1000 < stopped["patterns"] < 6000
    assert stopped["undone"]["to"] == stopped["patterns"]
    assert found["silent"]
    assert found["again"]["patterns"] == stopped["patterns"] + 1


def test_judging_and_slices_change_no_weight() -> None:
    """The twin of a link: another browser, slower and interrupted, ends with the same bits."""
    weights = node.run(
        """
        const { makeSession } = await import("./training/own/session.js");
        const { makeTrainer } = await import("./engine/trainer.js");
        const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        const digits = { images: bytes(data.images), labels: bytes(data.labels), learn: 40 };
        const settings = { seed: 3, method: "1998", step: 0.4, loss: "map", rubbish: 20, batch: 2,
          distortions: true, digits: 40 };
        const { spec, shapes } = data;
        const found = [];
        for (const [slice, chunks] of [[3, [17, 80]], [200, [80]]]) {
          const session = makeSession(makeTrainer, (one) => { last = one; }, (step) =>
            { next = step; }, slice);
          let next = null, last = null;
          session.digits(digits);
          session.begin({ run: 1, spec, shapes, settings, start: null, patterns: 0 });
          for (const goal of chunks) {
            session.run({ speed: Infinity, goal });
            while (last.state === "running") { const step = next; next = null; step(); }
          }
          found.push(btoa(String.fromCharCode(...new Uint8Array(last.weights.buffer).subarray(0,
            60000))));
        }
        const trainer = makeTrainer({ spec, shapes, settings, digits });
        trainer.step(80);
        found.push(btoa(String.fromCharCode(...new Uint8Array(trainer.weights.buffer).subarray(0,
          60000))));
        return found;
        """,
        {**described("lenet5"), **some_digits(50)},
    )
    assert weights[0] == weights[1] == weights[2]


def described(name: str) -> dict[str, Any]:
    architecture = VARIANTS[name].architecture
    return {"spec": describe_spec(architecture), "shapes": list(architecture.shapes.items())}


def some_digits(count: int) -> dict[str, str]:
    gallery = samples.load()
    return {
        "images": base64.b64encode(gallery.images[:count].tobytes()).decode(),
        "labels": base64.b64encode(gallery.labels[:count].tobytes()).decode(),
    }


# Weights that change under a network, kernels, files ---------------------------------------


@pytest.mark.parametrize("name", trainable())
def test_a_network_computes_with_weights_that_are_changed_in_place(name: str) -> None:
    apart = node.run(
        """
        const { nameParameters } = await import("./engine/explain.js");
        const { makeNetwork } = await import("./engine/forward.js");
        const { kernelsOf } = await import("./training/own/kernels.js");
        const { spec, shapes } = data;
        const count = shapes.reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b, 1), 0);
        const others = Float32Array.from({ length: count }, (_, i) => Math.sin(i) / 7);
        const weights = new Float32Array(count);
        const network = makeNetwork(spec, nameParameters(shapes, weights));
        const input = Float32Array.from({ length: 1024 }, (_, i) => Math.cos(i));
        network.run(input);
        weights.set(others);
        const output = spec.layers.at(-1).key;
        const expected = makeNetwork(spec, nameParameters(shapes,
          others)).run(input)[output].slice();
        const kernels = kernelsOf(spec, shapes);
        return {
          apart: Math.max(...network.run(input)[output].map((value, i) =>
            Math.abs(value - expected[i]))),
          inside: kernels.every(({ side, places }) => places.every((at) =>
            at >= 0 && at + side ** 2 <= count)),
          shown: kernels.map(({ key, places, of }) => [key, places.length, of]),
        };
        """,
        described(name),
    )
    assert apart["apart"] == 0
    assert apart["inside"]
    assert apart["shown"]
    if name == "lenet5":
        assert apart["shown"] == [["c1", 6, 6], ["c3", 60, 60]]


@pytest.mark.parametrize("name", trainable())
def test_a_file_of_the_browser_s_is_read_with_its_card(name: str, tmp_path: Any) -> None:
    architecture = VARIANTS[name].architecture
    made = node.run(
        f"""
        const {{ base64, safetensors }} = await import("{OWN}/safetensors.js");
        const {{ cardOf, fileName }} = await import("{OWN}/card.js");
        const count = data.shapes.reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b,
          1), 0);
        const weights = Float32Array.from({{ length: count }}, (_, i) => Math.fround(Math.sin(i)));
        const training = {{ settings: {{ network: data.name, method: "1998", step: 0.4, loss: "map",
          rubbish: 20, batch: 1, distortions: false, digits: 4000, seed: 0 }},
          network: {{ spec: data.spec }}, told: {{ patterns: 12, passes: 0.003 }}, error: 4.25,
          source: "packaged", repeatable: true }};
        return {{ text: base64(safetensors(data.shapes, weights, cardOf(training, "Zoë's “net”"))),
                 weights: base64(new Uint8Array(weights.buffer)), file: fileName("Zoë's “net”",
                   data.name) }};
        """,
        {**described(name), "name": name},
    )
    content = base64.b64decode(made["text"])
    parsed = checkpoint.parse(content, architecture)
    flat = np.concatenate([array.ravel() for array in parsed.values()])
    assert np.array_equal(flat, np.frombuffer(base64.b64decode(made["weights"]), "<f4"))
    assert load(content).keys() == architecture.shapes.keys()
    path = tmp_path / "one.safetensors"
    path.write_bytes(content)
    with safe_open(path, "np") as opened:
        card = opened.metadata()
    assert card["title"] == "Zoë's “net”"
    assert (card["network"], card["patterns"], card["judging_error_percent"]) == (
        name,
        "12",
        "4.25",
    )
    assert made["file"] == "Zoe-s-net.safetensors"


READ_FILES = f"""
const {{ FilesError, readFiles }} = await import("{OWN}/mnist_files.js");
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const files = data.files.map(([name, text]) => new File([bytes(text)], name));
try {{
  const {{ images, labels, learn }} = await readFiles(files);
  const sum = images.reduce((a, b) => a + b, 0);
  return {{ images: images.length, sum, first: [...images.subarray(0, 784)], labels: [...labels],
    learn }};
}} catch (error) {{
  if (!(error instanceof FilesError)) throw error;
  return {{ sentence: error.message }};
}}
"""


def images_file(images: np.ndarray) -> bytes:
    return struct.pack(">IIII", 0x803, *images.shape) + images.tobytes()


def labels_file(labels: np.ndarray) -> bytes:
    return struct.pack(">II", 0x801, len(labels)) + labels.astype(np.uint8).tobytes()


def dropped(*contents: bytes) -> Any:
    files = [
        (f"file {i}", base64.b64encode(content).decode()) for i, content in enumerate(contents)
    ]
    return node.run(READ_FILES, {"files": files})


def test_mnist_s_files_are_known_by_what_is_in_them() -> None:
    gallery = samples.load()
    train, test = gallery.only(np.arange(300)), gallery.only(np.arange(300, 400))
    pieces = [
        labels_file(test.labels),
        gzip.compress(images_file(train.images)),
        images_file(test.images),
        gzip.compress(labels_file(train.labels)),
    ]
    found = dropped(*pieces)
    assert found["learn"] == 300
    assert found["labels"] == [*train.labels, *test.labels]
    assert found["images"] == 400 * 784
    assert found["sum"] == int(gallery.images.sum())
    assert found["first"] == train.images[0].ravel().tolist()


def test_one_pair_of_files_judges_with_its_last_sixth() -> None:
    gallery = samples.load()
    found = dropped(images_file(gallery.images), labels_file(gallery.labels))
    assert found["learn"] == 400 - 66
    assert found["labels"] == gallery.labels.tolist()


GALLERY = samples.load()
IMAGES, LABELS = images_file(GALLERY.images), labels_file(GALLERY.labels)


@pytest.mark.parametrize(
    "contents",
    [
        [],
        [b""],
        [b"hello, this is a text"],
        [IMAGES],
        [IMAGES, IMAGES],
        [LABELS, LABELS],
        [IMAGES, LABELS[:-1]],
        [IMAGES[:-5], LABELS],
        [IMAGES + b"0", LABELS],
        [IMAGES, labels_file(GALLERY.labels + 5)],
        [IMAGES, labels_file(GALLERY.labels[:100])],
        [images_file(np.zeros((20, 32, 32), np.uint8)), LABELS],
        [images_file(GALLERY.images[:5]), labels_file(GALLERY.labels[:5])],
        [IMAGES, LABELS, LABELS],
        [gzip.compress(IMAGES)[:-400], LABELS],
        [gzip.compress(bytes(60_000_000)), LABELS],
        [struct.pack(">IIII", 0x803, 2**32 - 1, 28, 28), LABELS],
        [b"\x1f\x8b rubbish", LABELS],
    ],
    ids=range(18),
)
def test_other_files_are_a_sentence(contents: list[bytes]) -> None:
    sentence = dropped(*contents)["sentence"]
    assert sentence.endswith(".")
    assert "goes on" in sentence
    assert len(sentence) < 400


# The visitor's own drawings ----------------------------------------------------------------


def test_a_drawing_is_what_a_picture_of_mnist_s_would_be() -> None:
    import torch

    inputs = mnist.as_input(torch.from_numpy(GALLERY.images[:20].copy())).flatten(1).tolist()
    found = node.run(
        f"""
        const {{ asPicture, counts, missing, withJudges }} = await import("{OWN}/drawings.js");
        const pictures = data.inputs.map((input) => asPicture(Float32Array.from(input),
          data.normalisation));
        const drawings = {{ pictures, labels: data.labels }};
        const others = {{ images: new Uint8Array(3 * 784).fill(7), labels: Uint8Array.of(1, 2,
          3), learn: 1 }};
        const {{ images, labels, learn }} = withJudges(drawings, others);
        return {{ pictures: pictures.map((one) => [...one]), counts: counts(drawings),
          missing: missing(drawings),
                 learn, labels: [...labels],
                   tail: [...images.subarray(20 * 784)].every((one) => one === 7),
                 length: images.length }};
        """,
        {
            "inputs": inputs,
            "normalisation": preparation(),
            "labels": GALLERY.labels[:20].tolist(),
        },
    )
    assert np.array_equal(np.array(found["pictures"]), GALLERY.images[:20].reshape(20, -1))
    assert found["counts"] == np.bincount(GALLERY.labels[:20], minlength=10).tolist()
    assert found["missing"] == [d for d in range(10) if d not in GALLERY.labels[:20]]
    assert (found["learn"], found["length"]) == (20, 22 * 784)
    assert found["labels"] == [*GALLERY.labels[:20].tolist(), 2, 3]
    assert found["tail"]
