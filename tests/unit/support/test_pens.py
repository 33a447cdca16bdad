"""Pen drawings for evaluation: what the files say is drawn, by the same hand each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

import lenet
from lenet import ink
from tests.support import pens

FOLDER = Path(pens.__file__).parent
FILES = ("pens.txt", "letters.txt", "shapes.txt")

LIKE_DIGITS = set("OoDQCcGIlijJZzSsBbgqyYUud")
"""Letters that somebody's everyday hand writes as another would write a digit."""


def written(folder: Path, text: str) -> Path:
    file = folder / "some.txt"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_line_is_a_way_of_drawing_what_it_names(tmp_path: Path) -> None:
    found = pens.ways(
        written(
            tmp_path, "# drawn so\n\nup: 0,9 5,0 / 9,9.5 ; -1,2 3,4\nup: 1,1 2,2\n10: 0,0 1,0\n"
        )
    )
    assert list(found) == ["up", "10"]
    bent, straight = found["up"][0]
    assert [piece.tolist() for piece in bent] == [[[0, 9], [5, 0]], [[5, 0], [9, 9.5]]]
    assert [piece.tolist() for piece in straight] == [[[-1, 2], [3, 4]]]
    assert len(found["up"]) == 2


@pytest.mark.parametrize(
    "line",
    ["A: 0,0 1", "A: 0,0 1,x", "A: 0,0 1,2,3", "A: 5,5", "A: 0,0 1,1 ; ", "A: 0,0 1,1 /", "A"],
)
def test_a_line_that_draws_nothing_is_refused_by_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match=r"some\.txt, line 3: "):
        pens.ways(written(tmp_path, f"A: 0,0 1,1\n# more\n{line}\n"))


@pytest.mark.parametrize("file", FILES)
def test_every_way_is_another_and_fills_its_box(file: str) -> None:
    seen = set()
    for name, ways in pens.ways(FOLDER / file).items():
        for way in ways:
            points = np.concatenate([piece for stroke in way for piece in stroke])
            assert name == name.strip() != ""
            assert points.min() >= -20, name
            assert points.max() <= 210, name
            assert np.ptp(points, axis=0).max() >= 80, name
            seen.add(str(way))
    assert len(seen) == sum(map(len, pens.ways(FOLDER / file).values()))


def test_the_letters_are_those_that_look_like_no_digit_in_several_forms() -> None:
    ways = pens.ways(FOLDER / "letters.txt")
    assert set(ways) >= set("AEFHKLMNPRTVWXaefhkmnrtvwx")
    assert not LIKE_DIGITS & set(ways)
    assert all(len(name) == 1 and name.isalpha() for name in ways)
    assert min(map(len, ways.values())) >= 3


def test_a_writer_draws_everything_once_and_has_every_form_somewhere() -> None:
    letters = pens.letters(20)
    for drawn, file in ((letters, "letters.txt"), (pens.shapes(1), "shapes.txt")):
        names = Counter(drawing.name for drawing in drawn)
        assert set(names) == set(pens.ways(FOLDER / file))
        assert set(names.values()) == {drawn[-1].writer + 1}
    forms = {len(drawing.strokes) for drawing in letters if drawing.name == "E"}
    assert forms == {len(way) for way in pens.ways(FOLDER / "letters.txt")["E"]}


def test_there_is_as_much_of_every_kind_of_scribble() -> None:
    kinds = Counter(scribble.name for scribble in pens.scribbles(60))
    assert len(kinds) >= 5
    assert len(set(kinds.values())) == 1


@pytest.mark.parametrize(
    ("draw", "count"),
    [(pens.drawings, 6), (pens.letters, 3), (pens.shapes, 1), (pens.scribbles, 12)],
)
def test_the_pen_stays_on_the_canvas_and_the_same_seed_draws_the_same(
    draw: Callable[[int, int], list[pens.Drawing] | list[pens.NonDigit]], count: int
) -> None:
    drawn = draw(count, 3)
    assert drawn == draw(count, 3) != draw(count, 4)
    for drawing in drawn:
        points = np.array([point for stroke in drawing.strokes for point in stroke])
        assert (points == np.round(points)).all()
        # A trembling hand leaves the canvas by no more than half a pen, which is still seen.
        assert points.min() > -10, drawing
        assert points.max() < pens.CANVAS + 10, drawing
        assert ink.from_strokes(drawing.strokes, (pens.CANVAS, pens.CANVAS)) is not None


def test_what_a_writer_draws_is_as_large_as_the_digits_that_the_writer_draws() -> None:
    """One hand, which has a size, draws all of it."""
    sizes: dict[int, list[float]] = {}
    others = [*pens.letters(4), *pens.scribbles(4)]
    drawn = [(digit.writer, digit.strokes) for digit in pens.drawings(4)]
    drawn += [(other.writer, other.strokes) for other in others]
    for writer, strokes in drawn:
        points = np.array([point for stroke in strokes for point in stroke])
        sizes.setdefault(writer, []).append(np.ptp(points, axis=0).max())
    assert all(max(each) - min(each) < 8 for each in sizes.values())
    assert np.ptp([np.mean(each) for each in sizes.values()]) > 20


def test_the_shipped_weights_find_digits_nearer_than_what_is_none() -> None:
    model = lenet.load()

    def nearest(drawn: list[pens.Drawing] | list[pens.NonDigit]) -> float:
        inputs = [ink.from_strokes(drawing.strokes) for drawing in drawn]
        return float(model(torch.cat([x for x in inputs if x is not None])).min(1).values.median())

    digits = nearest(pens.drawings(6))
    for others in (pens.letters(2), pens.shapes(1), pens.scribbles(36)):
        assert nearest(others) > 2 * digits
