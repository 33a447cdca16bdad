"""The page Training without a browser: its parts, and the recorded runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support import recorded_trainings
from tests.support.app_pages import figures

PAGE = "pages/learn/training.py"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Recordings that nobody made: what is tested does not depend on them."""
    place = tmp_path / "training" / "recorded"
    recorded_trainings.write(place, "1998", "plain")
    monkeypatch.setattr("lenet.analysis.recorded_runs.FOLDER", place)
    monkeypatch.setattr("pages.serving.hashed_files.ASSETS", tmp_path)
    return place


def opened(app: AppTest, **address: str) -> AppTest:
    for name, text in address.items():
        app.query_params[name] = text
    app.switch_page(PAGE).run()
    assert not app.exception
    return app


def test_the_runs_that_are_there_can_be_chosen_and_stand_in_the_address(app: AppTest) -> None:
    opened(app)
    (run,) = [one for one in app.selectbox if one.key == "run"]
    assert len(run.options) == 2
    assert figures(app) == 2
    run.set_value("plain").run()
    assert app.query_params["run"] == "plain"
    assert not app.error


def test_an_unknown_part_opens_the_time_machine(app: AppTest) -> None:
    opened(app, show="nothing", run="nothing")
    assert [one.value for one in app.selectbox if one.key == "run"] == ["1998"]


def test_without_recordings_a_sentence_says_so(app: AppTest, folder: Path) -> None:
    (folder / "runs.json").write_text("{")
    opened(app)
    (error,) = app.error
    assert "restore it" in error.value


def test_a_damaged_run_is_missing_with_a_sentence(app: AppTest, folder: Path) -> None:
    content = (folder / "runs.json").read_text()
    (folder / "runs.json").write_text(content.replace('"digits": 60000', '"digits": 0', 1))
    opened(app)
    (error,) = app.error
    assert "1998 is missing" in error.value
    assert [len(one.options) for one in app.selectbox if one.key == "run"] == [1]
