"""Where the layers of compared networks stand, whatever networks and room there are."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from lenet.browser.description import describe_spec
from lenet.variants import VARIANTS
from pages.parts.compare.chosen import ON_VARIANTS
from tests.support import node

SPECS = {name: describe_spec(variant.architecture) for name, variant in VARIANTS.items()}

CHOICES = [
    ON_VARIANTS.defaults,
    ("lenet5", "response-norm", "textbook", "lenet1"),
    ("linear", "fully-connected"),
    ("linear",),
    ("unshared", "hand-made", "two-towers"),
    tuple(VARIANTS)[:4],
]


def run(script: str, **data: Any) -> Any:
    return node.run(
        f'const {{ columnsOf, layOut }} = await import("./comparison/layout.js");\n{script}', data
    )


def laid_out(names: tuple[str, ...], width: int, height: int, tall: bool) -> dict[str, Any]:
    captions = [{layer["key"]: 44 for layer in SPECS[name]["layers"]} for name in names]
    room = {"width": width, "height": height, "line": 30, "apart": 14, "tall": tall}
    script = "return layOut(data.specs, data.room);"
    found: dict[str, Any] = run(
        script, specs=[SPECS[name] for name in names], room={**room, "captions": captions}
    )
    return found


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (("lenet5",), ["c1", "s2", "c3", "s4", "c5", "f6"]),
        (("fully-connected", "lenet5"), ["h1", "c1", "s2", "c3", "s4", "c5", "f6"]),
        (("lenet5", "fully-connected"), ["c1", "s2", "c3", "s4", "c5", "f6", "h1"]),
        (("lenet5", "response-norm"), ["c1", "s2", "n2", "c3", "s4", "n4", "c5", "f6"]),
        (("response-norm", "lenet1"), ["c1", "s2", "n2", "c3", "s4", "n4", "c5", "f6"]),
        (("lenet1", "lenet5"), ["c1", "s2", "c3", "s4", "c5", "f6"]),
        (("linear",), []),
    ],
)
def test_a_layer_has_one_column_in_the_order_of_every_network(
    names: tuple[str, ...], columns: list[str]
) -> None:
    assert run("return columnsOf(data.specs);", specs=[SPECS[name] for name in names]) == columns


@pytest.mark.parametrize("names", CHOICES, ids="-".join)
def test_nothing_overlaps_and_every_unit_has_a_place(names: tuple[str, ...]) -> None:
    rooms = [(780, 110, False), (600, 58, False), (1100, 150, False), (330, 92, True)]
    for width, height, tall in rooms:
        found = laid_out(names, width, height, tall)
        assert found["width"] <= width
        keys = [column["key"] for column in found["columns"]]
        for name, row in zip(names, found["rows"], strict=True):
            layers = {layer["key"]: layer for layer in SPECS[name]["layers"]}
            for column, place in zip(found["columns"], row, strict=True):
                assert place["key"] == column["key"]
                assert bool(place["layer"]) == (column["key"] in layers)
                if not place["layer"]:
                    continue
                assert place["width"] <= column["width"]
                assert place["y"] >= column["y"] + 30, "below its words"
                assert place["y"] + place["height"] <= column["y"] + column["height"]
                cells = sum(tile["rows"] * tile["columns"] for tile in place["tiles"])
                layer = layers[column["key"]]
                assert cells == layer["maps"] * layer["size"] ** 2
                for one, other in itertools.combinations(place["tiles"], 2):
                    assert not overlapping(box_of(one), box_of(other)), (name, column["key"])
        for one, other in itertools.combinations(found["columns"], 2):
            box, others = ((c["x"], c["y"], c["width"], c["height"]) for c in (one, other))
            assert not overlapping(box, others), (keys, width)


def box_of(tile: dict[str, Any]) -> tuple[float, float, float, float]:
    side = tile["scale"]
    return tile["x"], tile["y"], tile["columns"] * side, tile["rows"] * side


def overlapping(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    (x, y, width, height), (x2, y2, width2, height2) = one, other
    return x < x2 + width2 and x2 < x + width and y < y2 + height2 and y2 < y + height


def test_pictures_fill_the_room_that_there_is() -> None:
    names = ON_VARIANTS.defaults
    low, high = (laid_out(names, 1200, height, tall=False)["height"] for height in (58, 130))
    assert low < high <= 30 + 130
    assert laid_out(names, 700, 130, tall=False)["width"] <= 700
