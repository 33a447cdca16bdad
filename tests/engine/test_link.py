"""The browser writes a drawing into the address as Python does, to the last character."""

from __future__ import annotations

import base64

import numpy as np

from lenet import samples
from lenet.drawing import link, non_digits
from lenet.drawing.strokes import FARTHEST, GRID, WIDEST_PEN, Drawing, Stroke
from tests.support import node, pens

WRITE = """
    const { bytesOf, write } = await import("./engine/link.js");
    return data.map(({ strokes, pens, under }) =>
        write({ strokes, pens, under: under === null ? null : bytesOf(under) }));
"""


def described(drawing: Drawing) -> dict[str, object]:
    """A drawing as the browser knows it."""
    under = base64.b64encode(link.picture_bytes(drawing.picture)).decode()
    return {
        "strokes": drawing.strokes,
        "pens": drawing.pens,
        "under": None if drawing.picture is None else under,
    }


def on_grid(places: np.ndarray) -> Stroke:
    steps = np.rint(np.clip(places, -FARTHEST, FARTHEST) * GRID) / GRID
    return [(float(x), float(y)) for x, y in steps]


def made_up(count: int) -> list[Drawing]:
    """Of every awkward kind: dots, whole pixels, halves, leaps, far away, and of any length."""
    random = np.random.default_rng(8)
    drawings = []
    for _ in range(count):
        strokes = []
        for _ in range(random.integers(0, 6)):
            length = int(random.integers(1, random.choice([2, 8, 300, 900])))
            size = random.choice([0.1, 2.0, 90.0, 1e5, 1e6])
            path = np.cumsum(random.normal(0, size, (length, 2)), axis=0) + 140
            step = 2.0 ** random.integers(-6, 4)
            strokes.append(on_grid(np.rint(path / step) * step))
        widths = random.integers(1, WIDEST_PEN + 1, len(strokes)).tolist()
        drawings.append(Drawing(strokes, widths, random_picture(random)))
    return drawings


def random_picture(random: np.random.Generator) -> np.ndarray | None:
    if random.random() < 0.6:
        return None
    images = samples.load().images
    blank = random.random() < 0.1
    return np.pad(images[random.integers(len(images))], 2) * np.uint8(0 if blank else 1)


def just_too_long() -> list[Drawing]:
    """One stroke that grows by a position: from some length on there is no room for it."""
    random = np.random.default_rng(4)
    path = on_grid(random.uniform(0, 280, (1800, 2)))
    return [Drawing([path[:length]], [20]) for length in range(1450, 1800)]


def people() -> list[Drawing]:
    return [
        *(Drawing(each.strokes, [20] * len(each.strokes)) for each in pens.drawings(writers=20)),
        *(non_digits.drawing(name) for name in non_digits.names()),
    ]


def test_both_write_the_same_text():
    drawings = [Drawing(), *people(), *made_up(400), *just_too_long()]
    expected = [link.write(drawing) for drawing in drawings]
    assert node.run(WRITE, [described(drawing) for drawing in drawings]) == expected
    lengths = [len(text) for text in expected if text is not None]
    assert None in expected
    assert max(lengths) > link.LONGEST - 10, "the bound itself is tried"
