"""The shipped fonts are served below every address of the app, and nothing else is."""

from __future__ import annotations

import pytest

from lenet.browser.assets import ASSETS
from pages.serving.fonts import Fonts
from tests.support.asgi import ask

FILES = sorted((ASSETS / "fonts").glob("*.woff2"))


@pytest.mark.parametrize("folder", ["", "/output-codes", "/lenet/output-codes", "/~/+"])
def test_a_font_is_served_below_every_address_and_kept(folder: str) -> None:
    assert FILES
    for file in FILES:
        headers, body = ask(Fonts, f"{folder}/fonts/{file.name}")
        assert body == file.read_bytes()
        assert headers["content-type"] == "font/woff2"
        assert "immutable" in headers["cache-control"]
        assert ask(Fonts, f"{folder}/fonts/{file.name}", "HEAD")[0]["content-length"] == str(
            len(body)
        )


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/fonts/OFL.txt", "GET"),
        ("/fonts/ko.css", "GET"),
        ("/fonts/xx.woff2", "GET"),
        ("/fonts/../ko.woff2", "GET"),
        ("/fonts/", "GET"),
        ("/fonts/ko.woff2", "POST"),
    ],
)
def test_nothing_else_is(path: str, method: str) -> None:
    assert ask(Fonts, path, method)[1] == b"a page"
