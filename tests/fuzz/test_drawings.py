"""Whatever a canvas is said to hold becomes pen strokes, or one sentence; and never costs much."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lenet import ink
from lenet.drawing import InkError, canvas_json, link
from lenet.drawing.canvas_json import strokes_of_canvas
from lenet.drawing.strokes import FARTHEST, MOST_POSITIONS, MOST_STROKES
from tests.support import fabric
from tests.support.mutants import check_sentence, grafts, leaves, numbers, wild

STROKE = fabric.pencil([(40, 40), (90, 60), (120, 180)])
DRAWING = {"version": "7.0.0", "objects": [STROKE, fabric.pencil([(200, 30)])]}


def read(drawing: Any) -> list[list[tuple[float, float]]] | None:
    try:
        strokes = strokes_of_canvas(drawing)
    except InkError as error:
        check_sentence(error)
        return None
    assert all(abs(place) <= FARTHEST for stroke in strokes for point in stroke for place in point)
    return strokes


@given(st.one_of(wild, st.fixed_dictionaries({"objects": wild})))
def test_anything_for_a_drawing(drawing: Any) -> None:
    assert read(drawing) == read(drawing)


@given(grafts(DRAWING))
def test_a_drawing_with_something_wild_in_it(drawing: Any) -> None:
    strokes = read(drawing)
    if strokes is None:
        return
    recorded = canvas_json.read(drawing)
    loaded = canvas_json.write(recorded, "#ffffff")
    assert read(loaded) == strokes, "what the canvas is given back draws the same"
    text = link.write(recorded)
    assert text is not None
    assert link.read(text).strokes == strokes, "and so does its link"


@given(
    st.one_of(
        st.lists(st.lists(st.tuples(numbers, numbers), max_size=5), max_size=4),
        st.lists(st.lists(st.tuples(leaves, leaves), max_size=3), max_size=3),
        wild,
    ),
    st.one_of(st.just(20), numbers),
)
def test_anything_for_strokes_and_a_pen(strokes: Any, pen: Any) -> None:
    try:
        drawn = ink.from_strokes(strokes, (280, 280), pen)
    except InkError as error:
        check_sentence(error)
        return
    if drawn is not None:
        assert drawn.shape == (1, 1, 32, 32)
        assert bool(torch.isfinite(drawn).all())
        again = ink.from_strokes(strokes, (280, 280), pen)
        assert again is not None
        assert torch.equal(again, drawn)


@pytest.mark.alone
def test_the_costliest_drawings_that_are_accepted_take_a_fifth_of_a_second() -> None:
    """Measured a tenth; processor time, and the best of ten, so that other work counts little."""
    random = np.random.default_rng(7)

    def path(count: int) -> dict[str, Any]:
        points = random.uniform(-FARTHEST / 1e4, FARTHEST / 1e4, (count, 2)).tolist()
        middle = [["Q", *p, *q] for p, q in itertools.pairwise(points)]
        return {"type": "Path", "angle": 3, "path": [["M", *points[0]], *middle, ["L", 1, 1]]}

    one_line = {"objects": [path(MOST_POSITIONS - 1)]}
    many_lines = {
        "objects": [path(MOST_POSITIONS // MOST_STROKES - 1) for _ in range(MOST_STROKES)]
    }
    for drawing in (one_line, many_lines):
        best = float("inf")
        for _ in range(10):
            begin = time.process_time()
            strokes = strokes_of_canvas(drawing)
            assert ink.from_strokes(strokes, (280, 280)) is not None
            best = min(best, time.process_time() - begin)
        assert best < 0.2
        assert len(json.dumps(drawing)) < 2_000_000, "the websocket has to let it through"
    with pytest.raises(InkError):
        strokes_of_canvas({"objects": [path(MOST_POSITIONS + 1)]})
