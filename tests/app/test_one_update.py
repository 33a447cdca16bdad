"""The part of the page Training in which one update is looked at, without a browser."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lenet import checkpoint, packaged_digits
from lenet.mnist import DataError
from lenet.spec import INPUT_SIZE
from tests.support.app_pages import SEVEN, path_of, put_on_canvas, sent

PAGE = "pages/learn/training.py"
COMPONENT = "lenet_training_one_update_one_update"


def opened(app: AppTest) -> AppTest:
    app.query_params["show"] = "update"
    app.switch_page(PAGE).run()
    assert not app.exception
    return app


def test_the_browser_gets_the_network_the_digits_and_one_that_stands_in(app: AppTest) -> None:
    header, values = sent(opened(app), COMPONENT)
    assert header["network"] == checkpoint.identity(checkpoint.read())
    assert f"network-{header['network']}" in header["needs"]
    assert (header["digits"], header["label"]) == (packaged_digits.NAME, 3)
    assert header["empty"]
    image = values.reshape(INPUT_SIZE, INPUT_SIZE)[2:-2, 2:-2]
    judges = packaged_digits.load().images[packaged_digits.LEARN :]
    grey = np.rint((image + 0.1) * 255 / 1.275).astype(np.uint8)
    (place,) = np.flatnonzero((judges == grey).all((1, 2)))
    assert place % 10 == header["label"]


def test_the_browser_gets_what_is_drawn(app: AppTest) -> None:
    opened(app)
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    header, values = sent(app, COMPONENT)
    assert not header["empty"]
    assert len(values) == INPUT_SIZE**2 + 2 * len(SEVEN)


def test_without_digits_a_sentence_says_so(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged() -> None:
        raise DataError("The packaged digits cannot be read; restore them.")

    monkeypatch.setattr("pages.parts.training.one_update._sample", damaged)
    opened(app)
    (error,) = app.error
    assert "restore them" in error.value
