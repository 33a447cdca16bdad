"""Where the browser puts a drawing among the packaged digits, and what it finds near, as Python."""

from __future__ import annotations

import numpy as np

from lenet.analysis.neighbours import PackagedF6, levels_of
from lenet.browser.packing import pack
from lenet.spec import AMPLITUDE
from tests.support import node

COUNT, WIDTH, CLASSES = 40, 84, 10

SCRIPT = """
const { unpack } = await import("./engine/unpack.js");
const { flatOf, nearestTo, placeOf } = await import("./mistakes/flat.js");
const { header, values } = unpack(Uint8Array.from(data.packed));
const flat = flatOf({ ...header, values });
return {
  f6: Array.from(flat.f6),
  map: flat.map && Array.from(flat.map),
  codes: Array.from(flat.codes),
  wrong: [...flat.wrong],
  places: data.drawings.map((one) => placeOf(flat, one)),
  nearest: data.drawings.map((one) => nearestTo(flat, one, 10)),
  all: nearestTo(flat, data.drawings[0], 100).length,
};
"""


def made(mapped: bool) -> tuple[PackagedF6, bytes]:
    drawn = np.random.default_rng(5)
    levels = levels_of(drawn.uniform(-AMPLITUDE, AMPLITUDE, (COUNT, WIDTH)))
    levels[3] = levels[2]  # equally near
    flat = drawn.normal(size=(COUNT, 2)).astype(np.float32) if mapped else None
    found = PackagedF6("0" * 64, levels, flat)
    header = {
        "count": COUNT, "width": WIDTH, "classes": CLASSES, "top": 255,
        "amplitude": AMPLITUDE, "mapped": mapped, "wrong": [1, 5],
    }  # fmt: skip
    arrays = [
        levels.reshape(-1).view("<f4"),
        found.plane.place(found.values),
        np.arange(2.0 * CLASSES),
        found.plane.middle,
        found.plane.axes,
        *([flat] if flat is not None else []),
    ]
    return found, pack(header, arrays)


def test_the_browser_finds_the_same_place_and_the_same_neighbours() -> None:
    found, packed = made(mapped=True)
    drawings = np.random.default_rng(6).uniform(-1.7, 1.7, (5, WIDTH))
    drawings[0] = found.values[2]
    told = node.run(SCRIPT, {"packed": list(packed), "drawings": drawings.tolist()})
    np.testing.assert_allclose(told["f6"], found.values.ravel(), atol=1e-6)
    np.testing.assert_allclose(told["map"], found.map.ravel())  # type: ignore[union-attr]
    np.testing.assert_allclose(told["places"], found.plane.place(drawings), atol=1e-5)
    assert told["codes"] == list(range(2 * CLASSES))
    assert told["wrong"] == [1, 5]
    assert told["all"] == COUNT
    for drawing, near in zip(drawings, told["nearest"], strict=True):
        assert [one["place"] for one in near] == found.nearest(drawing, 10).tolist()
        away = ((found.values - drawing) ** 2).sum(1)
        distances = [one["distance"] for one in near]
        np.testing.assert_allclose(distances, np.sort(away)[:10], atol=1e-5)


def test_without_a_map_there_is_none() -> None:
    _, packed = made(mapped=False)
    drawings = np.zeros((1, WIDTH)).tolist()
    told = node.run(SCRIPT, {"packed": list(packed), "drawings": drawings})
    assert told["map"] is None
