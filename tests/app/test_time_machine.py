"""The page Training without a browser: its parts, and the recorded runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lenet.spec import INPUT_SIZE
from tests.support import recorded_trainings
from tests.support.app_pages import SEVEN, figures, path_of, put_on_canvas, sent

PAGE = "pages/learn/training.py"
COMPONENT = "lenet_training_machine_machine"


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


def test_the_browser_gets_the_moments_of_a_run_and_no_weights(app: AppTest, folder: Path) -> None:
    opened(app, run="plain")
    header, values = sent(app, COMPONENT)
    run = header["run"]
    assert run["name"] == "plain"
    assert tuple(each["patterns"] for each in run["moments"]) == recorded_trainings.MOMENTS
    for moment in run["moments"]:
        start, hashed, name = moment["address"].split("/", 2)
        assert (start, len(hashed)) == ("files", 16)
        assert (folder.parents[1] / name).exists()
    assert {*run["ranges"]} == {"c1", "c3"}
    assert header["empty"]
    assert header["sample"]
    assert len(values) == INPUT_SIZE**2  # the sample that stands in


def test_the_browser_gets_what_is_drawn(app: AppTest) -> None:
    opened(app)
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    header, values = sent(app, COMPONENT)
    assert not header["empty"]
    assert header["drawing"]["points"] == [len(SEVEN)]
    assert len(values) == INPUT_SIZE**2 + 2 * len(SEVEN)


def test_damaged_weights_take_their_run_away_and_leave_the_rest(app: AppTest, folder: Path) -> None:
    (folder / "1998" / "00000250.safetensors").write_bytes(b"no weights")
    opened(app)
    (error,) = app.error
    assert "1998 is missing" in error.value
    assert figures(app) == 2
    (run,) = [one for one in app.selectbox if one.key == "run"]
    run.set_value("plain").run()
    assert not app.error
    assert sent(app, COMPONENT)[0]["run"]["name"] == "plain"
