"""Downloads cost nothing until they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lenet import checkpoint, spec
from tests.support.app_pages import SEVEN, path_of, put_on_canvas

MADE = ("activations_csv", "activations_npz", "weights_zip")
ALL = [
    "Activations as CSV",
    "Activations as NPZ",
    "This page as one file",
    "Weights with their card",
]


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.download_button]


def said(app: AppTest) -> str:
    return " ".join(caption.value for caption in app.caption)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the exports that were made."""
    made: list[str] = []

    def note(name: str) -> Callable[..., bytes]:
        def make(*_: object) -> bytes:
            made.append(name)
            return b""

        return make

    for name in MADE:
        monkeypatch.setattr(f"lenet.export.{name}", note(name))
    monkeypatch.setattr("lenet.browser.single_file.build", note("page"))
    return made


def test_nothing_is_made_while_the_popover_is_closed(app: AppTest, asked: list[str]) -> None:
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    assert not app.exception
    assert labels(app) == []
    assert asked == []


def test_opened_it_offers_all_and_makes_no_activations_before_a_click(
    app: AppTest, asked: list[str]
) -> None:
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    app.session_state["download"] = True
    app.run()
    assert not app.exception
    assert labels(app) == ALL
    assert asked == ["weights_zip"]
    assert f"{spec.UNITS:,} numbers of your drawing" in said(app)


def test_without_a_drawing_it_says_that_this_is_the_network_at_rest(app: AppTest) -> None:
    app.session_state["download"] = True
    app.run()
    assert not app.exception
    assert "the network at rest" in said(app)
    assert labels(app) == ALL


def test_damaged_weights_are_a_sentence_and_the_activations_stay_on_offer(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged() -> Any:
        raise checkpoint.CheckpointError("The weights are damaged; reinstall the app.")

    monkeypatch.setattr("lenet.export.weights_zip", damaged)
    app.session_state["download"] = True
    app.run()
    assert not app.exception
    assert [error.value for error in app.error] == ["The weights are damaged; reinstall the app."]
    assert labels(app) == ALL[:-1]
