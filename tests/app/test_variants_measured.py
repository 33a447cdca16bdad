"""What was measured of all networks, below the Variants page's own comparison."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import torch
from streamlit.testing.v1 import AppTest

import lenet
from lenet import samples
from lenet.analysis import disagreements, results
from lenet.variants import COMPARED_WITH, MODEL, VARIANTS
from pages.parts.network import sample_units
from tests.support import recorded, untrained
from tests.support.app_pages import figures

TITLES = {name: variant.title() for name, variant in VARIANTS.items()}


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return untrained.write(tmp_path_factory.mktemp("weights"))


@pytest.fixture
def folder(weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Untrained weights and made-up results, to be changed by a test."""
    for file in weights.iterdir():
        (tmp_path / file.name).symlink_to(file)
    monkeypatch.setattr("lenet.variants.FOLDER", tmp_path)
    return recorded.write(tmp_path)


def opened(app: AppTest, tab: str, networks: str = "lenet5-plain,relu") -> AppTest:
    app.query_params["networks"] = networks
    app.query_params["measured"] = tab
    app.switch_page("pages/compare/variants.py").run()
    assert not app.exception
    return app


def rows(app: AppTest) -> list[list[str]]:
    """The cells of every row of the page's first table, the row's name first."""
    (markup, *_) = [each.proto.body for each in app.get("html") if "<table" in each.proto.body]
    body = markup[markup.index("<tbody") : markup.index("</tbody>")]
    return [
        [unescape(cell) for cell in re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row)]
        for row in re.findall(r"<tr.*?</tr>", body)
    ]


def marked(app: AppTest) -> list[str]:
    (markup, *_) = [each.proto.body for each in app.get("html") if "<table" in each.proto.body]
    return re.findall(r'aria-current="true"><th[^>]*>([^<]*)<', markup)


@pytest.mark.usefixtures("folder")
def test_all_networks_of_one_budget_stand_in_their_order_and_the_shipped_one_apart(
    app: AppTest,
) -> None:
    opened(app, "networks")
    assert [row[0] for row in rows(app)] == [TITLES[name] for name in VARIANTS if name != MODEL]
    assert rows(app)[0][0] == TITLES[COMPARED_WITH]
    assert set(marked(app)) == {TITLES["lenet5-plain"], TITLES["relu"]}
    assert any("Unlike budgets are not compared" in each.value for each in app.markdown)


def test_a_spread_that_overlaps_is_no_difference(app: AppTest, folder: Path) -> None:
    recorded.write(
        folder,
        {
            COMPARED_WITH: [1.0, 1.1, 1.2],
            "softmax": [1.1, 1.2, 1.3],
            "relu": [0.5, 0.6, 0.7],
            "linear": [8.0, 8.1, 8.2],
        },
    )
    opened(app, "networks")
    last = {row[0]: row[-1] for row in rows(app)}
    assert last[TITLES["softmax"]] == "no difference"
    assert last[TITLES["relu"]] == "−0.50"
    assert last[TITLES["linear"]] == "+7.00"
    assert last[TITLES[COMPARED_WITH]] == ""
    counted = sum(value.startswith(("+", "−")) for value in last.values())
    assert any(f"{counted} of {len(last) - 1} networks" in each.value for each in app.caption)


def test_the_figures_are_those_that_were_recorded(app: AppTest, folder: Path) -> None:
    written = json.loads((folder / results.RESULTS).read_text())["relu"]
    opened(app, "networks")
    row = {row[0]: row for row in rows(app)}[TITLES["relu"]]
    assert row[2] == f"{written['parameters']:,}"
    error = written["test_error_percent"]
    assert row[7] == f"{error['mean']:.2f}\u00a0±\u00a0{error['standard_deviation']:.2f}"
    assert row[6].replace("\u00a0", " ") == "0.002: 0.90, 0.004: 0.80, 0.008: 1.10"


def test_training_shows_curves_and_when_each_level_was_reached(app: AppTest, folder: Path) -> None:
    written = json.loads((folder / results.RESULTS).read_text())
    opened(app, "training")
    assert figures(app) == 1
    for name, row in zip(list(VARIANTS)[1:], rows(app), strict=True):
        for level, cell in zip(results.LEVELS, row[1:5], strict=True):
            spread = written[name]["epochs_to"][str(level)]
            assert cell == (f"{spread['mean']:.1f}" if spread else "–")


@pytest.mark.usefixtures("folder")
def test_curves_can_be_seen_against_seconds_by_a_link(app: AppTest) -> None:
    app.query_params["against"] = "seconds"
    opened(app, "training")
    (chart,) = app.get("plotly_chart")
    layout = json.loads(chart.proto.spec)["layout"]
    assert "seconds" in layout["xaxis"]["title"]["text"]


@pytest.mark.parametrize("damage", [None, b"{", b"[]"])
@pytest.mark.parametrize(
    ("tab", "file"),
    [("networks", results.RESULTS), ("training", results.HISTORIES)],
)
def test_a_missing_or_damaged_file_is_said_and_the_rest_of_the_page_is_there(
    app: AppTest, folder: Path, tab: str, file: str, damage: bytes | None
) -> None:
    if damage is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(damage)
    opened(app, tab)
    (error,) = app.error
    assert file in error.value.replace("\\", "")
    assert "python -m lenet report" in error.value.replace("\\", "")
    assert app.multiselect
    if file == results.HISTORIES:
        assert rows(app), "the table has a file of its own"
    other = "training" if tab == "networks" else "networks"
    opened(app, other)


@pytest.mark.usefixtures("folder")
def test_claims_stand_beside_what_was_measured_and_those_of_a_chosen_network_are_marked(
    app: AppTest,
) -> None:
    opened(app, "alexnet")
    assert [row[3] for row in rows(app)] == ["3.1", "3.2", "3.3", "3.4", "4.1", "4.1", "4.2"]
    assert all(all(row) for row in rows(app))
    assert marked(app) == ["ReLU"]


def test_claims_without_the_figures_of_voting_are_there_without_it(
    app: AppTest, folder: Path
) -> None:
    (folder / results.CLAIMS).unlink()
    opened(app, "alexnet")
    assert len(rows(app)) == 6
    (error,) = app.error
    assert results.CLAIMS in error.value.replace("\\", "")


def tiles(app: AppTest) -> list[dict[str, Any]]:
    """What the browser is told of each digit that can be put under the pen."""
    for each in app.get("bidi_component"):
        if each.proto.component_name == "lenet_comparison_disagreeing":
            data = each.proto.bytes
            return list(json.loads(data[4 : 4 + int.from_bytes(data[:4], "little")])["digits"])
    return []


@pytest.mark.usefixtures("folder")
def test_samples_that_chosen_networks_read_differently_are_shown_with_every_answer(
    app: AppTest,
) -> None:
    names = ["lenet5", "linear", "relu"]
    opened(app, "disagreeing", ",".join(names))
    inputs = sample_units.inputs()
    with torch.inference_mode():
        models = [lenet.load(), *(lenet.load(name) for name in names[1:])]
        answers = [lenet.predict(model, inputs).tolist() for model in models]
    labels = samples.load().labels.tolist()
    expected = [
        (str(label), [str(answer) for answer in given])
        for label, given in zip(labels, zip(*answers, strict=True), strict=True)
        if len(set(given)) > 1
    ]
    shown = [(each["label"], [one["digit"] for one in each["answers"]]) for each in tiles(app)]
    assert shown == expected
    assert any(f"networks differ: {len(expected)} of 400" in each.value for each in app.markdown)
    for at, row in enumerate(rows(app)):
        wrong = sum(a != b for a, b in zip(answers[at], labels, strict=True))
        assert row[1] == str(wrong)


@pytest.mark.usefixtures("folder")
def test_test_digits_without_a_picture_are_counted_and_the_page_says_so(app: AppTest) -> None:
    """The made-up answers: network k misses each place that k + 5 divides; 40 have pictures."""
    app.query_params["digits"] = "test"
    opened(app, "disagreeing", "lenet5,lenet5-plain")
    differing = [place for place in range(300) if (place % 5 == 0) != (place % 6 == 0)]
    pictured = [place for place in differing if place < 40]
    assert any(f"networks differ: {len(differing)} of 300" in each.value for each in app.markdown)
    assert any(
        f"only 40 test digits come with the app; {len(differing) - len(pictured)} on which"
        in each.value
        for each in app.caption
    )
    assert [each["label"] for each in tiles(app)] == [str(place % 10) for place in pictured]
    for place, each in zip(pictured, tiles(app), strict=True):
        first, second = (one["digit"] for one in each["answers"])
        assert (first == each["label"]) == (place % 5 != 0)
        assert (second == each["label"]) == (place % 6 != 0)


@pytest.mark.usefixtures("folder")
def test_one_network_alone_disagrees_with_nobody(app: AppTest) -> None:
    opened(app, "disagreeing", "relu")
    assert any("Choose two networks or more" in each.value for each in app.caption)
    assert not tiles(app)


@pytest.mark.parametrize("file", [results.ANSWERS, results.DIGITS])
def test_missing_answers_or_pictures_take_only_the_test_digits_away(
    app: AppTest, folder: Path, file: str
) -> None:
    (folder / file).write_bytes(b"rubbish")
    app.query_params["digits"] = "test"
    opened(app, "disagreeing", "lenet5,linear")
    (error,) = app.error
    assert file in error.value.replace("\\", "")
    assert not tiles(app)
    app.query_params["digits"] = "samples"
    opened(app, "disagreeing", "lenet5,linear")


@pytest.mark.usefixtures("folder")
def test_each_disagreement_of_the_textbooks_leads_here_with_its_networks_chosen(
    app: AppTest,
) -> None:
    app.query_params["part"] = "disagreements"
    app.switch_page("pages/explore/architecture.py").run()
    assert not app.exception
    links = [each.proto for each in app.get("page_link") if "networks=" in each.proto.query_string]
    points = [one for one in disagreements.all_of_them() if one.networks]
    assert len(links) == len(points) > 0
    for link, point in zip(links, points, strict=True):
        (names,) = parse_qs(link.query_string)["networks"]
        assert names.split(",") == [COMPARED_WITH, *point.networks]
        assert link.label.startswith(f"{point.point}: ")
        opened(app, "networks", names)
        assert list(app.multiselect[0].value) == names.split(",")
        app.switch_page("pages/explore/architecture.py").run()
