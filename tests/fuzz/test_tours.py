"""Whatever comes as an own tour, a link to one, or a task is read, or refused in sentences."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet import sealed
from lenet.tour import link, reading, shelf, task
from lenet.tour.reading import Fault, TourError
from lenet.tour.steps import Tour
from lenet.tour.task import Task, TaskError
from tests.support.mutants import check_sentence, grafts, mutants, text_of, wild
from tests.support.sampling import sampled

SMALL = b"""title: x
steps:
  - id: one
    page: draw
    title: y
    state: {pin: c3.1.2.3}
    lights: [c1, canvas]
    predict: {question: "{digit}?", answers: [{text: a, right: true}, {text: b}]}
    do: {text: z, until: [drawn, {pinned: c1}]}
    see: [{when: accepted, text: u}, {text: w}]
"""
TASK = Task("Find it.", "Which?", ("a", "b"), 1).described()


def check(content: bytes) -> None:
    found: Tour | list[Fault]
    try:
        found = reading.read(content)
    except TourError as error:
        found = error.faults
    if isinstance(found, list):
        assert found
        for fault in found:
            assert 1 <= fault.line <= content.count(b"\n") + content.count(b"\r") + 2
            assert len(fault.sentence) < 700
            assert reading.clean(str(fault))
        return
    tour = found
    assert 1 <= len(tour.steps) <= reading.MOST_STEPS or not tour.steps
    assert all(reading.clean(text) and len(text) <= 300 for text in tour.texts())
    json.dumps(tour.described(), allow_nan=False)


@given(st.one_of(mutants(SMALL, shelf.SHIPPED.read_bytes()[:3_000]), st.binary(max_size=200)))
def test_a_file_is_a_tour_or_its_faults(content: bytes) -> None:
    check(content)


@given(grafts({"title": "x", "steps": [{"id": "one", "do": {"until": ["drawn"]}}]}).map(text_of))
def test_a_tour_with_something_wild_in_it(content: bytes) -> None:
    check(content)


@given(mutants(str(link.write(SMALL)).encode()).map(lambda raw: raw.decode("latin-1")))
def test_a_link_is_a_tour_or_a_sentence(text: str) -> None:
    try:
        content = link.read(text)
    except TourError as error:
        for fault in error.faults:
            check_sentence(ValueError(fault.sentence))
        return
    check(content)


@given(st.one_of(grafts(TASK), wild))
def test_a_task_is_plain_text_or_a_sentence(said: Any) -> None:
    try:
        read = task.read("1" + sealed.seal(text_of(said)))
    except TaskError as error:
        check_sentence(error)
        return
    texts = (read.text, read.question, *read.answers)
    assert all(reading.clean(text) and len(text) <= 300 for text in texts)
    assert task.read(task.write(read)) == read


@pytest.mark.alone
@pytest.mark.parametrize(
    "piece",
    sampled(
        [b"[", b"{", b"- ", b"a: ", b"? ", b"&a ", b"*a ", b"!x ", b"'", b'"', b"|\n", b"\n", b" ",
         b"a:\n- ", b"{a: [", b"\\", b"%", b"\t", b"# x\n", b"x: {}\n", b"- 7\n",
         b"\xf0\x9f\x98\x80"],
        4,
    ),
)  # fmt: skip
def test_the_costliest_file_takes_a_second_at_most(piece: bytes) -> None:
    content = piece * (reading.MOST_BYTES // len(piece))
    begin = time.process_time()
    check(b"title: x\nsteps:\n" + content[: reading.MOST_BYTES - 20])
    assert time.process_time() - begin < 1
