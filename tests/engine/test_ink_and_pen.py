"""The browser's ink and pen against Python's, on the very same numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lenet import ink, spec
from lenet.drawing.canvas_json import strokes_of_canvas
from lenet.drawing.size_normalisation import BOX_SIZE, CENTRE
from pages.parts.common.address import RANGES
from tests.support import fabric, node, pens

SIZE = (280, 280)
NORMALISATION = {
    "inputSize": spec.INPUT_SIZE,
    "background": spec.BACKGROUND,
    "ink": spec.INK,
    "boxSize": BOX_SIZE,
    "centre": CENTRE,
    "strokeRadius": ink.STROKE_RADIUS,
}


def scribbles(count: int) -> list[list[list[tuple[float, float]]]]:
    """Drawings of every awkward kind: dots, fractions, repeats, long jumps, off the canvas."""
    random = np.random.default_rng(11)
    drawings = []
    for _ in range(count):
        strokes = []
        for _ in range(random.integers(1, 5)):
            steps = random.normal(0, random.choice([0.3, 4, 90]), (random.integers(1, 40), 2))
            path = np.cumsum(steps, axis=0) + random.uniform(-30, 310, 2)
            strokes.append((np.round(path) if random.random() < 0.5 else path).tolist())
        drawings.append(strokes)
    return drawings


def all_drawings() -> list[list[list[tuple[float, float]]]]:
    return [drawing.strokes for drawing in pens.drawings(writers=30)] + scribbles(200)


def test_the_same_strokes_give_the_same_input():
    drawings = all_drawings()
    found = node.run(
        """
        const { fromStrokes } = await import("./engine/ink.js");
        const canvas = { width: data.size[0], height: data.size[1], pen: data.pen };
        return data.drawings.map((strokes) => {
          const input = fromStrokes(strokes, canvas, data.normalisation);
          return input && Array.from(input);
        });
        """,
        {"drawings": drawings, "size": SIZE, "pen": 20, "normalisation": NORMALISATION},
    )
    assert len(found) == len(drawings)
    for strokes, other in zip(drawings, found, strict=True):
        x = ink.from_strokes(strokes, SIZE, 20)
        assert (x is None) == (other is None)
        if x is not None:
            # Both round a double to float32, so they differ by one such step at most.
            np.testing.assert_allclose(other, x.flatten(), rtol=0, atol=2e-7)


def test_the_same_strokes_over_a_picture_give_the_same_input():
    drawings = scribbles(60)
    picture = ink.from_strokes(pens.drawings(writers=1)[3].strokes)
    assert picture is not None
    found = node.run(
        """
        const { over } = await import("./engine/ink.js");
        const canvas = { width: data.size[0], height: data.size[1], pen: 20 };
        const picture = Float32Array.from(data.picture);
        return data.drawings.map((s) => Array.from(over(picture, s, canvas, data.normalisation)));
        """,
        {
            "drawings": drawings,
            "size": SIZE,
            "picture": picture.flatten().tolist(),
            "normalisation": NORMALISATION,
        },
    )
    for strokes, other in zip(drawings, found, strict=True):
        expected = ink.over(picture, strokes, SIZE).flatten()
        np.testing.assert_allclose(other, expected, rtol=0, atol=2e-7)


def test_the_ranges_that_a_link_may_name_are_those_of_the_controls():
    found = node.run('return (await import("./network_view/ranges.js")).RANGES;', None)
    assert tuple(found) == RANGES


def test_following_the_pen_gives_the_points_that_the_canvas_will_hold():
    random = np.random.default_rng(5)
    strokes = []
    for _ in range(300):
        moves = np.cumsum(random.normal(0, random.choice([0.2, 1, 6]), (40, 2)), axis=0) + 140
        moves = np.round(moves * 16) / 16 if random.random() < 0.5 else np.round(moves)
        moves = moves[: random.integers(1, 40)]
        shift = random.random(len(moves)) < random.choice([0, 0.3])
        strokes.append((moves.tolist(), shift.tolist()))
    found = node.run(
        """
        const { PenFollower } = await import("./engine/pen.js");
        return data.map(([moves, shift]) => {
          const pen = new PenFollower();
          pen.begin(...moves[0], shift[0]);
          for (let i = 1; i < moves.length; i++) pen.move(...moves[i], shift[i]);
          return pen.points();
        });
        """,
        strokes,
    )
    for (moves, shift), followed in zip(strokes, found, strict=True):
        recorded = fabric.pencil([(x, y) for x, y in moves], straight=shift)
        (expected,) = strokes_of_canvas({"objects": [recorded]})
        np.testing.assert_allclose(followed, expected, rtol=0, atol=1e-9)


def who_writes(happens: Sequence[Sequence[object]]) -> list[bool]:
    """What the hand says of ["down", id, place, stylus], ["move", id, place] and ["lift"]."""
    found: list[bool] = node.run(
        """
        const { Hand } = await import("./engine/hand.js");
        const hand = new Hand();
        return data.map(([what, ...rest]) => hand[what](...rest) ?? null);
        """,
        happens,
    )
    return found


def test_a_palm_that_rests_gives_way_to_the_finger_that_writes():
    happens: list[Sequence[object]] = [
        ["down", "palm", [250, 250]],
        ["move", "palm", [254, 247]],
        ["down", "finger", [60, 60]],
        ["move", "palm", [200, 200]],
        ["move", "finger", [90, 60]],
    ]
    assert who_writes(happens) == [True, True, True, False, True]


def test_what_writes_keeps_the_pen_until_it_is_lifted():
    happens: list[Sequence[object]] = [
        ["down", "finger", [60, 60]],
        ["move", "finger", [90, 60]],
        ["down", "palm", [250, 250]],
        ["move", "palm", [220, 250]],
        ["move", "finger", [90, 90]],
        ["lift"],
        ["move", "palm", [200, 250]],
        ["down", "finger", [60, 60]],
    ]
    assert who_writes(happens) == [True, True, False, False, True, None, False, True]


def test_a_stylus_writes_whatever_else_touches():
    happens: list[Sequence[object]] = [
        ["down", "palm", [250, 250]],
        ["move", "palm", [200, 250]],
        ["down", "stylus", [60, 60], True],
        ["down", "finger", [90, 90]],
        ["move", "stylus", [90, 60]],
    ]
    assert who_writes(happens) == [True, True, True, False, True]
