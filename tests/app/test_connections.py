"""The page about Table I without a browser."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from lenet.analysis import connection_table as tables
from tests.support.app_pages import SEVEN, opened, page_of, path_of, put_on_canvas
from tests.support.running_app import ROOT

PAGE = "pages/explore/connections.py"
ALL = tables.to_text(tables.full())


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    return page_of(PAGE)


def metrics(page: AppTest) -> list[str]:
    return [metric.value for metric in page.metric]


def captions(page: AppTest) -> str:
    return " ".join(caption.value for caption in page.caption)


def test_it_opens_cold_with_a_sample_and_the_papers_counts(page: AppTest) -> None:
    opened(page, {})
    assert "You have drawn nothing yet" in captions(page)
    assert metrics(page) == ["60", "1,516", "151,600"]
    assert "What makes C3[0]?" in captions(page)


def test_it_shows_the_visitors_own_drawing(app: AppTest) -> None:
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    page = app.switch_page(PAGE)
    page.run()
    assert not page.exception
    assert "Your own drawing" in captions(page)
    sentences = [text.value for text in page.markdown if "The network reads" in text.value]
    assert len(sentences) == 2
    assert all("The network reads 7" in sentence for sentence in sentences)


def test_its_address_says_what_is_shown(page: AppTest) -> None:
    opened(page, {"s2": "2", "c3": "7", "cell": "contribution", "on": "4", "table": ALL})
    assert "How does S2[2] enter C3[7]?" in captions(page)
    assert "a packaged sample of a 4" in captions(page)
    assert metrics(page) == ["96", "2,416", "241,600"]


def test_a_row_alone_shows_where_an_s2_map_goes(page: AppTest) -> None:
    opened(page, {"s2": "5", "c3": "all"})
    assert "Where does S2[5] go? To 10 C3 maps" in captions(page)


@pytest.mark.parametrize(
    "parameters",
    [
        {"s2": "6", "c3": "16"},
        {"s2": "-1", "c3": "x"},
        {"cell": "everything", "on": "ten"},
        {"table": "zz"},
        {"table": "f" * 23},
        {"consequence": "nothing"},
    ],
)
def test_a_bad_address_falls_back(page: AppTest, parameters: dict[str, str]) -> None:
    opened(page, parameters)
    assert metrics(page) == ["60", "1,516", "151,600"]
    assert "What makes C3[0]?" in captions(page)


def test_a_pair_that_is_not_connected_is_said_to_be(page: AppTest) -> None:
    opened(page, {"s2": "0", "c3": "1"})
    (info,) = page.info
    assert info.value == "S2[0] and C3[1] are not connected: C3[1] reads S2 1, 2, 3."


def test_the_buttons_change_the_table_and_reset_is_one_click(page: AppTest) -> None:
    opened(page, {})
    page.button(key="connect_all").click().run()
    assert metrics(page) == ["96", "2,416", "241,600"]
    assert page.query_params["table"] == ALL
    page.button(key="fill_at_random").click().run()
    assert metrics(page) == ["60", "1,516", "151,600"]
    assert "table" in page.query_params
    page.button(key="reset_table").click().run()
    assert metrics(page) == ["60", "1,516", "151,600"]
    assert "table" not in page.query_params
    assert not page.exception


def test_a_changed_table_is_still_in_the_address_after_a_walk_to_another_page(
    app: AppTest,
) -> None:
    app.run()
    page = app.switch_page(PAGE)
    page.run()
    page.button(key="connect_all").click().run()
    page.switch_page("pages/watch/draw.py").run()
    page.query_params.clear()
    page.switch_page(PAGE).run()
    assert not page.exception
    assert metrics(page) == ["96", "2,416", "241,600"]
    assert page.query_params["table"] == ALL


def test_another_table_gives_other_distances_and_the_published_ones_stay(page: AppTest) -> None:
    opened(page, {})
    (before, same) = numbers(page)
    assert before == same
    page.button(key="connect_all").click().run()
    (still, changed) = numbers(page)
    assert still == before
    assert changed != before


def numbers(page: AppTest) -> list[list[str]]:
    sentences = [text.value for text in page.markdown if " away." in text.value]
    return [re.findall(r"\d+\.\d+", sentence) for sentence in sentences]
