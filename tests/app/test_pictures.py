"""Pictures from files, the camera and the clipboard, without a browser."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lenet.files import picture_file
from lenet.files.picture_file import PictureError
from lenet.files.picture_formats import FORMATS
from pages.parts.drawing import paste
from pages.parts.drawing.canvas_state import CanvasState
from pages.parts.drawing.picture_sources import camera_is_lent
from tests.support.app_pages import SEVEN, path_of, put_on_canvas
from tests.support.pictures import huge_png, photo


def text_of(app: AppTest) -> str:
    """All that the page says, without its markup."""
    texts = [element.proto.body for element in app.get("html")]
    return re.sub(r"<style>.*?</style>|<[^>]*>", " ", " ".join(texts), flags=re.S)


def send(app: AppTest, name: str, content: bytes, kind: str = "") -> None:
    """Choose a file, after opening the popover for it if it is closed."""
    if not app.get("file_uploader"):
        app.session_state["upload"] = True
        app.run()
    app.file_uploader[0].set_value((name, content, kind)).run()
    assert not app.exception


def test_a_photo_is_read_and_the_popover_closes(app: AppTest) -> None:
    app.run()
    send(app, "seven.jpg", photo("7"), "image/jpeg")
    assert "The network reads 7" in text_of(app)
    assert not app.get("file_uploader")
    send(app, "two.jpg", photo("2"), "image/jpeg")
    assert "The network reads 2" in text_of(app)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", b"%PDF-1.7"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("notes.png", b"this is no picture at all"),
        ("empty", b""),
    ],
)
def test_a_file_that_is_not_accepted_gets_a_sentence_that_names_what_is(
    app: AppTest, name: str, content: bytes
) -> None:
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    send(app, name, content)
    (sentence,) = [error.value for error in app.error]
    assert all(kind in sentence for kind in FORMATS), sentence
    assert "The network reads 7" in text_of(app), "nothing that was drawn is lost"
    assert app.get("file_uploader"), "another file can be chosen at once"
    app.run()
    assert not app.error, "it is said once"
    send(app, "two.jpg", photo("2"), "image/jpeg")
    assert "The network reads 2" in text_of(app)


@pytest.mark.parametrize("opened", [False, True])
def test_what_is_pasted_closes_the_popover_or_is_refused_in_it(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, opened: bool
) -> None:
    pasted: list[Callable[[Callable[[], bytes]], object]] = []
    contents = [b"%PDF-1.7"]
    monkeypatch.setattr(paste, "listen", pasted.append)
    # No browser, no paste: a button of the page calls what a paste would call.
    monkeypatch.setattr(CanvasState, "undo", lambda _: pasted[-1](contents.pop))
    app.session_state["upload"] = opened
    app.run()
    app.button(key="undo").click().run()
    assert ["please send a PNG" in error.value for error in app.error] == [True]
    assert bool(app.get("file_uploader")) is opened
    contents.append(photo("7"))
    app.button(key="undo").click().run()
    assert not app.exception
    assert "The network reads 7" in text_of(app)
    assert not app.get("file_uploader")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (huge_png(), "100 million pixels"),
        (bytes(picture_file.MOST_BYTES + 1), "more than 20 megabytes"),
        (photo("3")[:3000], "is damaged"),
    ],
    ids=["huge", "long", "cut"],
)
def test_a_picture_that_cannot_be_used_gets_a_sentence(
    app: AppTest, content: bytes, sentence: str
) -> None:
    app.run()
    send(app, "picture.png", content, "image/png")
    assert [sentence in error.value for error in app.error] == [True]


def test_a_photo_of_the_camera_is_read(app: AppTest) -> None:
    app.session_state["upload"] = True
    app.run()
    app.button(key="camera").click().run()
    assert not app.get("file_uploader"), "the dialog stands alone"
    app.camera_input[0].set_value(("camera.jpg", photo("7"), "image/jpeg")).run()
    assert not app.exception
    assert "The network reads 7" in text_of(app)
    assert not app.camera_input, "the dialog is closed"


@pytest.mark.parametrize(
    ("address", "lent"),
    [
        ("https://school.example/", True),
        ("http://localhost:8501/", True),
        ("http://lenet.localhost/", True),
        ("http://127.0.0.1:8501/?pen=8", True),
        ("http://[::1]:8501/", True),
        (None, True),
        ("http://school.example/", False),
        ("http://192.168.1.17:8501/", False),
        ("http://[fd00::2]:8501/", False),
        ("http://localhost.example/", False),
    ],
)
def test_the_camera_is_offered_where_browsers_lend_it(address: str | None, lent: bool) -> None:
    assert camera_is_lent(address) is lent


def test_without_the_camera_the_page_says_so(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.drawing.picture_sources.camera_is_lent", lambda _: False)
    app.session_state["upload"] = True
    app.run()
    assert not [button for button in app.button if button.key == "camera"]
    assert any("only to pages that come over HTTPS" in caption.value for caption in app.caption)


def test_what_is_pasted_arrives_as_it_was_sent() -> None:
    content = np.random.default_rng(1).bytes(paste.MOST_BYTES)
    assert paste.content({"content": base64.b64encode(content).decode()}) == content


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"problem": "none"}, "holds no picture"),
        ({"problem": "large"}, "cannot be sent"),
        ({"content": "A" * (4 * paste.MOST_BYTES)}, "cannot be sent"),
        ({"content": 17}, "cannot be sent"),
        ({"content": "not base64!"}, "arrived damaged"),
        ({"content": "\u00e9\u00e9\u00e9\u00e9"}, "arrived damaged"),
        ({"content": "QUJ"}, "arrived damaged"),
        ("a text", "cannot be sent"),
        (["content"], "cannot be sent"),
        (None, "cannot be sent"),
    ],
)
def test_what_is_pasted_and_no_picture_gets_a_sentence(sent: object, sentence: str) -> None:
    with pytest.raises(PictureError, match=sentence):
        paste.content(sent)
