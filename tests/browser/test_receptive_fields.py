"""Pointing at a unit shows its field at once; a click makes the page about it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import torch
from playwright.sync_api import Browser, Page, expect

import lenet
from lenet import spec
from lenet.analysis.effective_field import gradients, share_in_the_middle
from lenet.samples import load as load_samples
from lenet.units import Unit
from tests.support import running_app

FIELDS = ".st-key-receptive_field .fields"


@pytest.fixture
def fields_page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, opened by its own address; errors of scripts fail the test."""
    with running_app.watched_page(browser) as page:
        open_page(page, f"{address}/receptive-fields")
        yield page


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(f"{FIELDS}[data-unit]")
    running_app.settle(page)


def place_of(page: Page, layer: str, map_: int, row: int, column: int) -> tuple[float, float]:
    """Where a unit stands in the window, in CSS pixels."""
    x, y = page.locator(FIELDS).evaluate(
        """(root, [layer, map, row, column]) => {
            const tiles = root.view.layout.tiles.filter((tile) => tile.layer === layer);
            const tile = tiles.find((tile) => tile.single || tile.map === map);
            if (tile.single) [row, column] = [Math.floor(map / tile.columns), map % tile.columns];
            const box = root.querySelector(".picture").getBoundingClientRect();
            return [box.x + tile.x + (column + 0.5) * tile.scale,
                    box.y + tile.y + (row + 0.5) * tile.scale];
        }""",
        [layer, map_, row, column],
    )
    return x, y


def test_pointing_shows_the_field_and_leaving_returns_to_the_unit_picked(fields_page: Page) -> None:
    view = fields_page.locator(FIELDS)
    expect(view).to_have_attribute("data-unit", "C3[9] (4,4)")
    for layer, map_, row, column in [("c1", 2, 20, 7), ("s4", 11, 3, 1), ("c5", 77, 0, 0)]:
        fields_page.mouse.move(*place_of(fields_page, layer, map_, row, column))
        found = spec.BY_KEY[layer]
        field = found.sees(row, column)
        expect(view).to_have_attribute("data-unit", Unit(found, map_, row, column).name)
        field_shown = json.loads(view.get_attribute("data-field") or "")
        assert field_shown == [field.row, field.column, field.side]
    fields_page.mouse.move(1430, 890)
    expect(view).to_have_attribute("data-unit", "C3[9] (4,4)")


def test_a_click_makes_the_page_about_that_unit_and_the_address_keeps_it(fields_page: Page) -> None:
    fields_page.mouse.click(*place_of(fields_page, "s4", 5, 3, 1))
    gallery = load_samples()
    x = lenet.mnist.as_input(torch.from_numpy(gallery.images[gallery.labels == 3][:1].copy()))
    gradient = gradients(lenet.load(), x, Unit(spec.S4, 5, 3, 1))[0]
    share = share_in_the_middle(gradient, spec.S4.sees(3, 1)).mass
    said = fields_page.get_by_text("S4[5] (3,1)'s field")
    expect(said).to_contain_text(f"{share:.0%} of the gradient on this drawing")
    parts = ("unit_layer=s4", "unit_map=5", "unit_row=3", "unit_column=1")
    fields_page.wait_for_url(lambda url: all(part in url for part in parts))
    open_page(fields_page, fields_page.url)
    expect(fields_page.locator(FIELDS)).to_have_attribute("data-unit", "S4[5] (3,1)")


def test_arrow_keys_walk_and_enter_picks(fields_page: Page) -> None:
    view = fields_page.locator(FIELDS)
    view.focus()
    fields_page.keyboard.press("ArrowRight")
    fields_page.keyboard.press("ArrowDown")
    expect(view).to_have_attribute("data-unit", "C3[9] (5,5)")
    fields_page.keyboard.press("Enter")
    expect(fields_page.get_by_text("C3[9] (5,5)'s field")).to_be_visible()
