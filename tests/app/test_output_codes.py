"""The page of output codes without a browser: whatever the address says, it opens."""

from __future__ import annotations

import math
import re

import pytest
import torch
from streamlit.testing.v1 import AppTest

import lenet
from lenet import checkpoint, ink
from lenet.analysis import non_digits as analysis
from lenet.drawing import link, non_digits
from pages.parts.network.network import Network
from pages.parts.output_codes.code_morph import read, write
from tests.support.app_pages import SEVEN, figures, page_of, path_of, put_on_canvas, sheets
from tests.support.running_app import ROOT

PAGE = "pages/explore/output_codes.py"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    return page_of(PAGE)


def test_it_opens_on_the_distances(page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert not page.error
    assert "3 wins with a distance of" in page.markdown[0].value
    assert figures(page) == 2


@pytest.mark.parametrize(
    ("part", "charts"),
    [
        ("by-hand", 0),
        ("codes", 2),
        ("probabilities", 2),
        ("rejection", 1),
        ("all-samples", 1),
        # as older addresses name them
        ("F6 by hand", 0),
        ("The codes", 2),
        ("Probabilities", 2),
        ("Rejection", 1),
        ("All samples", 1),
    ],
)
def test_every_part_opens_by_its_own_address(page: AppTest, part: str, charts: int) -> None:
    page.query_params["part"] = part
    page.run()
    assert not page.exception
    assert figures(page) == charts


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("Nothing", "on", "x"),
        ("F6 by hand", "f6", "11-900-99.1"),
        ("The codes", "character", "no"),
        ("Probabilities", "j", "-5"),
        ("Rejection", "threshold", "many"),
        ("All samples", "plane", "sphere"),
        ("All samples", "across", "x"),
    ],
)
def test_a_bad_address_falls_back(page: AppTest, part: str, key: str, value: str) -> None:
    page.query_params["part"] = part
    page.query_params[key] = value
    page.run()
    assert not page.exception
    assert not page.error


@pytest.mark.parametrize("plane", ["two-distances", "two distances"])
def test_two_distances_can_be_chosen(page: AppTest, plane: str) -> None:
    page.query_params["part"] = "All samples"
    page.query_params["plane"] = plane
    page.query_params["across"] = "7"
    page.run()
    assert not page.exception
    assert page.selectbox(key="across").value == "7"


@pytest.mark.parametrize(
    "text", ["8-50-3.17.80", "0-100-", "9-0-0", "3-1-83"], ids=lambda text: f"f6={text}"
)
def test_what_was_changed_by_hand_survives_the_address(text: str) -> None:
    assert write(read(text, 4)) == text


@pytest.mark.parametrize(
    "text", ["", "8-50", "8-101-1", "8-50-84", "a-1-2", "8-50-3.", "\u0663-1-2"]
)
def test_anything_else_is_f6_as_it_is(text: str) -> None:
    state = read(text, 4)
    assert state == {"towards": 4, "amount": 0.0, "flipped": []}
    assert write(state) == ""


def test_the_visitors_own_drawing_is_what_is_compared(app: AppTest) -> None:
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    page = app.switch_page(PAGE)
    page.run()
    assert not page.exception
    assert "7 wins with a distance of" in page.markdown[0].value


@pytest.fixture
def page_that_refuses(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page with the shipped weights and a rejection distance that nothing comes below."""
    strict = Network(checkpoint.read(), rejection=0.01)
    monkeypatch.setattr("pages.parts.network.network.load", lambda: strict)
    return page


def test_what_is_no_digit_wins_nowhere(page_that_refuses: AppTest) -> None:
    page_that_refuses.run()
    assert not page_that_refuses.exception
    (verdict, *_) = page_that_refuses.markdown
    assert verdict.value.startswith("No digit it knows; nearest 3, at ")
    assert "wins" not in verdict.value
    codes_figure = sheets(page_that_refuses)[1]
    outlines = [each["outlines"] for row in codes_figure["rows"] for pair in row for each in pair]
    assert len(outlines) == 20
    assert not any(outlines), "no code is outlined"


def rows(page: AppTest) -> dict[str, list[str]]:
    """The table of the Rejection tab: what is drawn -> the cells beside it."""
    (shown,) = (each.proto.body for each in page.get("html") if "<table" in each.proto.body)
    lines = re.findall(r"<tr[^>]*><th[^>]*>(.*?)</th>(.*?)</tr>", shown.split("<tbody")[1])
    return {name: re.findall(r"<td[^>]*>(.*?)</td>", cells) for name, cells in lines}


def test_the_visitors_own_drawing_is_in_the_table_of_verdicts(app: AppTest) -> None:
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    page = app.switch_page(PAGE)
    page.query_params["part"] = "rejection"
    page.run()
    assert not page.exception
    x = ink.from_strokes([SEVEN])
    assert x is not None
    distance = float(lenet.load()(x).min())
    digit, away, verdict, *_ = rows(page)["your drawing"]
    assert (digit, verdict) == ("7", "believed to be a 7")
    assert float(away) == pytest.approx(distance, abs=0.06)
    assert [name for name in rows(page) if name not in non_digits.names().values()] == [
        "your drawing"
    ]


def test_one_slider_decides_about_every_row_and_both_errors(page: AppTest) -> None:
    page.query_params["part"] = "rejection"
    page.run()
    (slider,) = page.slider
    assert slider.value == checkpoint.rejection_distance()
    with torch.inference_mode():
        nearest = lenet.load()(analysis.inputs()).min(1).values.tolist()
        varied = lenet.load()(analysis.variations()).min(1).values.numpy()
    for threshold in (0.0, 12.5, 100.0):
        page.slider(key="threshold").set_value(threshold).run()
        assert not page.exception
        shown = rows(page)
        assert "the sample above" in shown
        for name, distance in zip(non_digits.names().values(), nearest, strict=True):
            believed = shown[name][2].startswith("believed")
            assert believed == (distance <= threshold), name
        share = f"{100 * (varied <= threshold).mean():.1f}%"
        assert any(share in each.value for each in page.markdown)


@pytest.mark.parametrize("distance", [math.inf, 400.0])
def test_a_network_that_turns_nothing_down_has_its_tabs_too(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, distance: float
) -> None:
    credulous = Network(checkpoint.read(), rejection=distance)
    monkeypatch.setattr("pages.parts.network.network.load", lambda: credulous)
    for part in ("distances", "by-hand", "probabilities", "rejection"):
        page.query_params["part"] = part
        page.run()
        assert not page.exception


def test_a_packaged_non_digit_that_is_drawn_gets_the_verdict_that_it_has_in_the_table(
    page: AppTest,
) -> None:
    page.query_params["part"] = "rejection"
    page.query_params["drawing"] = link.write(non_digits.drawing("heart"))
    page.run()
    shown = rows(page)
    assert shown["your drawing"] == shown["heart"] != shown["star"]
