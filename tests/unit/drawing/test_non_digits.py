"""A dozen packaged drawings that are no digits."""

from __future__ import annotations

import pytest

from lenet.drawing import canvas_json, link, non_digits
from lenet.drawing.strokes import GRID, Drawing


def every() -> dict[str, Drawing]:
    return {name: non_digits.drawing(name) for name in non_digits.names()}


def test_there_are_a_dozen_with_names_of_their_own() -> None:
    names = non_digits.names()
    assert len(names) == len(set(names.values())) == 12
    assert set(non_digits._strokes()) == set(names), "none without a name"


@pytest.mark.parametrize("name", non_digits.names())
def test_each_lies_on_the_canvas_and_survives_a_link_and_the_canvas(name: str) -> None:
    drawing = non_digits.drawing(name)
    points = [point for stroke in drawing.strokes for point in stroke]
    assert all(10 <= place <= non_digits.SIDE - 10 for point in points for place in point)
    assert all((place * GRID).is_integer() for point in points for place in point)
    text = link.write(drawing)
    assert text
    assert link.read(text).strokes == drawing.strokes
    assert canvas_json.read(canvas_json.write(drawing, "#ffffff")).strokes == drawing.strokes


def test_whoever_changes_one_changes_a_copy() -> None:
    non_digits.drawing("heart").strokes[0].clear()
    assert non_digits.drawing("heart").strokes[0]


def test_any_other_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        non_digits.drawing("seven")
