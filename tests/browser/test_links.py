"""A link shows what one saw: the same digits on every page, also on a server that just started."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

import lenet
from lenet import ink, spec
from lenet.drawing import Drawing, link
from tests.app.test_links_made_before import REMADE
from tests.support import qr_code, running_app
from tests.support.digits import DIGITS
from tests.support.sampling import sampled

MADE_BEFORE = json.loads(
    (running_app.ROOT / "tests" / "app" / "links_before.json").read_text(encoding="utf-8")
)
"""Links that were made before words became identifiers; ``test_links_made_before.py`` has all."""

ENLARGED = ".st-key-layer_figure .pictures[data-pictures]"
FIGURES = ", ".join(
    (
        "[data-testid=stPlotlyChart]",
        ".pictures[data-pictures]",
        ".plane",
        "[data-testid=stHtml]:has(figure)",
    )
)

PIN = {"layer": "c3", "map": 9, "row": 4, "column": 7}


@pytest.fixture
def page(desk: Page) -> Page:
    return desk


def drawing_in(address: str) -> str:
    return parse_qs(urlsplit(address).query).get("drawing", [""])[0]


def copied_link(page: Page) -> str:
    """What "Copy link" puts on the clipboard, once the server has put all into the address."""
    running_app.settle(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    return str(page.evaluate("navigator.clipboard.readText()"))


def layers_of(page: Page) -> dict[str, list[float]]:
    """Every number that the view holds, layer by layer."""
    keys = list(spec.BY_KEY)
    values = page.locator(running_app.VIEW).evaluate(
        "(root, keys) => Object.fromEntries(keys.map((key) => [key, [...root.view.trace[key]]]))",
        keys,
    )
    return dict(values)


@pytest.fixture(scope="module")
def fresh() -> Iterator[str]:
    """Another server, where nobody has drawn anything."""
    with running_app.server() as address:
        yield address


def opened(browser: Browser, link: str, **options: object) -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(link)
    running_app.settle(page)
    return page


def link_made_before(*parts: str) -> tuple[str, dict[str, Any]]:
    """The first of the old links that has these parts, and what it showed."""
    return next(
        (each["link"], each["shows"])
        for each in MADE_BEFORE
        if all(part in each["link"] for part in parts)
    )


def test_an_old_link_to_a_pinned_unit_shows_its_arithmetic(browser: Browser, fresh: str) -> None:
    old, _ = link_made_before("pin=c3.9.4.7", "range=map")
    drawn = ink.from_drawing(link.read(drawing_in(old)), size=(280, 280))
    assert drawn is not None
    expected = lenet.load()(drawn).flatten().tolist()
    there = opened(browser, fresh + old)
    distances = json.loads(running_app.wait_for_answer(there, 1)["distances"])
    assert distances == pytest.approx(expected, rel=1e-4)
    expect(there.locator(f"{running_app.VIEW} .arithmetic")).to_contain_text("C3[9] (4,7)")
    pressed = there.locator(running_app.VIEW).get_by_role("button", name="map", exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(there.get_by_role("slider", name="Pen")).to_have_value("21")
    there.context.close()


@pytest.mark.parametrize(
    "parts",
    sampled(
        [
            ("/architecture", "part=Three+ideas", "shift=up"),
            ("/connections", "consequence=C3+maps"),
            ("/receptive-fields", "about=Centres"),
            ("/output-codes", "part=Rejection"),
        ],
        2,
    ),
)
def test_an_old_link_with_english_words_in_it_opens_the_same_tab(
    browser: Browser, fresh: str, parts: tuple[str, ...]
) -> None:
    old, shows = link_made_before(*parts)
    shows = shows | REMADE.get(old, {})
    there = opened(browser, fresh + old)
    ((place,),) = shows["tabs"]
    tab = there.get_by_role("tab").nth(place)
    expect(tab).to_have_attribute("aria-selected", "true")
    figures = there.locator(FIGURES).filter(visible=True)
    expect(figures).to_have_count(shows["figures"])  # a server that is new
    there.context.close()


@pytest.mark.parametrize("digit", sampled(["4", "1", "8"], 1))
def test_a_link_shows_the_same_numbers_on_a_fresh_server(
    page: Page, browser: Browser, address: str, fresh: str, digit: str
) -> None:
    running_app.draw(page, DIGITS[digit], steps=7)
    strokes = len(DIGITS[digit])
    running_app.wait_for_answer(page, strokes)
    link = copied_link(page)
    assert 0 < len(drawing_in(link)) <= 2_000
    there = opened(browser, link.replace(address, fresh))
    running_app.wait_for_answer(there, strokes)
    assert layers_of(there) == layers_of(page), "to the last bit, not only to the last decimal"
    text = page.locator(running_app.ANSWER).inner_text()
    assert there.locator(running_app.ANSWER).inner_text() == text
    there.context.close()


def test_pin_range_pen_and_open_parts_are_in_the_link(
    page: Page, browser: Browser, address: str, fresh: str
) -> None:
    running_app.draw(page, DIGITS["5"], steps=4)
    running_app.wait_for_answer(page, 1)
    page.locator(running_app.VIEW).evaluate("(root, unit) => root.view.pointing.pin(unit)", PIN)
    page.locator(running_app.VIEW).get_by_role("button", name="map", exact=True).click()
    page.get_by_role("slider", name="Pen").press("ArrowRight")
    running_app.settle(page)
    page.get_by_text("A layer enlarged").click()
    page.locator(ENLARGED).wait_for()
    arithmetic = page.locator(f"{running_app.VIEW} .arithmetic").inner_text()
    there = opened(browser, copied_link(page).replace(address, fresh))
    running_app.wait_for_answer(there, 1)
    assert there.locator(f"{running_app.VIEW} .arithmetic").inner_text() == arithmetic
    pressed = there.locator(running_app.VIEW).get_by_role("button", name="map", exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(there.get_by_role("slider", name="Pen")).to_have_value("21")
    there.locator(ENLARGED).wait_for()
    there.context.close()


def test_the_address_follows_strokes_undo_and_clear_and_the_way_back_stays_free(
    page: Page, address: str
) -> None:
    before = page.evaluate("history.length")
    seen: set[str] = set()
    for count, stroke in enumerate(DIGITS["4"], 1):
        running_app.draw(page, [stroke], steps=3)
        running_app.wait_for_answer(page, count)
        page.wait_for_url(lambda url: bool(drawing_in(url)) and url not in seen)
        seen.add(page.url)
    page.locator(".st-key-undo button").click()
    running_app.wait_for_answer(page, 1)
    page.wait_for_url(re.compile("drawing="))
    assert len(seen) == 2
    page.locator(".st-key-clear button").click()
    running_app.wait_for_answer(page, 0)
    page.wait_for_url(lambda url: "drawing=" not in url)
    assert page.evaluate("history.length") == before, "no entry of the history for a stroke"


@pytest.mark.parametrize(
    ("path", "shows"),
    sampled(
        [
            ("architecture?part=Three+ideas", "Your own drawing"),
            ("connections", "Your own drawing"),
            ("receptive-fields", "Your own drawing"),
            ("output-codes", "Your own drawing"),
            ("output-codes?part=All+samples", "Where does the drawing lie"),
        ],
        2,
    ),
)
def test_every_page_shows_the_linked_drawing(
    browser: Browser, fresh: str, path: str, shows: str
) -> None:
    drawing = link.write(Drawing(DIGITS["2"], [20]))
    joint = "&" if "?" in path else "?"
    there = opened(browser, f"{fresh}/{path}{joint}drawing={drawing}")
    expect(there.get_by_text(shows).first).to_be_visible()
    assert drawing_in(there.url) == drawing
    assert drawing_in(copied_link(there)) == drawing
    there.context.close()


def test_the_drawing_goes_along_from_page_to_page_and_its_numbers_stay(page: Page) -> None:
    running_app.draw(page, DIGITS["6"], steps=4)
    running_app.wait_for_answer(page, 1)
    answer = page.locator(running_app.ANSWER).inner_text()
    distance = re.search(r"code is (\d+\.\d\d)", answer)
    assert distance
    page.get_by_text("Explore", exact=True).click()
    page.get_by_role("menuitem", name="Output codes").click()
    expect(page.get_by_text("wins with a distance of")).to_contain_text(distance[1])
    page.wait_for_url(re.compile(r"/output-codes\?.*drawing="))
    page.reload()
    expect(page.get_by_text("wins with a distance of")).to_contain_text(distance[1])
    page.go_back()
    assert running_app.wait_for_answer(page, 1)["digit"] == "6"


def test_a_sample_and_the_strokes_over_it_are_in_the_link(
    page: Page, browser: Browser, address: str, fresh: str
) -> None:
    page.get_by_role("button", name="Samples").click()
    page.get_by_role("tab", name="7", exact=True).click()
    page.get_by_role("button", name="a handwritten 7, sample").first.click()
    page.wait_for_selector(f"{running_app.VIEW}[data-digit='7'][data-strokes='0']")
    page.keyboard.press("Escape")
    running_app.draw(page, [[(100, 150), (190, 150)]], steps=4)
    running_app.wait_for_answer(page, 1)
    there = opened(browser, copied_link(page).replace(address, fresh))
    running_app.wait_for_answer(there, 1)
    assert layers_of(there) == layers_of(page)
    there.context.close()


def test_the_qr_code_says_the_link(page: Page) -> None:
    running_app.draw(page, DIGITS["8"], steps=4)
    running_app.wait_for_answer(page, 1)
    link = copied_link(page)
    page.get_by_role("button", name="QR code").click()
    assert qr_code.read(page) == link


def test_who_copies_a_link_without_the_drawing_is_told(page: Page, address: str) -> None:
    """One stroke more than the eight thousand characters of drawing that a link has room for."""
    fits = nearly_too_long()
    page.goto(f"{address}/?drawing={link.write(fits)}")
    running_app.wait_for_answer(page, len(fits.strokes))
    assert drawing_in(copied_link(page)) == link.write(fits)
    running_app.draw(page, [[(20, 20), (251, 37), (33, 264), (240, 251)]], steps=3)
    running_app.wait_for_answer(page, len(fits.strokes) + 1)
    page.wait_for_url(lambda url: "drawing=" not in url)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="without the drawing")).to_be_visible()


def nearly_too_long() -> Drawing:
    """A scribble of several strokes whose link has no room for two positions more."""
    places = np.random.default_rng(3).integers(5, 275, (4_000, 2)).astype(float)
    scribble = [(x, y) for x, y in places.tolist()]

    def of(positions: int) -> Drawing:
        strokes = [
            scribble[first : min(first + 400, positions)] for first in range(0, positions, 400)
        ]
        return Drawing(strokes, [20] * len(strokes))

    too_long = bisect_left(range(len(scribble)), True, key=lambda n: link.write(of(n)) is None)
    return of(too_long - 1)


def test_copying_works_without_https(fresh_page: Page) -> None:
    """Where the browser has no clipboard to offer, as over plain HTTP in a school's network."""
    fresh_page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    fresh_page.evaluate(
        """document.addEventListener("copy", () => {
            window.copied = document.activeElement.shadowRoot.activeElement.value;
        })"""
    )
    fresh_page.get_by_role("button", name="Copy link").click()
    expect(fresh_page.get_by_role("button", name="Copied")).to_be_visible()
    assert fresh_page.evaluate("window.copied") == fresh_page.url


@pytest.mark.parametrize(
    ("query", "says"),
    sampled(
        [
            ("drawing=1bz7BAAARQAIYkABuAQADFS", "damaged or was cut"),
            ("drawing=%3Cscript%3Ealert(1)%3C/script%3E", "damaged or was cut"),
            ("drawing=1" + "A" * 9_000, "more than 8,000 characters"),
            pytest.param("drawing=1" + "A" * 100_000, "more than 8,000", id="a hundred thousand"),
            pytest.param(
                "drawing=1" + "A" * 250_000, "more than 8,000", id="a quarter of a million"
            ),
            pytest.param("drawing=1" + "(" * 19_000, "more than 8,000", id="to be written anew"),
            ("drawing=2AAAA", "another version"),
            ("pin=c3.99.0.0", "left out"),
            ("range=rainbow", "left out"),
        ],
        2,
    ),
)
def test_a_bad_link_is_a_sentence_and_then_the_empty_page(
    browser: Browser, fresh: str, query: str, says: str
) -> None:
    there = opened(browser, f"{fresh}/?{query}")
    expect(there.get_by_role("alert")).to_contain_text(says)
    assert running_app.wait_for_answer(there, 0)["digit"] == ""
    there.wait_for_url(lambda url: "?" not in url)
    running_app.draw(there, DIGITS["7"], steps=3)
    assert running_app.wait_for_answer(there, 1)["digit"] == "7"
    there.context.close()


def test_two_visitors_on_one_link_draw_each_their_own(
    page: Page, browser: Browser, fresh: str
) -> None:
    running_app.draw(page, DIGITS["1"], steps=3)
    running_app.wait_for_answer(page, 1)
    link = f"{fresh}/?drawing={drawing_in(copied_link(page))}"
    one, other = opened(browser, link), opened(browser, link)
    for visitor in (one, other):
        running_app.wait_for_answer(visitor, 1)
    running_app.draw(one, [[(60, 240), (220, 240)]], steps=3)
    running_app.wait_for_answer(one, 2)
    running_app.settle(other)
    assert running_app.handles(other)["strokes"] == "1"
    for visitor in (one, other):
        visitor.context.close()


def test_who_comes_back_after_the_server_died_has_the_drawing(browser: Browser) -> None:
    with running_app.server() as address:
        page = opened(browser, address)
        running_app.wait_for_answer(page, 0)
        running_app.draw(page, DIGITS["4"], steps=4)
        running_app.wait_for_answer(page, 2)
        before = layers_of(page)
    with running_app.server(port=int(address.rsplit(":", 1)[1])):
        page.reload()
        running_app.wait_for_answer(page, 2)
        assert layers_of(page) == before
        page.context.close()


def test_a_canvas_that_outlives_the_server_keeps_all_that_is_on_it(browser: Browser) -> None:
    """Also after Undo and a sample, when the new server's first canvas would be another one."""
    with running_app.server() as address:
        page = opened(browser, address)
        running_app.wait_for_answer(page, 0)
        page.get_by_role("button", name="Samples").click()
        page.get_by_role("button", name="a handwritten 0, sample").first.click()
        page.wait_for_selector(f"{running_app.VIEW}[data-digit='0']")
        page.keyboard.press("Escape")
        for count, stroke in enumerate(DIGITS["4"], 1):
            running_app.draw(page, [stroke], steps=4)
            running_app.wait_for_answer(page, count)
        page.locator(".st-key-undo button").click()
        running_app.wait_for_answer(page, 1)
        running_app.settle(page)
    running_app.draw(page, [[(60, 240), (220, 240)]], steps=4)
    live = layers_of(page)
    with running_app.server(port=int(address.rsplit(":", 1)[1])):
        running_app.wait_for_answer(page, 2)
        running_app.settle(page)
        expect(page.locator(f"{running_app.VIEW} .badge")).to_contain_text("verified by PyTorch")
        for key, values in layers_of(page).items():
            np.testing.assert_allclose(values, live[key], rtol=1e-4, atol=1e-4, err_msg=key)
        page.context.close()
