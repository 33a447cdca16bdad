"""For eyes that need larger letters, the system's own colours, or nothing that moves."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from lenet.drawing import Drawing, link
from tests.support import running_app
from tests.support.digits import DIGITS
from tests.support.running_app import CANVAS, VIEW, VIEW_ROOT

SEVEN = f"drawing={link.write(Drawing(DIGITS['7'], [20]))}"


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Any]:
    """Opens the draw page with a 7 in a context of its own; errors in its console fail the test."""
    contexts = []
    errors: list[list[str]] = []

    def opened(**settings: Any) -> Page:
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        errors.append(running_app.errors_of(page))
        running_app.open_draw_page(page, f"{address}/?{SEVEN}")
        running_app.wait_for_answer(page, len(DIGITS["7"]))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not any(errors), errors


def contrast(place: Locator) -> float:
    """The largest difference of brightness within what is shown there, 0 to 255."""
    picture = np.asarray(Image.open(io.BytesIO(place.screenshot())).convert("L"), dtype=int)
    return float(picture.max() - picture.min())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_the_systems_own_colours_everything_is_still_seen(
    opened: Any, scheme: Literal["light", "dark"]
) -> None:
    page = opened(viewport=running_app.SCREEN, forced_colors="active", color_scheme=scheme)
    view = page.locator(VIEW)
    seen = [
        page.locator(CANVAS),  # ink on paper
        page.get_by_test_id("stSlider"),
        view.locator(".legend .ramp"),
        page.get_by_role("button", name="Undo"),
        view.get_by_role("button", name="Pause"),
        page.get_by_role("button", name="Copy link"),
    ]
    for place in seen:
        assert contrast(place) > 90, place
    # A bar and the line stand out from the page around them.
    page_colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for part in (".output .bar", ".output.nearest .bar", ".rejection"):
        colour = view.locator(part).first.evaluate("one => getComputedStyle(one).backgroundColor")
        assert colour not in (page_colour, "rgba(0, 0, 0, 0)"), part
    for place in (
        page.locator(".st-key-canvas .cursor-place"),
        page.get_by_role("button", name="Undo"),
        page.get_by_role("button", name="Copy link"),
        view.locator("[data-stop=c3]"),
        view.get_by_role("button", name="Pause"),
    ):
        box = place.bounding_box()
        assert box is not None
        around = {side: box[side] - 4 for side in ("x", "y")}
        around |= {side: box[side] + 8 for side in ("width", "height")}
        place.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")  # as if by keyboard
        expect(place).to_be_focused()
        focused = page.screenshot(clip=around)
        page.evaluate("document.activeElement.blur()")
        blurred = page.screenshot(clip=around)
        first, second = (
            np.asarray(Image.open(io.BytesIO(one)).convert("RGB"), dtype=int)
            for one in (focused, blurred)
        )
        changed = (abs(first - second).max(axis=2) > 60).sum()
        assert changed > box["width"] + box["height"], place  # at least a line around half of it


TEXTS = f"""() => {{
    const view = {VIEW_ROOT};
    const parts = ".title .name, .output .class, .output .distance, .rejection > *, " +
        ".legend .ends > *, .controls button, .badge .whose";
    const main = document.querySelector("[data-testid=stMain]");
    const light = ".st-key-sources button, .answer .sentence, .answer .headline, " +
        ".st-key-heading_tools button, summary";
    const all = [...view.querySelectorAll(parts), ...main.querySelectorAll(light)];
    return all.flatMap((node) => {{
        const range = document.createRange();
        range.selectNodeContents(node);
        const {{ left, top, right, bottom }} = range.getBoundingClientRect();
        const below = main.scrollTop;
        if (right <= left || getComputedStyle(node).visibility === "hidden") return [];
        return [{{ text: node.innerText, box: [left, top + below, right, bottom + below] }}];
    }});
}}"""
"""Every text that one reads while drawing, and where it is on the page."""


def test_at_twice_the_size_nothing_is_lost_and_no_text_lies_on_another(opened: Any) -> None:
    """A window of 1440 x 900 at 200 % has 720 x 450 CSS pixels."""
    page = opened(viewport={"width": 720, "height": 450}, device_scale_factor=2)
    texts = page.evaluate(TEXTS)
    said = [one["text"] for one in texts]
    for expected in ("C1", "F6", "output", "Pause", "Replay", "Undo", "Download", "fixed"):
        assert any(expected in one for one in said), (expected, said)
    for one, other in itertools.combinations(texts, 2):
        across = min(one["box"][2], other["box"][2]) - max(one["box"][0], other["box"][0])
        down = min(one["box"][3], other["box"][3]) - max(one["box"][1], other["box"][1])
        # Boxes of lines have some room above and below their letters.
        assert across <= 0 or down <= 4, (one, other)
    width, shown = page.evaluate(
        "(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])"
        "(document.querySelector('[data-testid=stMain]'))"
    )
    assert width <= shown  # it scrolls down, never aside
    page.get_by_role("button", name="PNG").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="PNG")).to_be_in_viewport()
    # What is said of a pinned unit is reached as well.
    page.locator(f"{VIEW} [data-stop=c3]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{VIEW} .arithmetic")).to_contain_text("C3[0] (0,0)")


def test_nothing_moves_by_itself_for_those_who_do_not_want_it(opened: Any) -> None:
    page = opened(viewport=running_app.SCREEN, reduced_motion="reduce")
    page.keyboard.press("r")
    page.wait_for_function(f"{VIEW_ROOT}.view.replay.open")
    assert not page.evaluate(f"{VIEW_ROOT}.view.replay.running")
    page.keyboard.press("r")
    slow = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((node) => {
            const { transitionDuration, animationDuration } = getComputedStyle(node);
            const seconds = `${transitionDuration}, ${animationDuration}`.split(", ");
            return seconds.some((one) => parseFloat(one) > 0.001);
        }).map((node) => node.outerHTML.slice(0, 200))"""
    )
    assert slow == []
    # Nothing waits for the end of a movement that there is not.
    for name, opened_is in (("Samples", "stPopoverBody"), ("QR code", "stDialog")):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_test_id(opened_is)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_test_id(opened_is)).to_have_count(0)
    page.get_by_text("A layer enlarged").click()
    expect(page.get_by_role("radiogroup", name="Layer")).to_be_visible()
