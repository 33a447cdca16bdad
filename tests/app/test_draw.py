"""The draw page answers what is on the canvas, and survives what should not be there."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lenet import checkpoint
from lenet.answer import sentences
from tests.support.app_pages import SEVEN, figures, path_of, put_on_canvas


def text_of(app: AppTest) -> str:
    """All that the page says, without its markup."""
    texts = [element.proto.body for element in app.get("html")]
    return re.sub(r"<style>.*?</style>|<[^>]*>", " ", " ".join(texts), flags=re.S)


def test_an_empty_canvas_is_called_empty_and_gets_no_digit(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert sentences()["empty"] in text_of(app)


def test_a_drawn_seven_is_read(app: AppTest) -> None:
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    assert not app.exception
    assert "The network reads 7" in text_of(app)


def test_clear_takes_the_drawing_away(app: AppTest) -> None:
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    app.button(key="clear").click().run()
    assert not app.exception
    assert sentences()["empty"] in text_of(app)


def test_undo_takes_back_one_stroke_and_not_more(app: AppTest) -> None:
    bar = [(60, 150), (220, 150)]
    put_on_canvas(app, path_of(SEVEN), path_of(bar))
    app.run()
    with_bar = text_of(app)
    app.button(key="undo").click().run()
    assert "The network reads 7" in text_of(app)
    assert text_of(app) != with_bar
    app.button(key="undo").click().run()
    assert sentences()["empty"] in text_of(app)
    app.button(key="undo").click().run()
    assert not app.exception


@pytest.mark.parametrize(
    "rubbish",
    [
        "a string",
        {"type": "Path", "path": [["M", "x", 1], ["L", None, 2]]},
        {"type": "Path", "path": [["M", float("nan"), 1], ["L", 1e400, 2]]},
        {"type": "Path", "path": "M 0 0"},
        {"type": "Path"},
        {"type": "Rect", "left": 3},
        17,
        None,
    ],
)
def test_what_is_no_stroke_does_no_harm(app: AppTest, rubbish: Any) -> None:
    put_on_canvas(app, rubbish)
    app.run()
    assert not app.exception
    assert not any(character.isdigit() for character in text_of(app).split("answers.")[-1])


def test_a_damaged_weights_file_is_a_sentence_and_one_line_in_the_log(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def damaged(*given: object) -> None:
        raise checkpoint.CheckpointError("The weights are damaged; reinstall the app.")

    monkeypatch.setattr("lenet.checkpoint.read", damaged)
    with caplog.at_level(logging.WARNING, logger="lenet"):
        app.run()
    assert not app.exception
    assert [error.value for error in app.error] == ["The weights are damaged; reinstall the app."]
    assert len(caplog.records) == 1


def test_the_enlarged_layer_is_drawn_only_when_it_is_open(app: AppTest) -> None:
    app.run()
    assert not figures(app)
