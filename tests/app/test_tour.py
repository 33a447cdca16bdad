"""The tour without a browser: its page, own tours and their faults, and tasks in links."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lenet.tour import link, shelf, task, vocabulary
from tests.support.app_pages import opened, page_of

PAGE = "pages/learn/tour.py"
SECRET = "Words of this tour"
FAULTY = f"""title: {SECRET}
steps:
  - id: one
    page: home
    title: {SECRET}
    do: {{text: {SECRET}, until: later}}
    see: {{text: {SECRET}}}
"""
FINE = FAULTY.replace("home", "draw").replace("later", "drawn")


@pytest.fixture
def tours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(shelf.FOLDER, str(tmp_path))
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    (tmp_path / "fine.yaml").write_text(FINE)
    return tmp_path


def headers(app: AppTest, name: str) -> list[dict[str, Any]]:
    """What the browser is told for components of that name."""
    packed = [
        each.proto.bytes
        for each in app.get("bidi_component")
        if each.proto.component_name == f"lenet_{name}"
    ]
    return [json.loads(data[4 : 4 + int.from_bytes(data[:4], "little")]) for data in packed]


def everything(app: AppTest) -> str:
    shown = [element.value for element in (*app.markdown, *app.caption, *app.warning, *app.error)]
    shown += [element.proto.body for element in app.get("html")]
    shown += [element.proto.label for element in app.get("page_link")]
    return "\n".join([*shown, json.dumps(headers(app, "tour"))])


def test_its_page_leads_into_every_step_with_its_state(app: AppTest) -> None:
    app.switch_page(PAGE).run()
    assert not app.exception
    links = [one.proto for one in app.get("page_link") if "step=" in one.proto.query_string]
    steps = shelf.shipped().steps
    assert len(links) == len(steps)
    for one, step in zip(links, steps, strict=True):
        assert f"step={step.id}" in one.query_string
        assert all(f"{name}={text}" in one.query_string for name, text in step.address.items())
        assert "none" not in one.query_string


@pytest.mark.parametrize("step", ["smallest", "table", "no-such-step", "<b>", ""])
def test_a_step_in_the_address_puts_the_tour_on_any_page(app: AppTest, step: str) -> None:
    app.query_params["step"] = step
    app.run()
    assert not app.exception
    (told,) = headers(app, "tour")
    assert told["page"] == "draw"
    assert [one["id"] for one in told["tour"]["steps"]] == [s.id for s in shelf.shipped().steps]
    app.switch_page("pages/explore/connections.py").run()
    (told,) = headers(app, "tour")
    assert told["page"] == "connections"


def test_without_a_step_there_is_no_tour(app: AppTest) -> None:
    app.run()
    assert not headers(app, "tour")


@pytest.mark.parametrize("by_link", [False, True])
def test_an_own_tour_is_shown_as_it_is_written(app: AppTest, tours: Path, by_link: bool) -> None:
    name = link.write(FINE.encode()) if by_link else "fine"
    assert name
    app.query_params.update(tour=name, step="one")
    app.run()
    assert not app.exception
    (told,) = headers(app, "tour")
    assert told["tour"]["title"] == SECRET
    assert told["name"] == name


@pytest.mark.parametrize("by_link", [False, True])
def test_of_a_faulty_tour_nothing_is_shown_to_pupils(
    app: AppTest, tours: Path, by_link: bool
) -> None:
    name = link.write(FAULTY.encode()) if by_link else "faulty"
    assert name
    app.query_params.update(tour=name, step="one")
    app.run()
    assert not app.exception
    assert not headers(app, "tour")
    assert "This tour has faults" in everything(app)
    assert SECRET not in everything(app)
    app.query_params.update(tour=name)
    app.switch_page(PAGE).run()
    assert not app.exception
    shown = everything(app)
    assert SECRET not in shown
    assert "This tour has faults" in shown
    assert "Take the built-in tour instead" in shown
    for field in ("steps.1.page", "steps.1.do.until"):
        assert field in shown, "every fault is there for whoever wrote it"


@pytest.mark.parametrize(
    "name", ["none", "../../app", "z.", "z.AAAA", "z." + "A" * 5_000, "<img src=x>", "\0"]
)
def test_a_tour_that_there_is_none_of_is_a_sentence(app: AppTest, name: str) -> None:
    app.query_params.update(tour=name, step="one")
    app.run()
    assert not app.exception
    assert "This tour has faults" in everything(app)
    assert "<img" not in everything(app)


def test_a_task_is_shown_as_text_and_a_damaged_one_is_a_sentence(app: AppTest) -> None:
    given = task.Task("Find <b>one</b>", "Which?", ("a", "b"), 0)
    app.query_params["task"] = task.write(given)
    app.run()
    assert not app.exception
    (told,) = headers(app, "task")
    assert told["task"] == given.described()
    for damaged in (task.write(given)[:-2], "<img src=x onerror=alert(1)>", "1" * 5_000):
        app.query_params["task"] = damaged
        app.run()
        assert not app.exception
        assert not headers(app, "task")
        assert "without it" in app.warning[0].value
        assert headers(app, "share"), "the page is there"


STATES = [
    (page, name, text)
    for page, names in vocabulary.PAGES.items()
    for name, allowed in names.items()
    for text in allowed or ()
    if page != "draw"
]


WHERE = {("architecture", "on"): {"part": "ideas-and-arithmetic"}}
"""Where a page shows what has that name, if not at once."""


@pytest.mark.parametrize(("page", "name"), sorted({(page, name) for page, name, _ in STATES}))
def test_the_states_that_a_tour_can_name_are_those_of_the_pages(page: str, name: str) -> None:
    """What a page does not know it takes out of its address, and so it does with its default."""
    texts = [text for on, named, text in STATES if (on, named) == (page, name)]
    script = f"pages/explore/{page.replace('-', '_')}.py"
    known = set()
    for text in (texts[0], texts[-1], "no-such-text"):
        shown = opened(page_of(script), {**WHERE.get((page, name), {}), name: text})
        if shown.query_params.get(name) in (text, [text]):
            known.add(text)
    assert "no-such-text" not in known
    assert known, "what it starts with is left out, and the other one stays"
