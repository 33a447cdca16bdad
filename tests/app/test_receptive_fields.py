"""The page of receptive fields without a browser: whatever the address says, it opens."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

import lenet
from lenet import spec
from lenet.analysis.effective_field import gradients, share_in_the_middle
from lenet.units import Unit
from tests.support.app_pages import SEVEN, figures, page_of, path_of, put_on_canvas
from tests.support.running_app import ROOT

PAGE = "pages/explore/receptive_fields.py"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    return page_of(PAGE)


def said(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def test_it_opens_on_a_unit_of_c3(page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert not page.error
    assert "C3[9] (4,4)" in said(page)
    assert figures(page) == 1


def test_the_address_names_the_unit_and_the_question(page: AppTest) -> None:
    for key, value in {"unit_layer": "c1", "unit_map": "5", "unit_row": "27"}.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    assert "C1[5] (27,4)" in said(page)


@pytest.mark.parametrize(
    ("about", "said_there"),
    [
        ("effective", "of its area and holds"),
        ("Heeded", "of its area and holds"),
        ("top-activations", "its highest values"),
        ("Liked best", "its highest values"),
        ("who-sees-it", "units that see it"),
        ("Who sees it", "units that see it"),
        ("growth", "field = before"),
        ("How fields grow", "field = before"),
        ("centres", "the centres of C3 fill"),
        ("Centres", "the centres of C3 fill"),
    ],
)
def test_a_tab_opens_by_its_identifier_and_by_its_title_of_before(
    page: AppTest, about: str, said_there: str
) -> None:
    page.query_params["about"] = about
    page.run()
    assert not page.exception
    assert said_there in said(page)
    assert figures(page) == 1


@pytest.mark.parametrize(("centres", "side"), [("C5", "28\u00d728"), ("c5", "28")])
def test_centres_open_by_identifiers_and_by_texts_of_before(
    page: AppTest, centres: str, side: str
) -> None:
    for key, value in {"about": "Centres", "centres": centres, "input_side": side}.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    assert "On 28\u00d728 pixels C5 would have no unit" in page.info[0].value


def test_a_layer_opens_by_its_name_of_before(page: AppTest) -> None:
    page.query_params["unit_layer"] = "C5"
    page.query_params["unit_map"] = "77"
    page.run()
    assert "C5[77]" in said(page)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("unit_layer", "C9"),
        ("unit_map", "16"),
        ("unit_map", "-1"),
        ("unit_row", "many"),
        ("unit_column", "1e9"),
        ("about", "Nothing"),
        ("on", "12"),
    ],
)
def test_a_bad_address_falls_back(page: AppTest, key: str, value: str) -> None:
    page.query_params[key] = value
    page.run()
    assert not page.exception
    assert not page.error
    assert figures(page) == 1


def test_another_layer_keeps_the_place_as_far_as_it_has_one(page: AppTest) -> None:
    page.run()
    page.number_input(key="unit_row").set_value(9).run()
    page.session_state["unit_layer"] = "s4"
    page.run()
    assert not page.exception
    assert "S4[9] (4,4)" in said(page)


def test_a_pixel_needs_no_gradient(page: AppTest) -> None:
    page.query_params["unit_layer"] = "Input"
    page.run()
    assert not page.exception
    assert "A pixel sees itself alone" in page.info[0].value


def test_the_visitors_own_drawing_is_what_the_gradient_is_of(app: AppTest) -> None:
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    page = app.switch_page(PAGE)
    page.session_state["unit_row"] = 1
    page.run()
    assert not page.exception
    assert "Your own drawing" in page.caption[0].value
    gradient = gradients(lenet.load(), lenet.ink.from_strokes([SEVEN]), Unit(spec.C3, 9, 1, 4))[0]
    share = share_in_the_middle(gradient, spec.C3.sees(1, 4)).mass
    assert f"<b>{share:.0%}</b> of the gradient on this drawing" in said(page)
