"""A picture tells every value in its place, and its sheet describes all of it for the browser."""

from __future__ import annotations

import json

import numpy as np
import pytest

from lenet import spec
from lenet.figures.axes import plain_layout
from lenet.figures.pictures import Picture, Sheet, alone, inked, largest, term
from lenet.spec import Block
from tests.support import told


def picture(title: str = "one", shape: tuple[int, int] = (3, 2)) -> Picture:
    values = np.arange(np.prod(shape), dtype=float).reshape(shape) - 1.5
    return term(title, values, largest(values), outlines=(Block(1, 0, 2, 1),))


def test_every_value_is_told_once_in_its_place() -> None:
    assert told.texts(alone([picture()], cell=9, least=3)) == [
        "one (0,0) = \u22121.5000", "one (0,1) = \u22120.5000",
        "one (1,0) = 0.5000", "one (1,1) = 1.5000",
        "one (2,0) = 2.5000", "one (2,1) = 3.5000",
    ]  # fmt: skip


def test_places_are_told_from_the_origin_and_cells_by_their_number() -> None:
    strip = Picture("", np.array([[0.25, 1]]), (-1, 1), "[{column}] {row} {index}", origin=(4, 7))
    assert [strip.tell(0, column) for column in (0, 1)] == ["[7] 4 0", "[8] 4 1"]


def test_braces_of_a_title_are_no_places_to_fill_in() -> None:
    assert term("{ and {0}", np.zeros((1, 1)), 1).tell(0, 0) == "{ and {0} (0,0) = 0.0000"


def test_ink_is_on_the_scale_of_the_input() -> None:
    assert inked("input", np.zeros((2, 2))).limits == (spec.BACKGROUND, spec.INK)


@pytest.mark.parametrize("values", [[], [np.zeros((2, 2))], [np.zeros((0, 3))]])
def test_where_all_is_zero_the_limit_is_one(values: list[np.ndarray]) -> None:
    assert largest(*values) == 1


def test_a_sheet_is_described_in_the_order_of_its_values() -> None:
    stacks = [(picture("a"), picture("b")), (picture("c"),)]
    sheet = Sheet([stacks, [(picture("d"),)]], cell=9, least=3, legend=(-1, 0, 1))
    described = json.loads(json.dumps(sheet.described(), allow_nan=False))
    titles = [each["title"] for row in described["rows"] for stack in row for each in stack]
    assert titles == [each.title for each in sheet.pictures()] == ["a", "b", "c", "d"]
    assert [each["text"] for each in described["legend"]] == ["\u22121.0000", "0.0000", "1.0000"]
    assert described["rows"][0][0][0]["outlines"] == [[1, 0, 2, 1]]


def test_plotly_writes_numbers_as_the_language_does(monkeypatch: pytest.MonkeyPatch) -> None:
    assert plain_layout(height=100)["separators"] == ".,"
    monkeypatch.setattr("lenet.figures.axes.language", lambda: "de")
    assert plain_layout(height=100)["separators"] == ",."
