"""The page about the architecture without a browser."""

from __future__ import annotations

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lenet import spec
from tests.support.app_pages import SEVEN, figures, opened, page_of, path_of, put_on_canvas
from tests.support.running_app import ROOT

PAGE = "pages/explore/architecture.py"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    return page_of(PAGE)


def text_of(page: AppTest) -> str:
    html = " ".join(element.proto.body for element in page.get("html"))
    said = [element.value for kind in (page.markdown, page.caption) for element in kind]
    return " ".join([re.sub(r"<[^>]*>", " ", html), *said])


def test_it_opens_cold_with_the_papers_table(page: AppTest) -> None:
    text = text_of(opened(page, {}))
    for figure in ("60,000", "340,908", "122,304", "6 × (5 × 5 + 1) = 156"):
        assert figure in text
    assert figures(page) == 1


def test_areas_are_parameters_and_connections_on_one_scale_beside_their_numbers(
    page: AppTest,
) -> None:
    opened(page, {})
    (body,) = (each.proto.body for each in page.get("html") if "<figure" in each.proto.body)
    layers = re.findall(r"<li>(.*?)</li>", body)
    assert len(layers) == len(spec.SQUASHED)
    scales = set()
    for layer, item in zip(spec.SQUASHED, layers, strict=True):
        outer, inner = (float(side) ** 2 for side in re.findall(r"--side: ([\d.]+)", item))
        assert inner / outer == pytest.approx(layer.parameters / layer.connections, rel=1e-3)
        scales.add(round(outer / layer.connections, 9))
        said = dict(re.findall(r"<dt[^>]*>(.*?)</dt><dd>(.*?)</dd>", item))
        assert said["connections"] == f"{layer.connections:,}"
        assert said["parameters"] == f"{layer.parameters:,}"
        assert float(said["each is used"].split()[0].replace(",", "")) == pytest.approx(
            layer.connections / layer.parameters, abs=0.05
        )
    assert len(scales) == 1


def markup(page: AppTest, figure: str) -> str:
    """A figure that is markup."""
    bodies = [each.proto.body for each in page.get("html")]
    (found,) = (body for body in bodies if f'class="{figure}"' in body)
    return str(found)


def test_changes_are_shown_in_percent_for_every_layer(page: AppTest) -> None:
    opened(page, {"part": "ideas-and-arithmetic", "on": "3"})
    body = markup(page, "bars")
    assert re.findall(r"<dt>(.*?)</dt>", body) == [layer.name for layer in spec.SQUASHED]
    bars = re.findall(r"--share: ([\d.]+)\"></i><span>(\d+)%</span>", body)
    assert len(bars) == 2 * len(spec.SQUASHED)
    shares, percents = np.array(bars, float).T
    assert shares.max() == 1
    np.testing.assert_allclose(shares, percents / percents.max(), atol=0.02)
    said = re.findall(r"\*\*(\d+)%\*\*", text_of(page))
    assert [percents[0], percents[6], percents[10]] == [float(each) for each in said[:3]]


@pytest.mark.parametrize(
    ("pixels", "size", "stride", "padding", "starts"),
    [(7, 3, 2, 1, [-1, 1, 3, 5]), (32, 5, 1, 0, list(range(28))), (4, 4, 3, 0, [0])],
)
def test_each_output_is_a_bar_over_the_pixels_that_it_reads(
    page: AppTest, pixels: int, size: int, stride: int, padding: int, starts: list[int]
) -> None:
    asked = {"pixels": pixels, "size": size, "stride": stride, "padding": padding}
    opened(page, {"part": "ideas-and-arithmetic"} | {k: str(v) for k, v in asked.items()})
    body = markup(page, "positions")
    whole = pixels + 2 * padding
    bars = re.findall(r'class="(\w+)"[^>]*--from: ([\d.]+); --part: ([\d.]+)', body)
    found = [(kind, float(a) * whole - padding, float(b) * whole) for kind, a, b in bars]
    outputs = [(first, length) for kind, first, length in found if kind == "other"]
    assert [first for first, _ in outputs] == pytest.approx(starts, abs=1e-3)
    assert [length for _, length in outputs] == pytest.approx([size] * len(starts), abs=1e-3)
    line = [(first, length) for kind, first, length in found if kind != "other"]
    padded = [(-padding, padding), (pixels, padding)] if padding else []
    assert np.array(line) == pytest.approx(np.array([*padded, (0, pixels)]), abs=1e-3)


def test_any_layer_can_be_unfolded(page: AppTest) -> None:
    assert "60 × 5 × 5 + 16 = 1,516" in text_of(opened(page, {"unfold": "C3"}))


def test_three_ideas_are_shown_on_a_sample_and_say_so(page: AppTest) -> None:
    text = text_of(opened(page, {"part": "Three ideas", "on": "8"}))
    assert "a packaged sample of a 8" in text
    assert "(32 − 5) / 1 + 1 = 28" in text
    assert figures(page) == 4


def test_three_ideas_are_shown_on_the_visitors_own_drawing(app: AppTest) -> None:
    put_on_canvas(app, path_of(SEVEN))
    app.run()
    page = app.switch_page(PAGE)
    page.query_params["part"] = "Three ideas"
    page.run()
    assert not page.exception
    assert "Your own drawing" in text_of(page)


def test_the_gates_turn_coefficient_and_bias(page: AppTest) -> None:
    opened(page, {"part": "Three ideas"})
    page.button(key="gate_noisy-or").click().run()
    either = page.slider(key="bias").value
    page.button(key="gate_noisy-and").click().run()
    every = page.slider(key="bias").value
    assert isinstance(every, float)
    assert either == -every
    assert every < 0
    assert page.slider(key="coefficient").value == 1
    page.button(key="gate_blur").click().run()
    assert (page.slider(key="coefficient").value, page.slider(key="bias").value) == (0.25, 0)
    assert not page.exception


def test_a_kernel_that_does_not_fit_is_a_sentence(page: AppTest) -> None:
    opened(page, {"part": "Three ideas", "pixels": "4", "size": "9"})
    (info,) = page.info
    assert "does not fit into 4 pixels" in info.value


@pytest.mark.parametrize("layer", ["C1", "S2", "C3", "S4", "C5", "F6"])
def test_every_layers_parameters_are_on_view(page: AppTest, layer: str) -> None:
    text = text_of(opened(page, {"part": "Learned parameters", "weights": layer}))
    assert f"{layer} has" in text
    assert figures(page) == (2 if layer == "C5" else 1)


def test_the_disagreements_are_settled(page: AppTest) -> None:
    text = text_of(opened(page, {"part": "Disagreements"}))
    assert "60,000 + 850 − 44 + 900 = 61,706" in text


@pytest.mark.parametrize(
    "parameters",
    [
        {"unfold": "C9"},
        {"part": "Nothing"},
        {"part": "Three ideas", "row": "28", "column": "-1", "kernel": "x"},
        {"part": "Three ideas", "coefficient": "nan", "bias": "1e9", "shift": "away"},
        {"part": "Three ideas", "pixels": "0", "size": "99", "stride": "0", "padding": "x"},
        {"part": "Learned parameters", "weights": "Output"},
        {"part": "Learned parameters", "weights": "C5", "c5_unit": "120"},
    ],
)
def test_a_bad_address_falls_back(page: AppTest, parameters: dict[str, str]) -> None:
    opened(page, parameters)
    assert not page.error
    assert figures(page)
