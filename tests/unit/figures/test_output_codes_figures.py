"""What the figures of the output codes say adds up to the network's distances."""

from __future__ import annotations

import html
import re

import numpy as np
import pytest
import torch

from lenet import codes, spec, units
from lenet.analysis import posterior
from lenet.analysis.resemblance import CHARACTERS
from lenet.figures import markup
from lenet.figures.output_codes import (
    character_set,
    differences,
    distance_matrix,
    f6_and_what_decides,
    over_j,
    posteriors,
)
from lenet.figures.pictures import Sheet
from lenet.figures.plane import Scatter
from lenet.figures.rejection import errors
from lenet.model import LeNet5
from tests.support import told


@pytest.fixture
def answer(network: LeNet5, image: torch.Tensor) -> units.Distance:
    winner = int(network(image).argmin())
    explained = units.explain(network, image, "output", winner)
    assert isinstance(explained, units.Distance)
    return explained


def numbers(sheet: Sheet, has: str) -> list[float]:
    """The last number of every text that has these words."""
    texts = [text for text in told.texts(sheet) if has in text]
    last = [re.findall(r"[-\u2212]?\d+\.\d{4}", text)[-1] for text in texts]
    return [float(number.replace("\u2212", "-")) for number in last]


def test_the_squares_under_each_code_add_up_to_its_distance(
    answer: units.Distance, network: LeNet5, image: torch.Tensor
) -> None:
    sheet = differences(answer.f6, answer.map)
    distances = network(image)[0].tolist()
    squares = [picture for picture in sheet.pictures() if picture.colours == "unsigned"]
    assert [picture.title for picture in squares] == [f"= {value:.2f}" for value in distances]
    assert [picture.values.sum() for picture in squares] == pytest.approx(distances, rel=1e-4)
    assert sum(numbers(sheet, "squared difference")) == pytest.approx(sum(distances), abs=0.05)
    assert len(numbers(sheet, "code of")) == 10 * spec.CODE_UNITS
    outlined = [digit for digit, picture in enumerate(squares) if picture.outlines]
    assert outlined == [answer.map], "the winner's squares alone"


def test_what_decides_adds_up_to_the_lead(answer: units.Distance) -> None:
    sheet = f6_and_what_decides(answer)
    added = [re.findall(r"adds ([-\u2212]?[\d.]+)", text) for text in told.texts(sheet)]
    leads = [float(found[0].replace("\u2212", "-")) for found in added if found]
    assert sum(leads) == pytest.approx(answer.gap, abs=0.01)
    assert len(numbers(sheet, "F6 (")) == spec.CODE_UNITS


def test_the_matrix_is_that_of_the_codes() -> None:
    heatmap = distance_matrix().data[0]
    assert heatmap.z[6][8] == 48
    assert heatmap.z.max() == 200
    assert np.array_equal(heatmap.z, codes.distances())


def test_the_character_set_is_complete_and_marks_the_chosen_and_its_neighbours() -> None:
    sheet = character_set("O", ["o", "0"])
    assert set(told.texts(sheet)) == {f"code of {character}" for character in CHARACTERS}
    assert {picture.title for picture in sheet.pictures() if picture.outlines} == {"O", "o", "0"}


def test_every_printable_character_is_labelled_and_none_is_read_as_markup() -> None:
    """Plotly shows a text's tags as what they mean, and its entities as what they stand for."""
    titles = [picture.title for picture in character_set("&", ["<", ">"]).pictures()]
    assert titles == list(CHARACTERS)
    printable = "".join(map(chr, range(32, 127)))
    assert set(printable) - set(CHARACTERS) == {" "}
    for character in printable:
        assert html.unescape(markup.plain(character)) == character
        assert not {"<", ">"} & set(markup.plain(character))
        hover = markup.hover(f"code of {character}").removesuffix("<extra></extra>")
        assert html.unescape(hover) == f"code of {character}"


def test_the_bars_are_the_posterior_and_the_curve_passes_through_them() -> None:
    penalties = np.array([30.0, 12.0, *[60.0] * 8])
    share = posterior.with_rubbish(penalties, 12.0)
    bars = posteriors(share).data[0]
    assert list(bars.x) == pytest.approx(share.tolist())
    assert list(bars.y)[-1] == "rubbish"
    winner, rubbish = over_j(penalties, 12.0).data
    at = int(np.argmin(np.abs(winner.x - 12.0)))
    assert winner.name == "1"
    assert winner.y[at] == pytest.approx(rubbish.y[at], abs=1e-6), "equal where j is the distance"


def test_both_errors_are_drawn_and_said_at_the_threshold() -> None:
    thresholds = np.array([0.0, 10.0, 20.0])
    lost, believed = np.array([1, 0.01, 0]), np.array([0, 0.125, 0.9])
    drawn = errors(thresholds, lost, believed, 10.0)
    digits, at_digits, unknown, at_unknown = drawn.data
    assert list(digits.y) == pytest.approx([100, 1, 0.1])
    assert list(unknown.y) == pytest.approx([0.1, 12.5, 90])
    assert digits.customdata[2] == unknown.customdata[0] == "0.0%", "what is zero says so"
    assert (at_digits.text, at_unknown.text) == (
        ("digits lost: 1.0%",),
        ("non-digits believed: 12.5%",),
    )
    assert drawn.layout.shapes[0].x0 == 10


def test_one_and_ninety_percent_are_both_readable() -> None:
    axis = errors(np.array([0.0, 1.0]), np.ones(2), np.ones(2), 0.0).layout.yaxis
    low, high = axis.range
    place = {value: (np.log10(value) - low) / (high - low) for value in (1, 90, *axis.tickvals)}
    assert 0.2 < place[1] < 0.6
    assert 0.8 < place[90] < 0.99
    assert all(0 <= place[tick] <= 1 for tick in axis.tickvals)
    assert np.diff([place[tick] for tick in axis.tickvals]).min() > 0.1
    assert axis.ticktext[0] == "0"


def test_the_plane_shows_every_sample_as_its_digit() -> None:
    generator = np.random.default_rng(5)
    points, marks = generator.normal(size=(30, 2)), generator.normal(size=(10, 2))
    labels = np.arange(30) % 10
    scatter = Scatter(points, labels, marks, np.array([1.5, -2.0]), ("x", "y"))
    described = scatter.described()
    assert described["labels"] == [str(label) for label in labels]
    samples, ten, star = scatter.coordinates()
    np.testing.assert_array_equal(samples, points)
    np.testing.assert_array_equal(ten, marks)
    np.testing.assert_array_equal(star, [[1.5, -2.0]])
    assert described["told"]["codes"] == "code of {digit}: ({x}, {y})"
