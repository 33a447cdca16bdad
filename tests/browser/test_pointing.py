"""Any unit can be pointed at, pinned and taken apart, and its numbers add up."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page, expect

import lenet
from lenet import spec, units
from tests.support import running_app, waiting
from tests.support.colours import colours_in, is_blue_or_orange
from tests.support.sampling import count
from tests.support.shown_units import PLACE, Place, draw, some_units


@pytest.fixture
def page(desk: Page) -> Page:
    return desk


def position(page: Page, unit: Place) -> tuple[float, float]:
    """Where a unit is on the page."""
    view = page.locator(f"{running_app.VIEW} .picture")
    box = view.bounding_box()
    assert box is not None
    x, y = page.locator(running_app.VIEW).evaluate(PLACE, list(unit))
    return box["x"] + x, box["y"] + y


def hover(page: Page, unit: Place) -> None:
    page.mouse.move(*position(page, unit))


def label(page: Page) -> str:
    return page.locator(f"{running_app.VIEW} .label").inner_text()


def printed(text: str) -> Decimal:
    return Decimal(text.replace("\u2212", "-"))


def test_a_hovered_unit_tells_its_name_its_value_and_its_field(page: Page) -> None:
    x = draw(page, "3")
    trace = lenet.Trace.of(lenet.load(), x)
    hover(page, ("c3", 9, 4, 7))
    text = label(page)
    field = spec.C3.sees(4, 7)
    value, before = trace.c3[0, 9, 4, 7], trace.before["c3"][0, 9, 4, 7]
    assert "C3[9] (4,7)" in text
    assert f"{value:.4f}".replace("-", "\u2212") in text
    assert f"{before:.4f}".replace("-", "\u2212") in text
    assert f"rows {field.row}\u2013{field.last_row}" in text
    assert f"columns {field.column}\u2013{field.last_column}" in text


def test_every_layer_can_be_pointed_at(page: Page) -> None:
    draw(page, "6")
    for unit in some_units(16):
        hover(page, unit)
        shown = json.loads(running_app.handles(page)["unit"])
        assert tuple(shown.values()) == unit


def test_s2_maps_outside_the_row_of_table_1_stay_dark(page: Page) -> None:
    draw(page, "8")
    before = brightness(page)
    hover(page, ("c3", 9, 5, 5))
    after = brightness(page)
    for s2_map in range(spec.S2.maps):
        dimmed = after[s2_map] < 0.5 * before[s2_map]
        assert dimmed == (s2_map not in spec.C3_READS[9])


def brightness(page: Page) -> list[float]:
    """How far, on average, each S2 map is from the page's white, marks included."""
    x0 = page.locator(f"{running_app.VIEW} .picture").bounding_box()
    assert x0 is not None
    boxes = page.locator(running_app.VIEW).evaluate(
        """root => root.view.layout.tiles.filter(({ layer }) => layer === "s2")
            .map(({ x, y, rows, scale }) => [x + 2, y + 2, rows * scale - 4])"""
    )
    shown = []
    for x, y, side in boxes:
        clip: FloatRect = {"x": x0["x"] + x, "y": x0["y"] + y, "width": side, "height": side}
        picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
        shown.append(float((255 - np.asarray(picture, dtype=float)).mean()))
    return shown


def test_a_click_pins_a_unit_that_survives_further_drawing(page: Page) -> None:
    draw(page, "1")
    page.mouse.click(*position(page, ("s4", 3, 2, 2)))
    panel = page.locator(f"{running_app.VIEW} .arithmetic")
    expect(panel).to_contain_text("S4[3] (2,2)")
    before = panel.locator(".head .value").inner_text()
    running_app.draw(page, [[(60, 60), (220, 60)], [(60, 240), (220, 240)]], steps=4)
    running_app.wait_for_answer(page, 3)
    expect(panel).to_contain_text("S4[3] (2,2)")
    assert panel.locator(".head .value").inner_text() != before
    page.mouse.click(*position(page, ("s4", 3, 2, 2)))
    expect(panel).to_be_hidden()


def test_the_printed_terms_of_any_unit_add_up_to_its_printed_value(page: Page) -> None:
    x = draw(page, "5")
    model = lenet.load()
    for unit in some_units(count(52, 104)):
        page.locator(running_app.VIEW).evaluate(
            "({ view }, [layer, map, row, column]) => "
            "view.pointing.pin({ layer, map, row, column })",
            list(unit),
        )
        panel = page.locator(f"{running_app.VIEW} .arithmetic")
        roles = panel.evaluate(
            """panel => [...panel.querySelectorAll("[data-role]")]
                .map((one) => [one.dataset.role, one.textContent])"""
        )
        shown: dict[str, list[Decimal]] = {}
        for role, text in roles:
            shown.setdefault(role, []).append(printed(text))
        explained = units.explain(model, x, *unit)
        layer = spec.BY_KEY[unit[0]]
        where = explained.name
        assert panel.locator("strong").inner_text() == where
        close(shown["value"][0], explained.value, where)
        if layer.squashed:
            assert sum(shown["term"]) == shown["total"][0], where
            close(shown["total"][0], explained.total, where)  # type: ignore[union-attr]
        if layer.kind == "sub-sampling":
            assert sum(shown["input"]) == shown["sum"][0], where
        if layer in (spec.C1, spec.C3):
            assert sum(shown["product"]) == sum(shown["term"][:-1]), where
        if layer is spec.OUTPUT:
            squares, advantages = shown["product"][:84], shown["product"][84:]
            assert sum(squares) == shown["total"][0] == shown["value"][0], where
            assert sum(advantages) == shown["gap"][0], where


def close(shown: Decimal, expected: Any, where: str) -> None:
    """The same but for the rounding of the last printed digit, and of a float32."""
    assert abs(float(shown) - float(expected)) < 1.1e-4 * (1 + abs(float(expected)) / 100), where


def test_copy_as_python_gives_a_snippet_that_reproduces_the_number(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    running_app.open_draw_page(page, address)
    x = draw(page, "9")
    panel = page.locator(f"{running_app.VIEW} .arithmetic")
    taken: list[Place] = [("c1", 2, 9, 9), ("s2", 1, 6, 6), ("c3", 9, 4, 7), ("f6", 40, 0, 0)]
    for unit in [*taken, ("output", 9, 0, 0)]:
        page.mouse.click(*position(page, unit))
        expect(panel.locator("strong")).to_have_text(units.explain(lenet.load(), x, *unit).name)
        panel.get_by_role("button", name="Copy").click()
        expect(panel.get_by_role("button", name="Copied")).to_be_visible()
        snippet = page.evaluate("navigator.clipboard.readText()")
        run = subprocess.run(
            [sys.executable, "-c", snippet], capture_output=True, text=True, check=True
        )
        expected = units.explain(lenet.load(), x, *unit).value
        assert abs(float(run.stdout) - expected) < 1e-4 * (1 + abs(expected))
        panel.get_by_role("button", name="Unpin").click()
        expect(panel).to_be_hidden()
    context.close()


def test_keys_walk_the_units_pin_and_let_go(page: Page) -> None:
    draw(page, "2")
    page.locator(f"{running_app.VIEW} [data-stop=c3]").focus()
    unit = json.loads(running_app.handles(page)["unit"])
    assert unit == {"layer": "c3", "map": 0, "row": 0, "column": 0}
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    unit = json.loads(running_app.handles(page)["unit"])
    assert unit == {"layer": "c3", "map": 0, "row": 2, "column": 1}
    spoken = page.locator(f"{running_app.VIEW} .announcement").inner_text()
    assert "C3[0] (2,1)" in spoken
    assert "value" in spoken
    assert "sees rows" in spoken
    page.keyboard.press("Enter")
    expect(page.locator(f"{running_app.VIEW} .arithmetic")).to_contain_text("C3[0] (2,1)")
    page.keyboard.press("Tab")
    assert json.loads(running_app.handles(page)["unit"])["layer"] == "s4"
    page.keyboard.press("Escape")
    expect(page.locator(f"{running_app.VIEW} .arithmetic")).to_be_hidden()


def test_on_a_tablet_a_tap_is_hover_and_a_second_tap_pins(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 1024, "height": 768}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    running_app.open_draw_page(page, address)
    page.locator(f"{running_app.VIEW} .picture").scroll_into_view_if_needed()
    x, y = page.locator(running_app.VIEW).evaluate(PLACE, ["s2", 2, 6, 6])
    picture = page.locator(f"{running_app.VIEW} .picture")
    picture.tap(position={"x": x, "y": y})
    assert "S2[2] (6,6)" in label(page)
    expect(page.locator(f"{running_app.VIEW} .arithmetic")).to_be_hidden()
    picture.tap(position={"x": x, "y": y})
    expect(page.locator(f"{running_app.VIEW} .arithmetic")).to_contain_text("S2[2] (6,6)")
    context.close()


def test_a_maps_number_shows_its_kernels(page: Page) -> None:
    draw(page, "7")
    page.locator(f"{running_app.VIEW} [data-map='c3 9']").hover()
    card = page.locator(f"{running_app.VIEW} .card")
    expect(card.locator("canvas")).to_have_count(len(spec.C3_READS[9]))
    for s2_map in spec.C3_READS[9]:
        expect(card).to_contain_text(f"S2[{s2_map}]")


def test_a_code_shows_the_squared_differences(page: Page) -> None:
    x = draw(page, "4")
    hover(page, ("output", 9, 0, 0))
    distance = lenet.load()(x)[0, 9]
    card = page.locator(f"{running_app.VIEW} .card")
    expect(card).to_contain_text(f"{distance:.3f}"[:-1])
    pixels = card.locator("canvas").evaluate(
        """canvas => [...canvas.getContext("2d")
            .getImageData(0, 0, canvas.width, canvas.height).data]"""
    )
    seen = {(red, green, blue) for red, green, blue, _ in zip(*[iter(pixels)] * 4, strict=True)}
    page.locator(running_app.VIEW).evaluate(
        "({ view }) => view.pointing.pin({ layer: 'output', map: 9, row: 0, column: 0 })"
    )
    grid = page.locator(f"{running_app.VIEW} .arithmetic .grid").first
    cells = grid.evaluate(
        "grid => [...grid.children].map((cell) => getComputedStyle(cell).backgroundColor).join(' ')"
    )
    seen |= {colour for colour, _ in colours_in(cells)}
    assert len(seen) > 10
    assert not any(is_blue_or_orange(colour) for colour in seen), "these values have no sign"


def test_the_range_rescales_and_the_legend_says_so(page: Page) -> None:
    draw(page, "0")
    view = page.locator(running_app.VIEW)
    legend = page.locator(f"{running_app.VIEW} .legend")
    expect(legend).to_contain_text(f"\u2212{spec.AMPLITUDE}")
    view.get_by_role("button", name="layer", exact=True).click()
    expect(legend).to_contain_text("\u2212 largest")
    largest = view.evaluate("root => Math.max(...root.view.trace.c1.map(Math.abs))")
    expect(page.locator(f"{running_app.VIEW} .title[data-layer=c1]")).to_contain_text(
        f"\u00b1{largest:.2f}"
    )
    view.get_by_role("button", name="map", exact=True).click()
    expect(legend).to_contain_text("\u2212 largest")


def test_pause_freezes_the_picture_while_the_pen_moves_on(page: Page) -> None:
    draw(page, "1")
    view = page.locator(running_app.VIEW)
    view.get_by_role("button", name="Pause").click()
    frozen = running_app.handles(page)
    running_app.draw(page, [[(60, 60), (220, 60)]], steps=4)
    waiting.nothing_happens_for(page, 0.7, because="a live view follows the pen within a frame")
    assert running_app.handles(page) == frozen
    view.get_by_role("button", name="Resume").click()
    assert running_app.wait_for_answer(page, 2)["distances"] != frozen["distances"]
