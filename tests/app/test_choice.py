"""Choices and tabs are known by identifiers, whatever a visitor reads on them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.common.choice import identifier
from tests.support.running_app import ROOT

OPTIONS = {"my-drawing": "Mein Bild", "c3": "C3", "O": "O", "o": "o"}


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("my-drawing", "my-drawing"),
        ("my drawing", "my-drawing"),
        ("My  Drawing ", "my-drawing"),
        ("C3", "c3"),
        ("O", "O"),
        ("o", "o"),
        ("third", "c3"),
        ("Mein Bild", None),
        ("", None),
    ],
)
def test_an_address_names_an_option_by_its_identifier_or_by_a_former_text(
    text: str, means: str | None
) -> None:
    assert identifier(text, OPTIONS, {"third": "c3", "fourth": "c4"}) == means


def script() -> None:
    import streamlit as st

    from pages.parts.common import choice

    words = st.session_state.get("words", "{}")
    with choice.only_shown_in_address():
        layers = {name: words.format(name) for name in ("c1", "s2", "c3")}
        opened = choice.tabs({key: words.format(key) for key in ("first", "second")}, key="part")
        if opened["first"].open:
            with opened["first"]:
                st.text(choice.choice("Layer", layers, "c1", key="layer"))
        if opened["second"].open:
            with opened["second"]:
                st.text(choice.selection("Map", layers, "s2", key="map", formerly={"two": "c3"}))


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    return AppTest.from_function(script)


def shown(page: AppTest) -> str:
    assert not page.exception
    (text,) = page.text
    return str(text.value)


def test_the_default_is_left_out_of_the_address_and_anything_else_stands_in_it(
    page: AppTest,
) -> None:
    page.run()
    assert (shown(page), dict(page.query_params)) == ("c1", {})
    page.segmented_control(key="layer").set_value("c3").run()
    assert (shown(page), page.query_params["layer"]) == ("c3", "c3")
    page.segmented_control(key="layer").set_value("c1").run()
    assert (shown(page), dict(page.query_params)) == ("c1", {})


@pytest.mark.parametrize(
    ("address", "shows", "becomes"),
    [
        ({"layer": "c3"}, "c3", {"layer": "c3"}),
        ({"layer": "C3"}, "c3", {"layer": "c3"}),
        ({"layer": "C9"}, "c1", {}),
        ({"layer": ""}, "c1", {}),
        ({"part": "Second"}, "s2", {"part": "second"}),
        ({"part": "second", "map": "two"}, "c3", {"part": "second", "map": "c3"}),
        ({"part": "third"}, "c1", {}),
    ],
)
def test_an_address_opens_what_it_names_and_then_holds_the_identifier(
    page: AppTest, address: dict[str, str], shows: str, becomes: dict[str, str]
) -> None:
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert (shown(page), dict(page.query_params)) == (shows, becomes)


def test_an_identifier_stays_when_the_words_change(page: AppTest) -> None:
    page.query_params["part"] = "second"
    page.query_params["map"] = "c1"
    page.run()
    page.session_state["words"] = "<{}>"
    page.run()
    assert [tab.label for tab in page.tabs] == ["<first>", "<second>"]
    assert (shown(page), dict(page.query_params)) == ("c1", {"part": "second", "map": "c1"})


def test_a_choice_behind_a_closed_tab_leaves_the_address_and_comes_back(page: AppTest) -> None:
    page.query_params["layer"] = "s2"
    page.run()
    page.session_state["part"] = "second"
    page.run()
    assert (shown(page), dict(page.query_params)) == ("s2", {"part": "second"})
    page.session_state["part"] = "first"
    page.run()
    assert (shown(page), dict(page.query_params)) == ("s2", {"layer": "s2"})


def test_what_no_choice_wrote_stays_in_the_address(page: AppTest) -> None:
    page.query_params["lang"] = "fr"
    page.run()
    assert dict(page.query_params) == {"lang": "fr"}
