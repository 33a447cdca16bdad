"""Tours and tasks in a link: what is written is read again, and nothing else is."""

from __future__ import annotations

import json
import tracemalloc
import zlib
from dataclasses import replace

import pytest

from lenet import sealed
from lenet.tour import link, reading, shelf, task
from lenet.tour.reading import TourError
from lenet.tour.task import Task, TaskError
from tests.support import node

TASK = Task("Find a unit <b>of C3</b>.", "Which one?", ("C3[2]", "C3[9] \U0001f600"), 1)


def test_a_short_tour_is_read_from_its_link() -> None:
    content = b"title: x\nsteps: []\n"
    text = link.write(content)
    assert text is not None
    assert link.read(text) == content
    with pytest.raises(TourError) as refusal:
        shelf.named(text)
    assert [fault.field for fault in refusal.value.faults] == ["steps"]


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "A", lambda t: t[:9] + "\x00"])
def test_a_link_that_was_changed_on_its_way_is_one_sentence(change) -> None:
    text = link.write(b"title: x\n" * 9)
    assert text is not None
    with pytest.raises(TourError) as refusal:
        link.read(change(text))
    assert len(refusal.value.faults) == 1


def test_a_tour_that_would_fill_the_memory_is_refused() -> None:
    bomb = link.PREFIX + sealed.seal(zlib.compress(b" " * 2_000_000, 9))
    assert len(bomb) < link.LONGEST
    tracemalloc.start()
    with pytest.raises(TourError):
        shelf.named(bomb)
    assert tracemalloc.get_traced_memory()[1] < 500_000
    tracemalloc.stop()


@pytest.mark.parametrize("name", ["none", "../app", "a/b", "A", "", "x" * 41, "..", "a.yaml"])
def test_a_name_leads_to_a_file_of_the_folder_or_nowhere(
    name: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "app.yaml").write_bytes(shelf.SHIPPED.read_bytes())
    (tmp_path / "tours").mkdir()
    monkeypatch.setenv(shelf.FOLDER, str(tmp_path / "tours"))
    with pytest.raises(TourError):
        shelf.hosted(name)
    (tmp_path / "tours" / "mine.yaml").write_bytes(shelf.SHIPPED.read_bytes())
    assert shelf.named("mine") == shelf.named("") == shelf.shipped()
    (tmp_path / "tours" / "long.yaml").write_bytes(b"x" * 10 * reading.MOST_BYTES)
    with pytest.raises(TourError) as refusal:
        shelf.named("long")
    assert "bytes" in refusal.value.faults[0].sentence


def test_a_task_is_read_as_it_was_written_here_and_in_the_browser() -> None:
    assert task.read(task.write(TASK)) == TASK
    alone = Task("Draw.")
    told = node.run(
        """
        const { writeTask } = await import("./share/task.js");
        return data.map((each) => writeTask(each));
        """,
        [TASK.described(), {"text": "Draw."}],
    )
    assert [task.read(text) for text in told] == [TASK, alone]
    assert told[0] == task.write(TASK)


def test_what_turns_text_around_or_cannot_be_seen_is_left_out() -> None:
    said = replace(TASK, text="A\u202e\u200b\x00 \n\ttask\x1b[31m\ufeff.")
    assert task.read(task.write(said)).text == "A task[31m."


@pytest.mark.parametrize(
    "said",
    [
        {},
        [],
        "text",
        {"text": ""},
        {"text": "\u202e"},
        {"text": 7},
        {"text": "x" * 301},
        {"text": "x", "question": "y"},
        {"text": "x", "question": "y", "answers": ["a"]},
        {"text": "x", "question": "y", "answers": ["a"] * 5},
        {"text": "x", "question": "y", "answers": ["a", ""]},
        {"text": "x", "question": "y", "answers": ["a", "b"], "right": 2},
        {"text": "x", "question": "y", "answers": ["a", "b"], "right": True},
        {"text": "x", "question": "y", "answers": ["a", "b"], "right": "0"},
        {"text": "x", "answers": ["a", "b"]},
        {"text": "x", "question": ["y"]},
    ],
)
def test_anything_else_is_one_sentence(said: object) -> None:
    text = "1" + sealed.seal(json.dumps(said).encode())
    with pytest.raises(TaskError, match="without it"):
        task.read(text)


@pytest.mark.parametrize(
    "text", ["", "1", "2abc", "1!!!!", "1" + sealed.seal(b"[" * 2_000), "1" * 3_001]
)
def test_what_is_no_text_of_a_task_is_one_sentence(text: str) -> None:
    with pytest.raises(TaskError):
        task.read(text)
