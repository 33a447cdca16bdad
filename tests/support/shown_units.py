"""Units of the network view: where they stand on the page, and a choice of them."""

from __future__ import annotations

import random

import torch
from playwright.sync_api import Page

from lenet import spec
from tests.support import running_app
from tests.support.digits import DIGITS

PLACE = """(root, [key, map, row, column]) => {
    const { layout } = root.view;
    const layer = root.view.bundle.spec.layers.find((layer) => layer.key === key);
    if (key === "output") {
        const { box, centre } = layout.outputs[map];
        return [box.x + 4, centre];
    }
    const tiles = layout.tiles.filter((tile) => tile.layer === key);
    const own = tiles.length === layer.maps;
    const tile = own ? tiles[map] : tiles[0];
    const index = own ? row * layer.size + column : map;
    return [
        tile.x + ((index % tile.columns) + 0.5) * tile.scale,
        tile.y + (Math.floor(index / tile.columns) + 0.5) * tile.scale,
    ];
}"""

Place = tuple[str, int, int, int]


def draw(page: Page, digit: str) -> torch.Tensor:
    """Draw a digit and return the input that the view shows."""
    running_app.draw(page, DIGITS[digit], steps=4)
    running_app.wait_for_answer(page, len(DIGITS[digit]))
    values = page.locator(running_app.VIEW).evaluate("root => Array.from(root.view.trace.input)")
    return torch.tensor(values).reshape(1, 1, spec.INPUT_SIZE, spec.INPUT_SIZE)


def some_units(count: int) -> list[Place]:
    """So many units, spread over all layers."""
    generator = random.Random(1998)
    chosen: list[Place] = []
    for index in range(count):
        layer = list(spec.BY_KEY.values())[index % len(spec.BY_KEY)]
        chosen.append(
            (
                layer.key,
                generator.randrange(layer.maps),
                generator.randrange(layer.size),
                generator.randrange(layer.size),
            )
        )
    return chosen
