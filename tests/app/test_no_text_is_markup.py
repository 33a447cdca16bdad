"""What Plotly makes of our texts and numbers: it shows them as they are meant.

It reads titles, labels and hover texts as markup, and no text of ours may be taken for it: every
text of the catalogue is made to end in characters that mean something in markup, as a translation
may, and what reaches Plotly has to have them escaped.

Where a hover text leaves a number for Plotly to fill in, it writes a hyphen for a minus. So
numbers that may be below zero have to come as texts of the catalogue.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from gettext import NullTranslations
from typing import Any

import numpy as np
import pytest

from lenet import catalogue
from tests.support.app_pages import opened, page_of
from tests.support.running_app import ROOT

END = " <b> & >"

OURS = re.compile(r"<extra></extra>|</?b>|<br>")
"""The tags that figures mean."""


class Marked(NullTranslations):
    """Every text ends in characters that mean something in markup."""

    def gettext(self, message: str) -> str:
        return message + END

    def ngettext(self, one: str, many: str, count: int) -> str:
        return (one if count == 1 else many) + END


PAGES: list[tuple[str, dict[str, str]]] = [
    *[("output_codes", {"part": part}) for part in ("codes", "probabilities", "rejection")],
    ("connections", {}),
    *[("receptive_fields", {"about": part}) for part in ("growth", "centres")],
    *[
        ("architecture", {"part": part, "weights": weights})
        for part, weights in (("learned-parameters", "s2"),)
    ],
]


NAMES_ALONE = {"about": "growth"}
"""A figure with the layers' names and nothing to translate."""


@pytest.mark.parametrize(
    ("script", "parameters"),
    PAGES,
    ids=["-".join([page, *asked.values()]) for page, asked in PAGES],
)
def test_a_text_with_markup_in_it_reaches_plotly_escaped(
    script: str, parameters: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(catalogue, "_translations", lambda _: Marked())
    page = opened(page_of(f"pages/explore/{script}.py"), parameters)
    charts = page.get("plotly_chart")
    assert charts, "a page with figures"
    for chart in charts:
        figure = json.loads(chart.proto.spec)
        for trace in figure["data"]:
            assert not list(hyphens(trace)), trace["hovertemplate"]
        shown = list(texts_of(figure))
        if parameters != NAMES_ALONE:
            assert any("&amp;" in text for text in shown), "texts of the catalogue are shown"
        for text in shown:
            assert END.strip() not in text, text
            assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", OURS.sub("", text)), text


def texts_of(described: Any) -> Iterator[str]:
    """Every string of a figure's description, but for binary data."""
    if isinstance(described, str):
        yield described
    elif isinstance(described, list):
        for one in described:
            yield from texts_of(one)
    elif isinstance(described, dict) and "bdata" not in described:
        for one in described.values():
            yield from texts_of(one)


def test_a_hyphen_for_a_minus_is_found() -> None:
    packed = {
        "dtype": "f4",
        "bdata": base64.b64encode(np.array([1, -2], np.float32).tobytes()).decode(),
    }
    assert list(hyphens({"hovertemplate": "%{y:.2f} at %{x}", "x": [0, 1], "y": packed})) == ["y"]
    assert list(hyphens({"hovertemplate": "%{customdata[0]}", "customdata": [[0.5, -1]]}))
    assert list(hyphens({"hovertemplate": "%{text}", "text": ["-1.5"]}))
    assert not list(hyphens({"hovertemplate": "%{text}", "text": ["\u22121.5", "sub-sampling"]}))


def hyphens(trace: dict[str, Any]) -> Iterator[str]:
    """What a trace's hover text names that has a number which Plotly writes with a hyphen."""
    for name in re.findall(r"%\{(\w+)", trace.get("hovertemplate") or ""):
        if any(re.match(r"-[\d.]", str(value)) for value in values_in(trace.get(name))):
            yield name


def values_in(described: Any) -> Iterator[Any]:
    """Every number and text of an array as Plotly gets it."""
    if isinstance(described, dict):
        yield from np.frombuffer(base64.b64decode(described["bdata"]), described["dtype"]).tolist()
    elif isinstance(described, list):
        for one in described:
            yield from values_in(one)
    elif described is not None:
        yield described
