"""The app in a frame of another page, scrolled inside and outside, and resized."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.support import running_app
from tests.support.digits import DIGITS
from tests.support.sampling import sampled

AROUND = """
<style>body {{ margin: 0; }} div {{ height: 900px; }}</style>
<div>before</div>
<iframe src="{address}/?embed=true" width="{width}" height="{height}"
        style="display: block; margin-left: 37px; border: 3px solid"></iframe>
<div>after</div>
"""
SIZES = [(1200, 700), (390, 700), (800, 600)]
FARTHEST = 1.0
"""Canvas pixels that a point may be from where the pen was: a mouse knows whole ones."""


@pytest.fixture
def outer(browser: Browser) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        yield page


def embedded(page: Page, address: str, width: int, height: int) -> Frame:
    page.set_content(AROUND.format(address=address, width=width, height=height))
    handle = page.locator("iframe").element_handle()
    frame = handle.content_frame() if handle else None
    assert frame is not None
    expect(frame.locator(running_app.VIEW)).not_to_have_attribute("data-frame", "0")
    return frame


def must_be_drawn_on(page: Page, frame: Frame, digit: str) -> None:
    """Strokes lie where the mouse was, and are read and verified."""
    canvas = frame.locator(running_app.CANVAS)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    scale = box["width"] / running_app.CANVAS_SIDE
    for stroke in DIGITS[digit]:
        places = [(box["x"] + scale * x, box["y"] + scale * y) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=4)
        page.mouse.up()
    strokes = len(DIGITS[digit])
    verified = f'{running_app.VIEW}[data-source=verified][data-strokes="{strokes}"]'
    frame.wait_for_selector(verified)
    view = frame.locator(running_app.VIEW)
    assert view.get_attribute("data-digit") == digit
    drawn = view.evaluate("root => root.view.live.strokes()")
    for points, stroke in zip(drawn, DIGITS[digit], strict=True):
        for end in (0, -1):
            apart = [abs(a - b) for a, b in zip(points[end], stroke[end], strict=True)]
            assert max(apart) <= FARTHEST / scale


@pytest.mark.parametrize(("width", "height"), sampled(SIZES, 2))
def test_strokes_land_where_the_pen_is_however_it_is_scrolled_and_resized(
    outer: Page, address: str, width: int, height: int
) -> None:
    frame = embedded(outer, address, width, height)
    outer.evaluate("scrollTo(0, 450)")
    frame.locator("[data-testid=stMain]").evaluate("main => { main.scrollTop = 60; }")
    must_be_drawn_on(outer, frame, "3")
    assert outer.evaluate("scrollY") > 0
    for resized in (700, 1100):
        frame.get_by_role("button", name="Clear", exact=True).click()
        expect(frame.locator(running_app.VIEW)).to_have_attribute("data-digit", "")
        outer.locator("iframe").evaluate(
            "(frame, width) => { frame.width = width; frame.height = 800; }", resized
        )
        frame.wait_for_function("width => innerWidth === width", arg=resized)
        must_be_drawn_on(outer, frame, "7")
