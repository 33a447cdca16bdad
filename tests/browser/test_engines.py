"""The app in WebKit and in Firefox: what is drawn is seen, read, verified, and can be pointed at.

Chromium goes through everything in the files beside this one. Here is what another engine may do
differently: painting, the pointer, the components' modules, the figures' library.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.support import engines, one_file, running_app, visits, waiting
from tests.support.digits import DIGITS
from tests.support.engines.window import (
    DOWN,
    ENTER,
    ESCAPE,
    HEIGHT,
    RIGHT,
    TAB,
    UP,
    WIDTH,
    Box,
    Picture,
    Window,
)
from tests.support.sampling import sampled
from tests.support.shown_units import PLACE, Place

EXPLORE = sorted(
    page.stem.replace("_", "-") for page in (running_app.ROOT / "pages" / "explore").glob("*.py")
)
"""The addresses of all pages but the one where one draws."""

PICTURE = f"{running_app.VIEW} .picture"
UNIT: Place = ("s4", 3, 2, 2)

FIGURES = ".js-plotly-plot, .stBidiComponent, canvas, svg, img, table"
_PROBLEMS = """
() => ["stException", "stAlert"].flatMap((kind) => all(`[data-testid=${kind}]`))
    .map((problem) => problem.innerText)
"""
_SHOWN = """
(kinds) => {
    const panels = all("[role=tabpanel]").filter((panel) => panel.checkVisibility());
    const inside = panels.length ? within(panels.at(-1)) : within(one("[data-testid=stMain]"));
    return inside.filter((node) => node.matches(kinds) && node.checkVisibility());
}
"""
_AREA = "(({ width, height }) => (width > 60 && height > 40) * width * height)"
_LARGEST = f"""
(kinds) => {{
    const area = (figure) => {_AREA}(figure.getBoundingClientRect());
    return ({_SHOWN})(kinds).filter(area).sort((one, other) => area(other) - area(one))[0];
}}
"""
_LARGEST_BROUGHT_INTO_VIEW = f"""
(kinds) => {{
    const figure = ({_LARGEST})(kinds);
    figure.scrollIntoView({{ block: "nearest", behavior: "instant" }});
    const {{ left, top, width, height }} = figure.getBoundingClientRect();
    return [left, top, width, height];
}}
"""
_IS_COMPLETE = f"""
(kinds) => {{
    const charts = ({_SHOWN})("[data-testid=stPlotlyChart]");
    const waiting = ({_SHOWN})("[data-testid=stSkeleton]").length;
    return !waiting && charts.every((chart) => chart.querySelector(".main-svg"))
        && Boolean(({_LARGEST})(kinds));
}}
"""


@pytest.fixture(scope="module", params=engines.MISSING)
def browser_window(request: pytest.FixtureRequest) -> Iterator[Window]:
    """One browser of each engine for all that is tested in it."""
    if lacking := engines.MISSING[request.param]():
        pytest.skip(f"{lacking} is not installed; `make test-all` installs it")
    with engines.OPEN[request.param]() as window:
        yield window


@pytest.fixture
def window(browser_window: Window) -> Iterator[Window]:
    """That browser; any error in the page's scripts fails the test."""
    yield browser_window
    assert browser_window.errors() == []


@pytest.fixture(params=sampled(["Light", "Dark"], 1))
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def draw_page(window: Window, address: str, theme: str) -> None:
    window.open(address)
    window.choose_theme(theme)
    window.wait_for_answer(0)


def ink(before: Picture, after: Picture) -> npt.NDArray[np.bool_]:
    """(height, width): where a picture has become as much lighter or darker as ink must be."""
    change = after.astype(float).mean(axis=2) - before.astype(float).mean(axis=2)
    return np.abs(change) > 128


def must_show(drawn: npt.NDArray[np.bool_], strokes: running_app.Strokes) -> None:
    """Ink on the strokes' points, none far from them."""
    rows, columns = np.indices(drawn.shape)
    points = [point for stroke in strokes for point in stroke]
    assert all(drawn[round(y), round(x)] for x, y in points), "a stroke's ink cannot be seen"
    (left, top), (right, bottom) = np.min(points, axis=0) - 15, np.max(points, axis=0) + 15
    outside = (columns < left) | (columns > right) | (rows < top) | (rows > bottom)
    assert not drawn[outside].any()


@pytest.mark.parametrize("digit", sampled(DIGITS, 1))
def test_ink_is_seen_and_read_and_verified_in_both_themes(
    window: Window, address: str, theme: str, digit: str
) -> None:
    draw_page(window, address, theme)
    box = window.box(running_app.CANVAS)
    paper = window.pixels(box)
    strokes = DIGITS[digit]
    window.draw(strokes)
    answer = window.wait_for_answer(len(strokes))
    assert answer["digit"] == digit
    assert float(answer["delta"]) < 1e-4
    assert window.text(running_app.ANSWER).startswith(digit)
    must_show(ink(paper, window.pixels(box)), strokes)
    window.click_on(".st-key-clear button")
    window.wait_for_answer(0)
    window.click_on(".st-key-undo button")
    assert window.wait_for_answer(len(strokes))["digit"] == digit
    window.choose_theme("Dark" if theme == "Light" else "Light")
    window.move(5, 5)
    other = window.pixels(window.box(running_app.CANVAS))
    # In the other theme ink and paper have changed places.
    must_show(ink(np.broadcast_to(other[140, 5], other.shape), other), strokes)


def test_a_unit_is_pointed_at_and_pinned_and_let_go(window: Window, address: str) -> None:
    draw_page(window, address, "Light")
    window.draw(DIGITS["7"])
    window.wait_for_answer(1)
    before = window.pixels(window.box(PICTURE))
    window.move(*place(window, UNIT))
    named = "(path) => one(path).innerText.includes('S4[3] (2,2)')"
    window.until(named, f"{running_app.VIEW} .label", expected="the unit under the mouse is named")
    assert (window.pixels(window.box(PICTURE)) != before).any(), "what it sees is marked"
    window.click(*place(window, UNIT))
    arithmetic = f"{running_app.VIEW} .arithmetic"
    window.until(named, arithmetic, expected="a pinned unit shows its arithmetic")
    window.press(ESCAPE)
    window.until(
        "(path) => !one(path).checkVisibility()", arithmetic, expected="Escape lets go of it"
    )


def test_a_window_is_dragged_and_a_unit_is_seen_being_computed(
    window: Window, address: str
) -> None:
    draw_page(window, address, "Light")
    window.draw(DIGITS["7"])
    window.wait_for_answer(1)
    window.click(*place(window, UNIT))
    view, grip = f"{running_app.VIEW}", f"{running_app.VIEW} .grip"
    window.until("(path) => all(path).length === 2", grip, expected="a window to drag")
    x, y = window.box(grip, 1).centre
    # From a unit of S4 to the next it is two of C3's units.
    scale = window.run(
        "(path) => one(path).view.layout.tiles.find(({ layer }) => layer === 'c3').scale", view
    )
    window.drag([(x, y), (x + 1, y), (x + 2 * scale, y - 2 * scale), (x + 2 * scale, y)])
    pinned = "(path) => JSON.stringify(one(path).view.pointing.pinned)"
    assert window.run(pinned, view) == '{"layer":"s4","map":3,"row":2,"column":3}'
    window.move(5, 5)
    answer = window.text(running_app.ANSWER)
    window.run(
        "(path) => { const { view } = one(path); view.startReplay(); view.replay.speed = 9; }", view
    )
    moment = "(path, kind) => one(path).view.replay.moment.kind === kind"
    window.until(moment, view, "value", expected="the unit's value")
    window.run("(path) => one(path).view.replay.pause()", view)
    lesson, value = f"{running_app.VIEW} .lesson", f"{running_app.VIEW} .lesson [data-role=value]"
    assert window.box(lesson).width > 100
    assert window.text(value) == window.text(f"{running_app.VIEW} .arithmetic .value")[2:]
    assert not window.text(running_app.ANSWER).startswith("7")
    window.press(ESCAPE)
    window.until("(path) => !one(path).checkVisibility()", lesson, expected="Escape ends it")
    assert window.text(running_app.ANSWER) == answer
    window.press(ESCAPE)


CURSOR, SAMPLES = ".st-key-canvas .cursor-place", ".st-key-samples button"
POPOVER = "[data-testid=stPopoverBody]"
READS = "([path, digit]) => one(path).dataset.digit === digit"
IS_THERE = "(path) => all(path).some((node) => node.checkVisibility())"


def reads(window: Window, digit: str) -> None:
    """Wait until the network reads that digit, or nothing for ""."""
    window.until(READS, [running_app.VIEW, digit], expected=f"it reads {digit or 'nothing'}")


def test_the_keyboard_is_all_one_needs(window: Window, address: str) -> None:
    draw_page(window, address, "Light")
    window.press("7")
    reads(window, "7")
    window.press("c")
    reads(window, "")
    window.press("u")
    reads(window, "7")
    window.press("c")
    reads(window, "")
    # By Tab to the canvas, up to where a 1 begins, and down with the pen.
    window.focus(".keys .open")
    for _ in range(4):
        if not window.has_focus(CURSOR):
            window.press(TAB)
    assert window.has_focus(CURSOR)
    window.press(UP, times=14)
    window.press(" ")
    window.press(DOWN, times=28)
    window.press(" ")
    answer = window.wait_for_answer(1)
    assert answer["digit"] == "1"
    assert float(answer["delta"]) < 1e-4
    # What a button opens has the focus, and gives it back.
    window.focus(SAMPLES)
    window.press(ENTER)
    tile = f"{POPOVER} .pictures button"
    window.until(IS_THERE, tile, expected="samples")
    assert window.has_focus(POPOVER)
    window.press(TAB)
    assert window.has_focus(f"{POPOVER} .tabs")
    window.press(RIGHT, times=3)
    window.press(ENTER)
    window.press(TAB)
    assert window.has_focus(tile)
    window.press(ENTER)
    reads(window, "3")
    window.press(ESCAPE)
    waiting.until(lambda: window.has_focus(SAMPLES), "the focus is back")
    # A unit is walked to and pinned, its map's kernels are shown, and the keys are listed.
    window.focus(f"{running_app.VIEW} [data-stop=c3]")
    window.press(RIGHT, times=2)
    window.press(ENTER)
    window.press("k")
    card = f"{running_app.VIEW} .card"
    window.until(IS_THERE, card, expected="the card of the map")
    assert window.text(card).startswith("C3[0]")
    assert "C3[0] (0,2)" in window.text(f"{running_app.VIEW} .arithmetic")
    window.press("?")
    window.until(IS_THERE, ".keys dialog", expected="the list of keys")
    window.press(ESCAPE)
    window.until(f"(path) => !({IS_THERE})(path)", ".keys dialog", expected="Escape closes it")
    window.press(ESCAPE)
    window.press("c")


def test_a_phones_screen_has_pen_network_and_answer_and_opens_a_sheet(
    window: Window, address: str
) -> None:
    """As narrow as this browser's window can be: WebKit's has a least width."""
    window.resize(390, 844)
    try:
        draw_page(window, address, "Light")
        window.draw(DIGITS["7"])
        window.wait_for_answer(1)
        width, height = window.run("() => [innerWidth, innerHeight]")
        assert width < 500
        tiles = window.run("(path) => JSON.parse(one(path).dataset.tiles)", running_app.VIEW)
        canvas, answer = window.box(running_app.CANVAS), window.box(running_app.ANSWER)
        boxes = [Box(*tile) for tile in tiles.values()] + [canvas, answer]
        for box in boxes:
            assert min(box.left, box.top) >= 0
            assert box.left + box.width <= width + 0.5
            assert box.top + box.height <= height + 0.5
        assert window.run("() => document.documentElement.scrollWidth") <= width
        window.click(*place(window, UNIT))
        sheet = f"{running_app.VIEW} dialog.sheet"
        window.until(IS_THERE, sheet, expected="the sheet of the unit")
        assert "S4[3] (2,2)" in window.text(sheet)
        enlarged = window.box(f"{sheet} .map canvas")
        assert enlarged.width / 5 >= 24  # CSS pixels a unit
        assert enlarged.top >= 0
        window.click_on(f"{sheet} .arrows .ArrowRight")
        window.until(
            "(path) => one(path).innerText.includes('S4[3] (2,3)')", sheet, expected="one on"
        )
        window.press(ESCAPE)
        window.until(f"(path) => !({IS_THERE})(path)", sheet, expected="Escape closes it")
    finally:
        window.resize(WIDTH, HEIGHT)


def test_presenter_mode_has_large_units_and_all_on_the_screen(window: Window, address: str) -> None:
    presenting = "() => 'presenting' in document.documentElement.dataset"
    window.resize(1280, 720)
    try:
        draw_page(window, address, "Light")
        window.press("f")
        window.until(presenting, expected="presenter mode")
        window.draw(DIGITS["3"])
        assert window.wait_for_answer(1)["digit"] == "3"
        view = running_app.VIEW
        width, height = window.run("() => [innerWidth, innerHeight]")
        tiles = window.run("(path) => JSON.parse(one(path).dataset.tiles)", view)
        boxes = [Box(*tile) for tile in tiles.values()] + [window.box(running_app.CANVAS)]
        for box in boxes:
            assert min(box.left, box.top) >= 0
            assert box.left + box.width <= width + 0.5
            assert box.top + box.height <= height + 0.5
        units = window.run("(path) => one(path).view.layout.tiles.map(({ scale }) => scale)", view)
        assert min(units) >= 4
        window.press("f")
        window.until(f"() => !({presenting})()", expected="its end")
        window.press("c")
        reads(window, "")
    finally:
        window.resize(WIDTH, HEIGHT)


def test_the_page_of_one_file_opens_from_the_disk(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(one_file.content())
    window.load(file.as_uri())
    view = running_app.VIEW
    painted = "(path) => Number(all(path)[0]?.dataset.frame) > 0"
    window.until(painted, view, expected="the network is painted")
    assert window.run("(path) => one(path).dataset.state", f"{view} .badge") == "checked"
    box = window.box(running_app.CANVAS)
    paper = window.pixels(box)
    window.draw(DIGITS["3"])
    reads(window, "3")
    must_show(ink(paper, window.pixels(box)), DIGITS["3"])
    window.click_on(".st-key-clear button")
    reads(window, "")
    window.press("5")
    reads(window, "5")
    window.click(*place(window, UNIT))
    arithmetic = f"{view} .arithmetic"
    window.until(
        "(path) => one(path).innerText.includes('S4[3] (2,2)')", arithmetic, expected="its numbers"
    )
    window.click_on(".begin-tour")
    window.until(IS_THERE, ".tour .answers", expected="the tour's first question")
    reads(window, "5")


def place(window: Window, unit: Place) -> tuple[float, float]:
    """Where a unit is in the window."""
    box = window.box(PICTURE)
    x, y = window.run(f"(path, unit) => ({PLACE})(one(path), unit)", running_app.VIEW, list(unit))
    return box.left + x, box.top + y


def test_the_addresses_are_those_of_the_navigation(address: str) -> None:
    visitor = visits.run(visits.opened(address))
    pages = list((running_app.ROOT / "pages").glob("*/*.py"))
    named = {path.stem.replace("_", "-") for path in pages if path.parent.name != "serving"}
    assert set(visitor.pages) == {"", *named - {"draw"}}


@pytest.mark.parametrize("page", sampled(EXPLORE, 1))
def test_every_tab_of_every_page_shows_its_figures(
    window: Window, address: str, theme: str, page: str
) -> None:
    window.open(f"{address}/{page}")
    window.choose_theme(theme)
    window.until(_IS_COMPLETE, FIGURES, expected="the page's figures")
    tabs = window.run("() => all('[role=tab]').length")
    for tab in sampled(range(tabs or 1), 2):
        if tabs:
            window.click_on("[role=tab]", tab)
            window.until(
                "(nth) => all('[role=tab]')[nth].ariaSelected === 'true'", tab, expected="its tab"
            )
        window.settle()
        window.until(_IS_COMPLETE, FIGURES, expected=f"the figures of tab {tab}")
        must_be_painted(window)
        assert window.run(_PROBLEMS) == []


def must_be_painted(window: Window) -> None:
    """The largest figure has more than a background and one other colour."""

    def painted() -> bool:
        box = Box(*window.run(_LARGEST_BROUGHT_INTO_VIEW, FIGURES))
        return len(np.unique(window.pixels(box).reshape(-1, 3), axis=0)) > 2

    waiting.until(painted, "the figure is painted")
