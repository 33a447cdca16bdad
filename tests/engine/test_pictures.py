"""Where pictures stand in rooms of every width, and what pointing at them tells."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lenet import spec
from lenet.figures import fields, ideas, maps, output_codes, two_answers, weights
from lenet.figures.pictures import Sheet, largest, term
from tests.support import node

WIDTHS = [300, 336, 366, 412, 480, 560, 640, 820, 1000, 1216, 1400, 1872, 2512]
RANDOM = np.random.default_rng(4)


def values(*shape: int) -> np.ndarray:
    return RANDOM.normal(size=shape).astype(np.float32)


def sheets() -> dict[str, Sheet]:
    maps16 = values(16, 10, 10)
    return {
        "two answers": two_answers.c3_maps(maps16, maps16),
        "gates": ideas.gates(values(28, 28), values(14, 14), values(14, 14), 2),
        "effective": fields.effective(values(32, 32), values(32, 32), spec.C3.sees(3, 4), 9),
        "pixel counts": fields.pixel_counts(4, 30),
        "differences": output_codes.differences(values(12, 7), 3),
        "characters": output_codes.character_set("O", ["0"]),
        "C1": weights.c1_kernels(values(6, 5, 5)),
        "C5": weights.c5_units(values(120, 16, 5, 5)),
        "F6": weights.f6_units(values(84, 120)),
        **{
            f"enlarged {layer.name}": maps.layer_maps(
                layer, values(layer.maps, layer.size, layer.size)
            )
            for layer in spec.SQUASHED
        },
    }


SHEETS = sheets()

MEASURE = """
const { arrange, cellsAcross, hasSign, leastWidth, GAP, SIGN } =
  await import("./pictures/arrange.js");
return data.sheets.map((sheet) => data.widths.map((width) => {
  const { cell, lines } = arrange(sheet, width);
  return {
    cell,
    gap: GAP,
    lines: lines.map((row) => row.map((line) => line.map((stack) => ({
      titles: stack.map(({ title }) => title),
      width: (hasSign(stack) ? SIGN : 0) +
        Math.max(cell * cellsAcross(stack), ...stack.map(leastWidth)),
    })))),
  };
}));
"""


@pytest.fixture(scope="module")
def arranged() -> dict[str, list[dict[str, Any]]]:
    """Name of a sheet -> how it is arranged in each width."""
    described = [sheet.described() for sheet in SHEETS.values()]
    found = node.run(MEASURE, {"sheets": described, "widths": WIDTHS})
    return dict(zip(SHEETS, found, strict=True))


@pytest.mark.parametrize("name", SHEETS)
def test_no_line_is_wider_than_the_room(
    arranged: dict[str, list[dict[str, Any]]], name: str
) -> None:
    for width, shown in zip(WIDTHS, arranged[name], strict=True):
        for line in (line for row in shown["lines"] for line in row):
            needed = sum(stack["width"] for stack in line) + shown["gap"] * (len(line) - 1)
            assert needed <= width, width


@pytest.mark.parametrize("name", SHEETS)
def test_every_picture_stands_there_once_in_its_order(
    arranged: dict[str, list[dict[str, Any]]], name: str
) -> None:
    titles = [picture.title for picture in SHEETS[name].pictures()]
    for shown in arranged[name]:
        stacks = [stack for row in shown["lines"] for line in row for stack in line]
        assert [title for stack in stacks for title in stack["titles"]] == titles


@pytest.mark.parametrize("name", SHEETS)
def test_cells_are_as_large_as_they_are_meant_to_be(
    arranged: dict[str, list[dict[str, Any]]], name: str
) -> None:
    sheet = SHEETS[name]
    for width, shown in zip(WIDTHS, arranged[name], strict=True):
        assert shown["cell"] > sheet.least - 1, width
        assert shown["cell"] <= sheet.cell * max(1, min(2, width / 900)), width
    cells = [shown["cell"] for shown in arranged[name]]
    assert cells[-1] > cells[WIDTHS.index(1000)] or sheet.cell <= sheet.least + 1, (
        "wide rooms are used"
    )


def test_a_table_is_turned_where_its_columns_have_no_room() -> None:
    sheet = weights.c3_kernels(values(16, 6, 5, 5)).described()
    script = """
    const { arrangeTable } = await import("./pictures/arrange.js");
    return data.widths.map((width) => arrangeTable(data.sheet, width));
    """
    asked = {"sheet": sheet, "widths": WIDTHS}
    for width, found in zip(WIDTHS, node.run(script, asked), strict=True):
        assert found["turned"] == (width < 560), width
        columns = 6 if found["turned"] else 16
        assert 40 + columns * (5 * found["cell"] + 2) <= width
        assert found["cell"] >= 6


def test_pointing_tells_what_python_says_it_tells() -> None:
    """Every kind of text: with an origin, with a cell's number, with another text outside."""
    told = [
        *fields.effective(values(32, 32), values(32, 32), spec.C3.sees(3, 4), 9).pictures(),
        *maps.layer_maps(spec.F6, values(84, 1, 1)).pictures(),
        *list(weights.c5_units(values(120, 16, 5, 5)).pictures())[3:4],
        term("{row} {x}", values(2, 3), largest(values(2, 3))),
        next(fields.pixel_counts(3, 4).pictures()),
    ]
    script = """
    const { tell } = await import("./pictures/tell.js");
    return data.map((picture) => picture.values.map((_, i) =>
      tell(picture, [Math.floor(i / picture.columns), i % picture.columns])));
    """
    asked = [p.described() | {"values": p.values.astype(float).ravel().tolist()} for p in told]
    for picture, texts in zip(told, node.run(script, asked), strict=True):
        expected = [picture.tell(row, column) for row, column in np.ndindex(picture.values.shape)]
        assert texts == expected
