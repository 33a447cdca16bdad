"""The Mistakes page without a browser: what the browser is given, and what is said in words."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from lenet import checkpoint, codes, packaged_digits
from lenet.analysis import mistakes, neighbours, results
from lenet.analysis.mistakes import FIGURE_8
from lenet.drawing import Drawing, link, size_normalisation
from pages.parts.drawing import gallery
from pages.parts.drawing.canvas_state import CanvasState
from pages.parts.mistakes import sections, tiles
from pages.parts.network.network import Network
from tests.support.app_pages import SEVEN, figures, path_of, put_on_canvas, sent

PAGE = "pages/learn/mistakes.py"


def opened(app: AppTest, part: str | None = None) -> AppTest:
    if part is not None:
        app.query_params["part"] = part
    app.switch_page(PAGE).run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return " ".join(each.proto.body for each in app.get("html"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what is recorded, to be damaged by a test."""
    shutil.copytree(mistakes.FOLDER, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(mistakes, "FOLDER", tmp_path)
    return tmp_path


def test_every_mistake_of_1998_and_of_now_is_shown_in_one_group(app: AppTest) -> None:
    header, _ = sent(opened(app), "lenet_mistakes_digits")
    still, new, solved = [[one["index"] for one in group["digits"]] for group in header["groups"]]
    paper = {one.index for one in FIGURE_8}
    assert set(still) | set(solved) == paper
    assert set(still) | set(new) == set(mistakes.readings().mistakes.tolist())
    assert len(still + new + solved) == len({*still, *new, *solved})
    for group, places in zip(header["groups"], (still, new, solved), strict=True):
        assert group["title"].endswith(f": {len(places)}")


def test_a_tile_says_what_both_networks_read_and_the_nearest_distances(app: AppTest) -> None:
    header, _ = sent(opened(app), "lenet_mistakes_digits")
    known = {one.index: one for one in FIGURE_8}
    readings = mistakes.readings()
    for digit in [one for group in header["groups"] for one in group["digits"]]:
        index = digit["index"]
        label, before, here, first, _second = digit["lines"]
        assert label["text"] == f"label {readings.labels[index]}"
        assert before["wrong"] == (index in known)
        if index in known:
            assert before["text"] == f"1998: {known[index].answer}"
        assert here["wrong"] == bool(readings.wrong[index])
        nearest = readings.distances[index].min()
        assert first["text"] == f"to {readings.answers[index]}: {nearest:.1f}"


def test_a_test_digit_under_the_pen_is_read_and_named(app: AppTest) -> None:
    pictures = results.digits(mistakes.FOLDER)
    index = FIGURE_8[0].index
    put: list[torch.Tensor] = []
    gallery.take(pictures.images, pictures.indices.tolist().index(index), put.append)
    drawing = Drawing(picture=size_normalisation.grey_levels(put[0]))
    text = link.write(drawing)
    assert text
    app.query_params["drawing"] = text
    opened(app)
    assert f"Test digit {index}, labelled {FIGURE_8[0].label}." in html(app)
    header, values = sent(app, "lenet_mistakes_pen")
    assert header["empty"] is False
    distances = values[32 * 32 + 84 :][:10]
    np.testing.assert_allclose(distances, mistakes.readings().distances[index], rtol=1e-2)


def bundles(app: AppTest) -> dict[str, dict[str, Any]]:
    found = {}
    for each in app.get("bidi_component"):
        if each.proto.component_name == "lenet_bundle":
            packed = gzip.decompress(each.proto.bytes)
            header = json.loads(packed[4 : 4 + int.from_bytes(packed[:4], "little")])
            found[header["name"]] = header
    return found


@pytest.mark.parametrize("how", ["components", "map"])
def test_f6_of_the_packaged_digits_goes_to_the_browser_once(app: AppTest, how: str) -> None:
    app.query_params["plane_of_f6"] = how
    header, _ = sent(opened(app, "plane"), "lenet_mistakes_neighbours")
    assert header["how"] == how
    there = bundles(app)
    f6, digits = there[header["flat"]], there[header["digits"]]
    assert f6["count"] == len(digits["indices"]) == 5000
    found, labels = neighbours.recorded(), packaged_digits.load().labels
    assert set(f6["wrong"]) == set(np.flatnonzero(found.answers != labels).tolist())
    said = " ".join(each.value for each in app.caption)
    assert f"{found.trustworthiness:.3f}" in said if how == "map" else "variance" in said
    assert header["flat"] not in bundles(opened_again(app, "paper"))


def test_a_network_of_ones_own_is_laid_flat_too_but_has_no_map(app: AppTest) -> None:
    opened(app)
    weights = {name: array * np.float32(0.9) for name, array in checkpoint.read().items()}
    own = Network(weights, 20.0, own_title="Mine")
    app.session_state["kept_network"] = own
    header, _ = sent(opened_again(app, "plane"), "lenet_mistakes_neighbours")
    assert header["how"] == "components"
    f6 = bundles(app)[header["flat"]]
    assert f6["mapped"] is False
    exact = neighbours.f6_of(own.model, packaged_digits.load())
    distances = ((exact[:, None] - codes.DIGITS) ** 2).sum(2)
    wrong = np.flatnonzero(distances.argmin(1) != packaged_digits.load().labels)
    assert abs(len(set(f6["wrong"]) ^ set(wrong.tolist()))) <= len(wrong) // 50 + 2
    opened_again(app, "paper")
    assert any("recorded of the network that comes with the app" in c.value for c in app.caption)


def opened_again(app: AppTest, part: str) -> AppTest:
    """Another part of the page in the same visit."""
    app.session_state["part"] = sections.titles()[part]
    app.run()
    assert not app.exception
    return app


def test_what_is_drawn_is_read_by_pytorch(app: AppTest) -> None:
    put_on_canvas(app, path_of(SEVEN))
    header, values = sent(opened(app), "lenet_mistakes_pen")
    assert header["layers"] == ["input", "f6", "output"]
    assert values[32 * 32 + 84 :][:10].argmin() == 7
    assert "Test digit" not in html(app)


def test_typical_digits_of_every_class_are_ordered_by_their_distance(app: AppTest) -> None:
    header, _ = sent(opened(app, "typical"), "lenet_mistakes_digits")
    readings = mistakes.readings()
    assert [one["heading"] for one in header["groups"] if one["heading"]] == list("0123456789")
    for digit in range(10):
        most, least, taken = header["groups"][3 * digit : 3 * digit + 3]
        shown = [float(one["lines"][0]["text"]) for one in most["digits"]]
        assert shown == sorted(shown)
        shown = [float(one["lines"][0]["text"]) for one in least["digits"]]
        assert shown == sorted(shown, reverse=True)
        assert all(readings.labels[one["index"]] == digit for one in most["digits"])
        assert all(readings.labels[one["index"]] != digit for one in taken["digits"])
        assert len(most["digits"]) == len(least["digits"]) == mistakes.MOST_TYPICAL


def test_every_cell_of_the_confusions_opens_its_digits(app: AppTest) -> None:
    header, _ = sent(opened(app, "confusions"), "lenet_mistakes_confusions")
    readings = mistakes.readings()
    counts = np.array(header["counts"])
    assert counts.sum() == len(readings)
    for label in range(10):
        for answer in range(10):
            digits = header["cells"].get(f"{label}-{answer}", [])
            if label != answer:
                assert len(digits) == counts[label, answer]
            assert 0 < len(digits) <= counts[label, answer] or not counts[label, answer]
            for digit in digits:
                assert readings.labels[digit["index"]] == label
                assert readings.answers[digit["index"]] == answer


@pytest.mark.parametrize("by", ["gap", "distance"])
def test_what_is_turned_down_and_what_is_left_are_all_mistakes(app: AppTest, by: str) -> None:
    app.query_params["by"] = by
    app.query_params["turned_down"] = "1"
    header, _ = sent(opened(app, "rejection"), "lenet_mistakes_digits")
    readings = mistakes.readings()
    left, caught = [{one["index"] for one in group["digits"]} for group in header["groups"]]
    assert left | caught == set(readings.mistakes.tolist())
    certainty = readings.gaps if by == "gap" else -readings.nearest
    assert max(certainty[list(caught)]) <= min(certainty[list(left)])
    (said,) = [each.value for each in app.markdown if "Error of the others" in each.value]
    count = int(said.split("Turned down: ")[1].split(" ")[0])
    assert 90 <= count <= 100
    error = 100 * len(left) / (len(readings) - count)
    assert f"**{error:.2f}%**" in said
    assert figures(app) == 1


def test_half_a_percent_of_error_costs_less_than_in_the_paper(app: AppTest) -> None:
    text = html(opened(app, "rejection"))
    readings = mistakes.readings()
    for certainty in (readings.gaps, -readings.nearest):
        needed = mistakes.rejection(certainty, readings.wrong).needed(0.005)
        assert f">{100 * needed:.2f}%<" in text
        assert 100 * needed < mistakes.FIGURE_10["boosted-lenet4"]


def test_mistakes_are_counted_in_each_half_of_the_test_set(app: AppTest) -> None:
    text = html(opened(app, "writers"))
    own = mistakes.readings().mistakes
    for count in (
        sum(one.index < 5000 for one in FIGURE_8),
        sum(one.index >= 5000 for one in FIGURE_8),
        int((own < 5000).sum()),
        int((own >= 5000).sum()),
        len(own),
    ):
        assert f">{count}<" in text


def test_only_a_digit_that_there_is_is_put_under_the_pen(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    monkeypatch.setattr(gallery, "take", lambda images, place, put: taken.append(place))
    monkeypatch.setattr("pages.parts.drawing.canvas_state.current", lambda: CanvasState(Drawing()))
    pictures = results.digits(mistakes.FOLDER)
    for nonsense in (-1, 10_000, 1.5, "247", None, True, [247], {"index": 247}):
        tiles.put(pictures, nonsense)
    assert not taken
    tiles.put(pictures, FIGURE_8[0].index)
    assert pictures.indices[taken] == [FIGURE_8[0].index]


def test_without_f6_the_plane_is_missing_with_a_sentence(app: AppTest, folder: Path) -> None:
    (folder / neighbours.F6).write_bytes(b"damaged")
    opened(app, "plane")
    (error,) = app.error
    assert neighbours.F6 in error.value
    assert sent(app, "lenet_mistakes_pen")


@pytest.mark.parametrize("file", [mistakes.DISTANCES, results.DIGITS, "digits.json"])
@pytest.mark.parametrize("content", [None, b"", b"damaged"])
def test_without_a_file_its_part_is_missing_with_a_sentence(
    app: AppTest, folder: Path, file: str, content: bytes | None
) -> None:
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)
    opened(app)
    (error,) = app.error
    assert Path(file).stem in error.value.replace("\\", "")
    assert ("missing" if content is None else "damaged") in error.value
    assert sent(app, "lenet_mistakes_pen")  # one can still draw


def test_a_part_that_needs_no_pictures_does_without(app: AppTest, folder: Path) -> None:
    (folder / results.DIGITS).unlink()
    opened(app, "writers")
    assert not app.error
