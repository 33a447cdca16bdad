"""What the log says of a visit: that it was, and how long it took, and nothing of the visitor."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lenet.drawing import InkError
from pages.parts.common import errors
from pages.parts.drawing.picture import Picture
from pages.serving.metrics import RERUNS, Reporter
from tests.support.app_pages import SEVEN, path_of, put_on_canvas

SECRETS = ("31.4159", "secret-of-a-visitor", "C:\\Users\\Mary", "198.51.100.7")


def test_a_visits_reruns_are_counted_and_timed(app: AppTest) -> None:
    app.run()
    RERUNS.take()
    app.run()
    app.button(key="clear").click().run()
    count, times = RERUNS.take()
    assert count == len(times) == 2
    assert all(0 < milliseconds < 60_000 for milliseconds in times)


def test_neither_drawing_nor_link_nor_file_name_nor_address_is_logged(
    app: AppTest, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG, logger="lenet"):
        app.query_params["drawing"] = SECRETS[1]
        put_on_canvas(app, path_of([(31.4159, 40), *SEVEN]))
        app.run()
        put_on_canvas(app, {"type": "Path", "path": SECRETS[1]}, path_of(SEVEN))
        app.run()
        Reporter(RERUNS, lambda: 1).report()
    assert not app.exception
    assert any(record.name == "lenet.metrics" for record in caplog.records)
    said = caplog.text + "".join(capfd.readouterr())
    assert not [secret for secret in SECRETS if secret in said]


@pytest.mark.parametrize(
    "fails",
    [
        lambda: Picture.read(b"no picture secret-of-a-visitor"),
        lambda: (_ for _ in ()).throw(InkError("a point at 31.4159, from 198.51.100.7")),
    ],
    ids=["picture", "ink"],
)
def test_a_visitors_mistake_is_logged_by_its_kind_and_place_only(
    fails: Callable[[], Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="lenet"):
        assert errors.attempt_show_later(lambda: list(fails())) is None
    (record,) = [record for record in caplog.records if record.name == "lenet"]
    said = record.getMessage()
    assert not [secret for secret in SECRETS if secret in said]
    assert ".py, line " in said
    assert said.startswith(("PictureError", "InkError"))
