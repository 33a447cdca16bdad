"""A tour's moves, facts and numbers, without a page."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

import lenet
from lenet import checkpoint, ink, spec, units
from lenet.answer import Answer
from lenet.browser.description import describe_spec
from lenet.tour import shelf, vocabulary
from tests.support import node
from tests.support.digits import DIGITS

SCRIPT = """
const { Progress } = await import("./tour/steps.js");
const { filled, quantitiesOf } = await import("./tour/quantities.js");
const { nameParameters } = await import("./engine/explain.js");
const { answerOf } = await import("./engine/answer.js");
const { makeNetwork } = await import("./engine/forward.js");
const { fromStrokes } = await import("./engine/ink.js");
const { spec, rejection } = data;
const parameters = nameParameters(data.parameters, Float32Array.from(data.values));
const engine = makeNetwork(spec, parameters);
const network = { spec, parameters, rejection };
const canvas = { width: 280, height: 280, pen: 20 };
const nothing = { strokes: [], drawing: false, pinned: null, pointed: null };
const at = (own) => {
  const now = { spec, ...nothing, table: null, opened: [], replaying: false, ...own };
  const input = now.strokes.length ? fromStrokes(now.strokes, canvas, data.normalisation) : null;
  // The engine writes the next drawing into the same arrays.
  const trace = structuredClone({ ...engine.run(input ?? engine.blank), empty: !input });
  return { ...now, trace, answer: input ? answerOf(trace.output, rejection) : null };
};
"""


@cache
def network() -> dict[str, Any]:
    from lenet.browser.description import preparation

    weights = checkpoint.read()
    return {
        "spec": describe_spec(),
        "rejection": checkpoint.rejection_distance(),
        "normalisation": preparation(),
        "parameters": [(name, values.shape) for name, values in weights.items()],
        "values": np.concatenate([values.ravel() for values in weights.values()]).tolist(),
    }


def step(until: list, **more: Any) -> dict[str, Any]:
    return {
        "id": "one",
        "page": "draw",
        "title": "",
        "state": {},
        "lights": [],
        "predict": None,
        "do": {"text": "", "until": until},
        "see": [],
        **more,
    }


SEVEN, ONE = DIGITS["7"], DIGITS["1"]
SMALL = [[(x / 5, y / 5) for x, y in stroke] for stroke in SEVEN]
UNIT = {"layer": "c1", "map": 2, "row": 4, "column": 5}
NEXT = {**UNIT, "column": 6}
TABLE = {
    "off": 1,
    "on": 0,
    "before": {"digit": 7, "distance": 1, "rejected": False},
    "after": {"digit": 2, "distance": 3, "rejected": False},
}


@pytest.mark.parametrize(
    ("until", "before", "nothing", "then"),
    [
        ([["drawn", ""]], {"strokes": SEVEN}, {"strokes": SEVEN}, {"strokes": ONE}),
        ([["drawn", ""]], {}, {"strokes": SEVEN, "drawing": True}, {"strokes": SEVEN}),
        ([["drawn", ""]], {"strokes": [*SEVEN, *ONE]}, {"strokes": SEVEN}, {"strokes": SMALL}),
        ([["accepted", ""]], {}, {}, {"strokes": SEVEN}),
        ([["read", "7"]], {}, {"strokes": ONE}, {"strokes": SEVEN}),
        ([["shifted", ""]], {"strokes": SEVEN}, {"strokes": SEVEN}, {"strokes": SMALL}),
        ([["pinned", "c1"]], {"pinned": UNIT}, {"pinned": UNIT}, {"pinned": NEXT}),
        ([["pinned", "c1.2.4.5"]], {}, {"pinned": NEXT}, {"pinned": UNIT}),
        ([["pinned", "c1.3"]], {}, {"pinned": UNIT}, {"pinned": {**UNIT, "map": 3}}),
        ([["moved", ""]], {"pinned": UNIT}, {"pinned": {**UNIT, "map": 1}}, {"pinned": NEXT}),
        ([["moved", ""]], {}, {"pinned": UNIT}, {"pinned": NEXT}),
        ([["switched", ""]], {"table": {**TABLE, "off": 0}}, {}, {"table": TABLE}),
        ([["opened", "codes"]], {}, {"opened": ["code"]}, {"opened": ["7", "codes"]}),
        ([["replayed", ""]], {}, {"replaying": True}, {"replaying": False}),
        (
            [["accepted", ""], ["pinned", "c1"]],
            {},
            {"strokes": SEVEN},
            {"pinned": UNIT, "strokes": SEVEN},
        ),
    ],
)  # fmt: skip
def test_a_move_is_done_when_its_conditions_hold_and_not_before(
    until: list, before: dict, nothing: dict, then: dict
) -> None:
    moves = node.run(
        SCRIPT
        + """
        const progress = new Progress({ steps: [data.step] }, "one", "do");
        return data.seen.map((each) => { progress.observe(at(each)); return progress.move; });
        """,
        {**network(), "step": step(until), "seen": [before, nothing, then]},
    )
    assert moves == ["do", "do", "see"]


def test_every_condition_and_every_fact_of_the_vocabulary_is_known_in_the_browser() -> None:
    found = node.run(
        SCRIPT
        + """
        const { isTrue } = await import("./tour/steps.js");
        const now = at({ strokes: data.strokes, pinned: data.unit });
        for (const name of data.conditions) {
          const until = [[name, data.arguments[name] ?? ""]];
          const own = { ...data.step, do: { text: "", until } };
          new Progress({ steps: [own] }, "one", "do").observe(now);
        }
        return data.facts.map((fact) => isTrue(fact, now, now));
        """,
        {
            **network(),
            "step": step([]),
            "strokes": SEVEN,
            "unit": UNIT,
            "conditions": vocabulary.CONDITIONS,
            "arguments": {"pinned": "c1", "pointed": "c1", "read": "7", "opened": "codes"},
            "facts": vocabulary.FACTS,
        },
    )
    assert all(isinstance(each, bool) for each in found)


def test_the_numbers_in_texts_are_pytorchs() -> None:
    unit = units.Unit(spec.S2, 3, 6, 7)
    pinned = {"layer": "s2", "map": 3, "row": 6, "column": 7}
    told = node.run(
        SCRIPT
        + """
        const { remembered } = await import("./tour/steps.js");
        const quantity = quantitiesOf(at(data.now), remembered(at({ strokes: data.one })), network);
        return Object.fromEntries(data.names.map((name) => [name, quantity(name)]));
        """,
        {
            **network(),
            "now": {"strokes": SEVEN, "pinned": pinned, "table": None},
            "one": ONE,
            "names": sorted(vocabulary.QUANTITIES),
        },
    )
    model = lenet.load()
    x = ink.from_strokes(SEVEN, (280, 280))
    assert x is not None
    trace = lenet.Trace.of(model, x)
    answer = Answer.of(trace.output[0].tolist(), checkpoint.rejection_distance())
    explained = units.explain(model, trace, unit)
    assert isinstance(explained, units.SubSampled)
    read = lambda name: float(told[name].replace("\u2212", "-").replace(",", ""))  # noqa: E731
    assert read("digit") == answer.digit == 7
    assert read("distance") == pytest.approx(answer.distance, abs=0.006)
    assert read("digit_before") == 1
    assert read("total") == pytest.approx(float(trace.before["s2"][0, 3, 6, 7]), abs=0.006)
    assert read("value") == pytest.approx(float(trace.s2[0, 3, 6, 7]), abs=0.006)
    assert read("sum") == pytest.approx(float(explained.inputs.sum()), abs=0.006)
    assert round(read("weighted") + read("bias"), 2) == read("total")
    assert (read("top"), read("bottom")) == (12, 17)
    assert told["unit"] == "S2[3] (6,7)"
    assert read("c1_units") == spec.C1.maps * spec.C1.size**2
    assert read("c1_parameters") == spec.C1.parameters
    assert read("c3_field") == 14
    rows = np.flatnonzero((x[0, 0].numpy() > 0.1 * 1.275 - 0.1).any(1))
    assert (read("input_top"), read("input_bottom")) == (rows[0], rows[-1])
    of_the_table = {"switched_off", "switched_on", "table_digit", "table_distance"}
    nothing_pinned = {"unit_before", "value_before"}
    assert {name for name, text in told.items() if text is None} == of_the_table | nothing_pinned


def test_a_step_goes_from_prediction_to_verdict_and_on() -> None:
    predict = {
        "question": "",
        "answers": [{"text": "", "right": "other_digit"}, {"text": "", "right": "same_digit"}],
    }
    told = node.run(
        SCRIPT
        + """
        const steps = [data.step, { ...data.step, id: "two" }];
        const progress = new Progress({ steps }, "none", "odd");
        const told = [[progress.move, progress.verdict(at({}))]];
        const see = (each) => {
          progress.observe(at(each));
          told.push([progress.move, progress.verdict(at(each))]);
        };
        see({ strokes: data.one });
        progress.choose(0);
        see({ strokes: data.one });
        see({ strokes: data.seven });
        see({ strokes: data.one });
        told.push([progress.forward(), progress.step.id, progress.move]);
        progress.forward();
        told.push([progress.forward(), progress.move, progress.verdict(at({}))]);
        told.push([progress.forward()]);
        progress.back();
        told.push([progress.move]);
        return told;
        """,
        {**network(), "step": step([["drawn", ""]], predict=predict), "seven": SEVEN, "one": ONE},
    )
    assert told == [
        ["predict", None],
        ["predict", None],
        ["do", None],
        ["see", True],
        ["see", False],
        [True, "two", "predict"],
        [True, "see", None],
        [False],
        ["do"],
    ]


def test_every_text_of_the_built_in_tour_can_be_filled() -> None:
    """With a drawing, a pinned unit and a changed table; and the last text of a step at least."""
    told = node.run(
        SCRIPT
        + """
        const { remembered } = await import("./tour/steps.js");
        return data.texts.map(([layer, text]) => {
          const pinned = { layer, map: 0, row: 0, column: 0 };
          const now = at({ strokes: data.seven, table: data.table, pinned });
          return filled(text, quantitiesOf(now, remembered(now), network));
        });
        """,
        {
            **network(),
            "texts": [
                (dict(one.do.until).get("pinned", "c1"), see.text)
                for one in shelf.shipped().steps
                for see in one.see
            ],
            "seven": SEVEN,
            "table": TABLE,
        },
    )
    assert all(told)
