"""A tour's YAML is read whole, or every fault in it is told with its line and field."""

from __future__ import annotations

import pytest

from lenet.tour import reading, shelf, vocabulary
from lenet.tour.reading import TourError

STEP = """
  - id: first
    page: draw
    title: A title
    lights: c1
    predict:
      question: Which one?
      answers:
        - {text: This, right: true}
        - {text: That, right: rejected}
    do:
      text: Draw a digit.
      until: [drawn, {pinned: c1.3}]
    see:
      - {when: accepted, text: "It reads {digit}."}
      - text: Something else.
"""
WHOLE = "title: Mine\nsteps:" + STEP


def faults(text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(TourError) as refusal:
        reading.read(text)
    assert all(fault.sentence.endswith(".") for fault in refusal.value.faults)
    return [(fault.line, fault.field) for fault in refusal.value.faults]


def test_a_tour_is_read_as_it_is_written() -> None:
    tour = reading.read(WHOLE)
    (step,) = tour.steps
    assert tour.title == "Mine"
    assert (step.id, step.page, step.lights) == ("first", "draw", ("c1",))
    assert step.predict is not None
    assert [answer.right for answer in step.predict.answers] == [True, "rejected"]
    assert step.do.until == (("drawn", ""), ("pinned", "c1.3"))
    assert [see.when for see in step.see] == ["accepted", ""]
    assert list(tour.texts())[:3] == ["Mine", "A title", "Which one?"]


def test_all_faults_are_told_at_once() -> None:
    text = WHOLE.replace("page: draw", "page: home").replace("lights: c1", "lights: [c9, f6]")
    text = text.replace("c1.3", "c1.6").replace("{digit}", "{number}").replace("id: first\n", "\n")
    assert faults(text) == [
        (4, "steps.1.id"),
        (4, "steps.1.page"),
        (6, "steps.1.lights"),
        (14, "steps.1.do.until"),
        (16, "steps.1.see.1.text"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Mine", "title: Mine\nauthor: me", (2, "author")),
        ("title: Mine", "title: Mine\ntitle: Yours", (2, "title")),
        ("title: Mine\n", "", (1, "title")),
        ("id: first", "id: First step", (3, "steps.1.id")),
        ("title: A title", f"title: {'x' * 61}", (5, "steps.1.title")),
        ("title: A title", "title: [a]", (5, "steps.1.title")),
        ("title: A title", "title:", (5, "steps.1.title")),
        ("Which one?", "Which \u202eone?", (8, "steps.1.predict.question")),
        ("Which one?", "Which {one}?", (8, "steps.1.predict.question")),
        ("Which one?", "'Which { one?'", (8, "steps.1.predict.question")),
        ("right: rejected", "right: perhaps", (11, "steps.1.predict.answers.2.right")),
        ("lights: c1", "state: {pin: c1.9.0.0}", (6, "steps.1.state.pin")),
        ("lights: c1", "state: {on: 7}", (6, "steps.1.state.on")),
        ("until: [drawn, {pinned: c1.3}]", "until: pinned", (14, "steps.1.do.until")),
        ("until: [drawn, {pinned: c1.3}]", "until: {drawn: 7}", (14, "steps.1.do.until")),
        ("until: [drawn, {pinned: c1.3}]", "until: {read: 12}", (14, "steps.1.do.until")),
        ("until: [drawn, {pinned: c1.3}]", "until: later", (14, "steps.1.do.until")),
        ("until: [drawn, {pinned: c1.3}]", "until: {opened: rejection}", (14, "steps.1.do.until")),
        ("        - {text: That, right: rejected}\n", "", (10, "steps.1.predict.answers")),
        ("right: true", "right: false", None),
        (STEP, STEP + STEP, (19, "steps.2.id")),
        (STEP, " []", (2, "steps")),
    ],
)
def test_a_fault_is_found_in_its_line_and_field(
    old: str, new: str, expected: tuple[int, str] | None
) -> None:
    changed = WHOLE.replace(old, new, 1)
    assert changed != WHOLE
    if expected is None:
        reading.read(changed)
    else:
        assert faults(changed) == [expected]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("title: [", 1),
        ("title: a\n  b: c", 2),
        ("title: &a x", 1),
        ("title: x\nsteps: [*a]", 2),
        ("title: !!python/object:os.system x", 1),
        ("title: x\n---\ntitle: y", 2),
        ("[" * 5000, 1),
        ("a: " + "{a: " * 5000, 1),
        (b"title: x\n\xff", 2),
        ("title: \x00", 1),
        ("x" * (reading.MOST_BYTES + 1), 1),
        ("- a\n- b", 1),
    ],
)
def test_what_is_no_tour_at_all_is_one_fault(text: str | bytes, line: int) -> None:
    found = faults(text)
    assert found[0][0] == line
    assert len({place for place, _ in found}) == 1


def test_the_built_in_tour_has_no_fault_and_speaks_of_what_there_is() -> None:
    tour = shelf.shipped()
    assert len({step.id for step in tour.steps}) == len(tour.steps)
    assert all(step.predict for step in tour.steps)
    assert {step.page for step in tour.steps} <= set(vocabulary.PAGES)
