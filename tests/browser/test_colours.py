"""One palette on the screen, in both themes; on paper, one that tells the sign without colours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import Literal

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from lenet import spec
from lenet.figures.palette import PALETTES, of_value
from tests.support import running_app, waiting
from tests.support.colours import grey, rgb
from tests.support.shown_units import PLACE, draw

Found = list[tuple[float, tuple[int, int, int]]]
"""Values, and the colours that they are seen in."""

FIGURE = ".st-key-layer_figure .pictures"

ZERO = grey(rgb(PALETTES["print"].zero))

# In the browser: every unit of a layer with the place of its cell on the screen, from the figure...
IN_FIGURE = """root => [...root.querySelectorAll("canvas")].flatMap((canvas) => {
    const box = canvas.getBoundingClientRect();
    const { columns, rows, values } = canvas.picture;
    return Array.from(values, (value, i) => [
        value,
        box.left + (((i % columns) + 0.5) * box.width) / columns,
        box.top + ((Math.floor(i / columns) + 0.5) * box.height) / rows,
    ]);
})"""
# ... and from the view.
IN_VIEW = """(root, key) => {
    const box = root.querySelector(".maps").getBoundingClientRect();
    const { layout, trace } = root.view;
    return layout.tiles.filter(({ layer }) => layer === key).flatMap((tile) =>
        Array.from({ length: tile.rows * tile.columns }, (_, i) => [
            trace[key][tile.first + i],
            box.left + tile.x + ((i % tile.columns) + 0.5) * tile.scale,
            box.top + tile.y + (Math.floor(i / tile.columns) + 0.5) * tile.scale,
        ]));
}"""


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        page.emulate_media(color_scheme="light")
        running_app.open_draw_page(page, address)
        yield page


def seen(page: Page, cells: list[tuple[float, float, float]]) -> Found:
    """The colours of those cells that are on the screen now."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    found: Found = []
    for value, x, y in cells:
        if 0 <= x < picture.width and 0 <= y < picture.height:
            red, green, blue = np.asarray(picture)[int(y), int(x)]
            found.append((value, (int(red), int(green), int(blue))))
    assert len(found) > 50
    return found


def in_view(page: Page, layer: spec.Layer) -> Found:
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")  # the head covers some
    return seen(page, page.locator(running_app.VIEW).evaluate(IN_VIEW, layer.key))


def in_figure(page: Page) -> Found:
    figure = page.locator(FIGURE)
    figure.scroll_into_view_if_needed()
    return seen(page, figure.evaluate(IN_FIGURE))


def empty_canvases(page: Page) -> list[str]:
    """The view's canvases that are shown with nothing on them: they clear the paper below."""
    return list(
        page.locator(running_app.VIEW).evaluate(
            """root => [...root.querySelectorAll(".picture > canvas:not([hidden])")]
                .filter((canvas) => !canvas.getContext("2d")
                    .getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean))
                .map((canvas) => canvas.className)"""
        )
    )


def letters_on_paper(page: Page) -> set[str]:
    """The colours of all letters of the figure that are shown now."""
    colours = page.locator(FIGURE).evaluate(
        "root => [...root.querySelectorAll('.title')].map((text) => getComputedStyle(text).color)"
    )
    return {"#{:02x}{:02x}{:02x}".format(*rgb(colour)) for colour in colours}


def are_of(found: Found, theme: str) -> bool:
    """Whether every value is seen in the colour that the palette gives it."""
    expected = [rgb(of_value(PALETTES[theme], value, spec.AMPLITUDE)) for value, _ in found]
    apart = np.abs(np.array(expected) - [colour for _, colour in found])
    return bool((apart <= 3).all())


def figure_is_of(page: Page, theme: str) -> bool:
    return are_of(in_figure(page), theme)


def tell_the_sign_in_black_and_white(found: Found) -> bool:
    """Whether a value below zero is a lighter grey than zero, and one above zero a darker one."""
    values = np.array([value for value, _ in found])
    greys = np.array([grey(colour) for _, colour in found])
    clear = np.abs(values) > 0.05
    return bool(((greys[clear] < ZERO) == (values[clear] > 0)).all())


def test_view_and_figure_share_a_palette_that_follows_the_theme_and_goes_to_paper(
    page: Page,
) -> None:
    draw(page, "7")
    page.get_by_text("A layer enlarged").click()
    expect(page.locator(FIGURE)).to_be_visible(timeout=30_000)
    page.mouse.move(1, 1)  # what is pointed at has a label over it
    themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for theme in themes:
        page.emulate_media(color_scheme=theme, media="screen")
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
        running_app.settle(page)
        waiting.until(partial(figure_is_of, page, theme), f"the colours of {theme}")
        assert are_of(in_view(page, spec.C3), theme)
        assert are_of(in_figure(page), theme)
        page.emulate_media(media="print")
        for found in (in_view(page, spec.C3), in_view(page, spec.F6), in_figure(page)):
            assert are_of(found, "print")
            assert tell_the_sign_in_black_and_white(found)
        assert empty_canvases(page) == []
        assert letters_on_paper(page) == {PALETTES["print"].text}
        corner = Image.open(io.BytesIO(page.screenshot())).convert("RGB").getpixel((3, 300))
        assert corner == (255, 255, 255), "paper is white"


def test_a_picture_for_print_has_the_papers_colours_and_the_view_keeps_its_own(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    draw(page, "5")
    view = page.locator(running_app.VIEW)
    page.get_by_role("button", name="Download", exact=False).first.click()
    with page.expect_download() as event:
        page.get_by_role("button", name="Picture for black-and-white print").click()
    assert event.value.suggested_filename == "lenet5-5-print.png"
    picture = Image.open(event.value.path()).convert("RGB")
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    # The view is drawn at twice its size, somewhere below the answer.
    ratio = 2
    margin = (picture.width / ratio - view.evaluate("root => root.view.layout.width")) / 2
    places = [
        (value, *view.evaluate(PLACE, ["f6", unit, 0, 0]))
        for unit, value in enumerate(view.evaluate("root => [...root.view.trace.f6]"))
    ]

    def found(down: int) -> Found:
        pixels = np.asarray(picture)
        at = [(v, pixels[int(y * ratio) + down, int((x + margin) * ratio)]) for v, x, y in places]
        return [(value, (int(r), int(g), int(b))) for value, (r, g, b) in at]

    assert any(
        are_of(found(down), "print") and tell_the_sign_in_black_and_white(found(down))
        for down in range(160 * ratio)
    )
    page.keyboard.press("Escape")  # the downloads lie over F6
    expect(page.get_by_role("button", name="Picture for black-and-white print")).to_be_hidden()
    assert are_of(in_view(page, spec.F6), "dark")
    assert view.get_attribute("data-paper") is None
