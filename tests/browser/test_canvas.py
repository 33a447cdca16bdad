"""The canvas shows and takes every stroke: with a mouse, with fingers, wherever they begin."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.support import running_app, touch, waiting
from tests.support.digits import DIGITS

INK_AND_PAPER = {"light": ((0, 0, 0), (255, 255, 255)), "dark": ((255, 255, 255), (14, 17, 23))}


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    with touch.phone(browser, address) as page:
        yield page


@pytest.fixture
def desk(desk: Page) -> Iterator[Page]:
    """Shown in its own size again afterwards."""
    yield desk
    desk.evaluate("document.querySelector('.stApp').removeAttribute('style')")


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear", exact=True).click()
    page.wait_for_selector(f"{running_app.VIEW}[data-source=verified][data-strokes='0']")


def pixels(page: Page) -> Image.Image:
    """The canvas as it is seen, one pixel for each of its own."""
    seen = page.locator(running_app.CANVAS).screenshot(scale="css")
    return Image.open(io.BytesIO(seen)).convert("RGB")


def test_ink_is_seen_in_both_themes_also_when_the_theme_changes_over_it(desk: Page) -> None:
    page = desk
    page.emulate_media(color_scheme="light")
    running_app.draw(page, [[(60, 60), (60, 220)]], steps=4)
    running_app.wait_for_answer(page, 1)
    box = page.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    # The second stroke's pen stays down, so its ink is not on the drawing's own layer yet.
    page.mouse.move(box["x"] + 200, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 220, steps=4)
    for theme in ("light", "dark", "light"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(
            "theme => getComputedStyle(document.querySelector('.st-key-canvas')).colorScheme"
            " === theme",
            arg=theme,
        )
        seen = pixels(page)
        ink, paper = INK_AND_PAPER[theme]
        assert [seen.getpixel(place) for place in ((60, 140), (200, 140))] == [ink, ink]
        assert [seen.getpixel(place) for place in ((20, 140), (130, 140))] == [paper, paper]
    page.mouse.up()
    running_app.wait_for_answer(page, 2)


def test_no_button_of_the_component_takes_a_finger(phone: Page) -> None:
    """Its row of buttons would be over the top right quarter, invisible until hovered."""
    fingers = touch.Fingers(phone)
    places = [(x, y) for x in range(8, 280, 33) for y in (4, 26)]
    for place in places:
        fingers.tap(place)
    running_app.wait_for_answer(phone, len(places))
    clear(phone)
    # Nothing was switched to editing either: an 8 that begins there is an 8.
    eight = [[(x + 45, y - 30) for x, y in stroke] for stroke in DIGITS["8"]]
    fingers.look()
    fingers.draw(eight)
    assert running_app.wait_for_answer(phone, 1)["digit"] == "8"


def test_a_mouse_that_comes_from_above_draws_at_once(desk: Page) -> None:
    page = desk
    box = page.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    for index, x in enumerate((150, 190, 230, 270)):
        page.mouse.move(box["x"] + x, box["y"] - 60)
        page.mouse.move(box["x"] + x, box["y"] + 6)
        page.mouse.down()
        page.mouse.move(box["x"] + x, box["y"] + 120, steps=3)
        page.mouse.up()
        running_app.wait_for_answer(page, index + 1)


def test_the_component_offers_no_button(desk: Page) -> None:
    container = desk.locator(".st-key-canvas")
    assert container.locator(".dc-toolbar button").count() > 0, "the buttons are looked for"
    assert container.get_by_role("button").count() == 0


Place = tuple[float, float]

SEVEN = [(60, 60), (220, 60), (120, 240)]


class Mouse:
    """The mouse over the canvas, in canvas pixels, wherever the canvas is and however large."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def move(self, place: Place) -> None:
        box = self.page.locator(running_app.CANVAS).bounding_box()
        assert box is not None
        across, down = (box[side] / running_app.CANVAS_SIDE for side in ("width", "height"))
        self.page.mouse.move(box["x"] + across * place[0], box["y"] + down * place[1], steps=4)

    def draw(self, places: Sequence[Place]) -> None:
        for index, place in enumerate(places):
            self.move(place)
            if index == 0:
                self.page.mouse.down()


def expect_one_stroke(page: Page, digit: str = "7", *, through: Sequence[Place] = SEVEN) -> None:
    """That what was seen live and what the canvas has sent are one stroke through the places.

    The pen must still be down, or just have been lifted.
    """
    live = drawn_live(page)
    page.mouse.up()
    shown = running_app.wait_for_answer(page, 1)
    assert shown["digit"] == digit
    assert float(shown["delta"]) < 1e-4
    for place in through:
        nearest = min((x - place[0]) ** 2 + (y - place[1]) ** 2 for x, y in live)
        assert nearest < 9, f"no point of the stroke is near {place}"
    assert drawn_live(page) == live, "the canvas has sent what was followed"


def drawn_live(page: Page) -> list[Place]:
    """All positions of the strokes that the view shows now."""
    shown = page.locator(running_app.VIEW).evaluate("root => root.view.live.strokes()")
    return [(x, y) for stroke in shown for x, y in stroke]


@pytest.mark.parametrize("button", ["right", "middle"])
def test_another_button_changes_nothing_about_a_stroke(desk: Page, button: str) -> None:
    mouse = Mouse(desk)
    mouse.draw(SEVEN[:1])
    mouse.move((140, 60))
    desk.mouse.down(button=button)  # type: ignore[arg-type]
    mouse.move((220, 60))
    desk.mouse.up(button=button)  # type: ignore[arg-type]
    mouse.move((120, 240))
    expect_one_stroke(desk)


def test_another_button_alone_draws_nothing(desk: Page) -> None:
    mouse = Mouse(desk)
    mouse.move((60, 60))
    desk.mouse.down(button="right")
    mouse.move((220, 60))
    desk.mouse.up(button="right")
    mouse.draw(SEVEN)
    expect_one_stroke(desk)


@pytest.mark.parametrize("style", ["zoom: 2", "zoom: 0.6", "transform: scale(0.7, 0.5)"])
def test_the_canvas_may_be_shown_in_any_size(desk: Page, style: str) -> None:
    desk.evaluate("style => document.querySelector('.stApp').setAttribute('style', style)", style)
    desk.locator(running_app.CANVAS).scroll_into_view_if_needed()
    Mouse(desk).draw(SEVEN)
    expect_one_stroke(desk)


def scroll(page: Page, by: int) -> None:
    """Turn the mouse's wheel, and wait until the canvas is where that brings it."""
    top = page.locator(".st-key-canvas").evaluate(TOP)
    page.mouse.wheel(0, by)
    waiting.until(
        lambda: abs(page.locator(".st-key-canvas").evaluate(TOP) - top + by) < 3, "the page scrolls"
    )


TOP = "canvas => canvas.getBoundingClientRect().top"


def test_the_page_may_scroll_under_the_pen(desk: Page) -> None:
    desk.set_viewport_size({"width": 900, "height": 520})
    mouse = Mouse(desk)
    mouse.draw([(60, 60), (220, 90)])
    scroll(desk, 50)
    mouse.move((120, 240))
    expect_one_stroke(desk, through=[(60, 60), (220, 90), (120, 240)])


def test_a_stroke_may_leave_the_canvas_and_come_back(desk: Page) -> None:
    """Over the head of the page, which does not scroll with it, too."""
    desk.set_viewport_size({"width": 900, "height": 600})
    desk.mouse.move(600, 300)
    scroll(desk, round(desk.locator(".st-key-canvas").evaluate(TOP)) - 95)
    around = [(2, 60), (140, -90), (278, 60), (320, 140), (278, 220), (140, 279), (0, 220)]
    Mouse(desk).draw([*around, (-10, 140), (2, 60)])
    expect_one_stroke(desk, "0", through=around)


@pytest.mark.parametrize(
    "event",
    [
        "window.dispatchEvent(new Event('blur'))",
        "document.dispatchEvent(new MouseEvent('mouseup', { button: 0 }))",
        """Object.defineProperty(document, "hidden", { value: true, configurable: true });
           document.dispatchEvent(new Event("visibilitychange"));
           delete document.hidden""",
    ],
    ids=["blur", "elsewhere", "hidden"],
)
def test_a_stroke_ends_where_the_page_is_left(desk: Page, event: str) -> None:
    mouse = Mouse(desk)
    mouse.draw(SEVEN)
    desk.evaluate(event)
    mouse.move((20, 20))
    expect_one_stroke(desk)
    assert all((x, y) != (20, 20) for x, y in drawn_live(desk))


def test_a_release_that_nobody_saw_ends_the_stroke(desk: Page) -> None:
    """As after an alert, or beside the window: the mouse comes back with no button down."""
    mouse = Mouse(desk)
    mouse.draw(SEVEN)
    session = desk.context.new_cdp_session(desk)
    box = desk.locator(running_app.CANVAS).bounding_box()
    assert box is not None
    session.send(
        "Input.dispatchMouseEvent",
        {"type": "mouseMoved", "x": box["x"] + 250, "y": box["y"] + 20, "buttons": 0},
    )
    expect_one_stroke(desk)
    assert max(x for x, _ in drawn_live(desk)) < 222


def test_a_palm_that_rests_first_is_no_stroke(phone: Page) -> None:
    fingers = touch.Fingers(phone)
    palm, finger = 1, 2
    fingers.down((262, 268), palm)
    fingers.move((265, 266), palm)
    fingers.down(SEVEN[0], finger)
    for place in SEVEN[1:]:
        fingers.move(place, finger)
        fingers.move((268, 262), palm)
    fingers.up(finger)
    expect_one_stroke(phone)
    fingers.down((60, 140), finger)  # the palm still rests there
    fingers.move((200, 140), finger)
    fingers.up(finger)
    fingers.up(palm)
    running_app.wait_for_answer(phone, 2)


def test_a_palm_that_comes_later_does_not_stop_the_finger(phone: Page) -> None:
    fingers = touch.Fingers(phone)
    palm, finger = 1, 2
    fingers.down(SEVEN[0], finger)
    fingers.move(SEVEN[1], finger)
    fingers.down((262, 268), palm)
    fingers.move((230, 268), palm)
    fingers.move(SEVEN[2], finger)
    fingers.up(palm)
    fingers.move((118, 243), finger)
    fingers.up(finger)
    expect_one_stroke(phone)


def test_what_the_system_takes_away_was_drawn(phone: Page) -> None:
    fingers = touch.Fingers(phone)
    fingers.down(SEVEN[0])
    for place in SEVEN[1:]:
        fingers.move(place)
    fingers.cancel()
    expect_one_stroke(phone)


def test_a_finger_draws_on_the_canvas_and_scrolls_beside_it(phone: Page) -> None:
    top = "document.querySelector('.st-key-canvas').getBoundingClientRect().top"
    fingers = touch.Fingers(phone)
    start = phone.evaluate(top)
    fingers.draw([[(140, y) for y in range(250, 30, -20)]])
    running_app.wait_for_answer(phone, 1)
    assert phone.evaluate(top) == start, "the page stays where it is"
    clear(phone)
    fingers.draw([[(310, y) for y in range(250, 30, -20)]])
    phone.wait_for_function(f"start => {top} < start - 20", arg=start)
    assert running_app.handles(phone)["strokes"] == "0"
    phone.locator(running_app.CANVAS).scroll_into_view_if_needed()
