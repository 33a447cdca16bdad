"""Where everything stands in the network view: for every size, arrangement and architecture."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from lenet import spec
from tests.support import node

WIDTHS = [320, 360, 390, 480, 599, 600, 640, 760, 800, 900, 901, 960, 1100, 1440, 1920, 2560]
HEIGHTS = [320, 430, 612, 720, 900, 1200, 1600, 2560]


def layer(
    key: str, maps: int, size: int, reads: Any, picture: tuple[int, int] | None = None
) -> dict[str, Any]:
    return {"key": key, "maps": maps, "size": size, "reads": reads, "picture": picture}


def every(count: int, of: int) -> list[list[int]]:
    return [list(range(of))] * count


LENET5: dict[str, Any] = {
    "classes": spec.CLASSES,
    "codes": [[0]] * len(spec.CLASSES),
    "codeRows": spec.CODE_ROWS,
    "codeColumns": spec.CODE_COLUMNS,
    "layers": [
        layer(
            one.key,
            one.maps,
            one.size,
            one.reads,
            {"c5": (15, 8), "f6": (12, 7), "output": (2, 5)}.get(one.key),
        )
        for one in spec.BY_KEY.values()
    ],
}

SMALL: dict[str, Any] = {
    "classes": spec.CLASSES,
    "codes": None,
    "layers": [
        layer("input", 1, 32, [[0]]),
        layer("c1", 4, 28, every(4, 1)),
        layer("p2", 4, 14, [[n] for n in range(4)]),
        layer("c3", 8, 10, every(8, 4)),
        layer("p4", 8, 5, [[n] for n in range(8)]),
        layer("f5", 30, 1, every(30, 8), (5, 6)),
        layer("output", 10, 1, every(10, 30), (2, 5)),
    ],
}

MANY_MAPS: dict[str, Any] = {
    **SMALL,
    "layers": [
        layer("input", 1, 32, [[0]]),
        layer("c1", 20, 28, every(20, 1)),
        layer("p2", 20, 14, [[n] for n in range(20)]),
        layer("f3", 500, 1, every(500, 20), (63, 8)),
        layer("output", 10, 1, every(10, 500), (2, 5)),
    ],
}

ARCHITECTURES: dict[str, dict[str, Any]] = {"LeNet-5": LENET5, "small": SMALL}

MEASURE = """
const { layOut, arrangementFor, unitAt, centreOf, boundsOf } =
  await import("./network_view/layout.js");
const { spec, rooms } = data;
return rooms.map(([width, height, name, corner, other]) => {
  const presented = name === "presenter" ? Math.min(width / 1280, height / 720) : 0;
  const arrangement = arrangementFor(width, name === "low" ? 390 : 900, presented);
  const layout = layOut(spec, { width, height, arrangement, corner, ...other });
  const missed = [];
  for (const { key, maps, size } of spec.layers) {
    for (let map = 0; map < maps; map++) {
      for (let row = 0; row < size; row++) {
        for (let column = 0; column < size; column++) {
          const unit = { layer: key, map, row, column };
          const { x, y } = centreOf(spec, layout, unit);
          const found = unitAt(spec, layout, x, y);
          if (JSON.stringify(found) !== JSON.stringify(unit)) missed.push([unit, found]);
        }
      }
    }
  }
  const bounds = spec.layers.map(({ key }) => [key, boundsOf(spec, layout, key)]);
  return { ...layout, missed: missed.slice(0, 3), bounds: Object.fromEntries(bounds) };
});
"""


def layouts(architecture: dict[str, Any], rooms: list[tuple[Any, ...]]) -> list[Any]:
    found: list[Any] = node.run(MEASURE, {"spec": architecture, "rooms": rooms})
    return found


def sides(tile: Any) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    return (
        tile["x"],
        tile["y"],
        tile["x"] + tile["columns"] * tile["scale"],
        tile["y"] + tile["rows"] * tile["scale"],
    )


def check(architecture: dict[str, Any], layout: Any, where: object) -> None:
    """Nothing overlaps or stands outside, every map has its tile, every unit is found again."""
    boxes = [sides(tile) for tile in layout["tiles"]]
    boxes += [sides(row["code"]) for row in layout["outputs"] if row["code"]]
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0, where
        assert top >= 0, where
        assert right <= layout["width"], where
        assert bottom <= layout["legend"]["y"], where
        for other in boxes[n + 1 :]:
            apart = other[0] >= right or other[2] <= left or other[1] >= bottom or other[3] <= top
            assert apart, (where, boxes[n], other)
    for row in layout["outputs"]:
        assert row["bar"]["x"] + row["bar"]["width"] <= layout["width"], where
        assert row["label"]["x"] < row["bar"]["x"], where
    for one in architecture["layers"][:-1]:
        tiles = [tile for tile in layout["tiles"] if tile["layer"] == one["key"]]
        if one["size"] > 1:
            assert [tile["map"] for tile in tiles] == list(range(one["maps"])), where
            assert all(tile["rows"] == tile["columns"] == one["size"] for tile in tiles), where
        else:
            (tile,) = tiles
            if "narrow" in layout["classes"] and one is not architecture["layers"][-2]:
                # Where it is narrow the picture has the shape that fits.
                assert tile["rows"] * tile["columns"] == one["maps"], where
            else:
                assert [tile["rows"], tile["columns"]] == list(one["picture"]), where
    assert [row["digit"] for row in layout["outputs"]] == list(range(len(spec.CLASSES))), where
    assert layout["missed"] == [], where


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_nothing_overlaps_and_every_unit_is_found_where_it_stands(name: str) -> None:
    rooms = [(width, height, "") for width in WIDTHS for height in HEIGHTS]
    for room, layout in zip(rooms, layouts(ARCHITECTURES[name], rooms), strict=True):
        check(ARCHITECTURES[name], layout, room)
        assert layout["width"] == room[0]


def presented(width: int, height: int, **other: Any) -> tuple[Any, ...]:
    """A room of that size for a view in presenter mode, with the canvas in its corner."""
    times = min(width / 1280, height / 720)
    corner = {"right": 284 * times, "bottom": 288 * times, "end": 440 * times}
    return width, height, "presenter", corner, other


PROJECTORS = [(1280, 720), (1366, 768), (1600, 900), (1920, 1080), (2560, 1440), (1280, 1024)]


def check_presented(architecture: dict[str, Any], layout: Any, room: tuple[Any, ...]) -> None:
    """Nothing overlaps, stands outside, or lies under the canvas and its column."""
    width, height, _, corner, other = room
    assert layout["height"] == height, room
    assert layout["legend"]["y"] >= corner["end"]
    assert layout["legend"]["x"] + layout["legend"]["width"] <= corner["right"]
    for box in layout["bounds"].values():
        assert box["x"] >= corner["right"], room
        assert box["x"] + box["width"] <= width, room
        assert box["y"] + box["height"] <= height - other.get("kept", 0) + 1e-6, room
    layout["legend"]["y"] = height  # it stands beside the maps, not below them
    check(architecture, layout, room)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_a_projector_gets_large_text_and_units(name: str) -> None:
    rooms = [presented(*size) for size in PROJECTORS]
    for room, layout in zip(rooms, layouts(ARCHITECTURES[name], rooms), strict=True):
        check_presented(ARCHITECTURES[name], layout, room)
        times = min(room[0] / 1280, room[1] / 720)
        assert layout["text"] == pytest.approx(2 * times)
        assert min(tile["scale"] for tile in layout["tiles"]) >= int(4 * times), room


@pytest.mark.parametrize("name", ARCHITECTURES)
@pytest.mark.parametrize("kept", [0, 0.52])
def test_an_enlarged_layer_gets_what_the_others_can_spare(name: str, kept: float) -> None:
    architecture = ARCHITECTURES[name]
    for size in PROJECTORS:
        free = round(kept * size[1])
        keys = [one["key"] for one in architecture["layers"][:-1]]
        rooms = [presented(*size, large=key, kept=free) for key in keys]
        (usual,) = layouts(architecture, [presented(*size, kept=free)])
        before = {tile["layer"]: tile["scale"] for tile in usual["tiles"]}
        for room, layout, key in zip(rooms, layouts(architecture, rooms), keys, strict=True):
            check_presented(architecture, layout, room)
            scales = {tile["layer"]: tile["scale"] for tile in layout["tiles"]}
            assert scales[key] >= before[key], (room, scales, before)
            assert all(scale >= int(2 * layout["text"] / 2) for scale in scales.values())
            others = [scale for other, scale in scales.items() if other != key]
            assert scales[key] > max(others), (room, scales)


def test_more_maps_than_fit_below_each_other_stand_in_columns() -> None:
    (wide, phone) = layouts(MANY_MAPS, [(1800, 700, ""), (390, 700, "")])
    check(MANY_MAPS, wide, "wide")
    check(MANY_MAPS, phone, "phone")


def test_where_the_screen_is_wide_all_fits_in_the_height_that_is_there() -> None:
    rooms = [(width, height, "") for width in WIDTHS[6:] for height in HEIGHTS[1:]]
    for (_, height, _), layout in zip(rooms, layouts(LENET5, rooms), strict=True):
        assert layout["height"] == height


def test_the_edges_into_c3_are_table_1() -> None:
    (layout,) = layouts(LENET5, [(1100, 700, "")])
    drawn = {(e["before"], e["map"]) for e in layout["edges"] if e["layer"] == "c3"}
    assert drawn == {(s2, c3) for c3, reads in enumerate(spec.C3_READS) for s2 in reads}


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_edges_join_every_map_with_those_it_reads_and_no_others(name: str) -> None:
    (layout,) = layouts(ARCHITECTURES[name], [(1440, 700, "")])
    layers = ARCHITECTURES[name]["layers"]
    for before, one in pairwise(layers[:-1]):
        drawn = [(e["before"], e["map"]) for e in layout["edges"] if e["layer"] == one["key"]]
        sources = 1 if before["size"] == 1 else before["maps"]
        expected = (
            [(n, k) for k, reads in enumerate(one["reads"]) for n in reads]
            if one["size"] > 1
            else [(n, 0) for n in range(sources)]
        )
        assert sorted(drawn) == sorted(expected)


def test_a_phone_has_no_edges_and_one_layer_below_the_other() -> None:
    (layout,) = layouts(LENET5, [(358, 700, "")])
    assert layout["edges"] == []
    tops = [layout["bounds"][one["key"]]["y"] for one in LENET5["layers"]]
    assert tops == sorted(tops)
    assert layout["classes"] == ["narrow", "tight", "crowded"]


PHONES = {"tall": (366, 799, 210), "small": (336, 595, 200)}
"""The room that the page leaves on screens of 390x844 and 360x640, and the canvas's side."""


@pytest.mark.parametrize("name", ARCHITECTURES)
@pytest.mark.parametrize("phone", PHONES)
def test_on_a_phone_canvas_every_layer_and_the_output_are_on_one_screen(
    phone: str, name: str
) -> None:
    width, height, canvas = PHONES[phone]
    corner = {"right": canvas + 2, "bottom": canvas + 2, "end": canvas + 42}
    (layout,) = layouts(ARCHITECTURES[name], [(width, height, "", corner)])
    check(ARCHITECTURES[name], layout, phone)
    assert layout["legend"]["y"] + 16 <= height
    for tile in layout["tiles"]:
        left, top, _, _ = sides(tile)
        assert left >= corner["right"] or top >= corner["end"], "the canvas lies over it"
        assert tile["scale"] * tile["columns"] >= 15, "no map is smaller than can be seen"
    centres = [row["centre"] for row in layout["outputs"]]
    assert all(after - before >= 10 for before, after in pairwise(centres))


@pytest.mark.parametrize("heights", [range(560, 720, 40), range(720, 1000, 40)])
def test_a_higher_phone_gets_larger_maps(heights: range) -> None:
    """From 720 on the controls are on the screen as well."""
    corner = {"right": 202, "bottom": 202, "end": 242}
    total = [
        sum(tile["scale"] ** 2 * tile["rows"] * tile["columns"] for tile in layout["tiles"])
        for layout in layouts(LENET5, [(366, height, "", corner) for height in heights])
    ]
    # Units grow in steps, so a layer may gain a little less than another loses.
    assert all(higher > 0.95 * lower for lower, higher in pairwise(total))
    assert total[-1] > 1.2 * total[0]


def test_a_phone_on_its_side_shows_everything_at_once() -> None:
    for width in (560, 604, 720):
        (layout,) = layouts(LENET5, [(width, 340, "low")])
        check(LENET5, layout, width)
        assert layout["height"] == 340


def test_without_codes_there_is_a_bar_for_each_class_and_no_picture() -> None:
    for layout in layouts(SMALL, [(1440, 700, ""), (390, 700, "")]):
        assert [row["code"] for row in layout["outputs"]] == [None] * 10
        assert all(row["bar"]["width"] >= 10 for row in layout["outputs"])
