"""Table I in a real browser: clicked, walked with the keyboard, and switched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from playwright.sync_api import Browser, Page, expect

import lenet
from lenet import mnist, samples, spec
from lenet.analysis import connection_table as tables
from lenet.analysis.partial_maps import PartialMaps
from lenet.analysis.what_if import with_table
from tests.support import running_app

DETAIL = ".st-key-detail .pictures[data-pictures]"


@pytest.fixture(scope="module")
def connections(browser: Browser, explore_address: str) -> Iterator[Page]:
    """One page for all tests, each of which picks what it looks at."""
    with running_app.watched_page(browser) as page:
        page.goto(f"{explore_address}/connections?on=3")
        expect(page.locator(DETAIL)).to_be_visible()
        running_app.settle(page)
        yield page


@pytest.fixture(scope="module")
def three() -> torch.Tensor:
    gallery = samples.load()
    first = int((gallery.labels == 3).argmax())
    return mnist.as_input(torch.from_numpy(gallery.images[first : first + 1].copy()))


def cell(s2: int, c3: int) -> str:
    return f".st-key-connections button[data-row='{s2}'][data-column='{c3}']"


def test_it_opens_first_by_its_own_address(connections: Page) -> None:
    expect(connections.get_by_role("heading", level=1)).to_contain_text("between S2 and C3")
    expect(connections.get_by_role("dialog")).to_have_count(0)


def test_a_clicked_cell_shows_its_connection_and_the_librarys_numbers(
    connections: Page, three: torch.Tensor
) -> None:
    model = lenet.load()
    partial = PartialMaps.of(model, lenet.Trace.of(model, three))
    connections.get_by_role("radio", name="contribution").click()
    button = connections.locator(cell(3, 9))
    expect(button).to_have_text(f"{partial.contributions[3, 9]:.2f}")
    button.click()
    expect(connections.get_by_text("How does S2[3] enter C3[9]?")).to_be_visible()
    expect(connections.locator(DETAIL).get_by_text("3→9", exact=True)).to_be_visible()
    connections.wait_for_url("**s2=3**")
    assert "c3=9" in connections.url
    # Pointing at a unit of the partial map tells its value.
    canvas = connections.locator(f"{DETAIL} .framed:has-text('partial map') canvas").last
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    side = box["width"] / 10
    connections.mouse.move(box["x"] + 7.5 * side, box["y"] + 4.5 * side)
    value = f"{partial.maps[3, 9, 4, 7]:.4f}".replace("-", "−")
    told = connections.locator(f"{DETAIL} .told")
    expect(told).to_have_text(f"partial map (4,7) = {value}")
    connections.mouse.move(2, 2)
    expect(told).to_be_hidden()


def test_heads_pick_a_whole_row_or_column(connections: Page) -> None:
    picking = connections.locator(".st-key-connections")
    picking.get_by_role("button", name="S2 map 4, whole row").click()
    expect(connections.get_by_text("Where does S2[4] go?")).to_be_visible()
    picking.get_by_role("button", name="C3 map 15, whole column").click()
    expect(connections.get_by_text("What makes C3[15]?")).to_be_visible()


def test_arrow_keys_walk_the_table(connections: Page) -> None:
    connections.locator(cell(0, 0)).focus()
    connections.keyboard.press("ArrowDown")
    connections.keyboard.press("ArrowRight")
    connections.keyboard.press("Enter")
    expect(connections.get_by_text("How does S2[1] enter C3[1]?")).to_be_visible()


def test_switching_connections_off_changes_the_answer_as_the_library_says(
    connections: Page, three: torch.Tensor
) -> None:
    table = tables.TABLE_I.copy()
    for s2, c3 in ((3, 8), (2, 14), (0, 0)):
        connections.locator(f".st-key-switches button[data-row='{s2}'][data-column='{c3}']").click()
        table[s2, c3] = False
    layer = tables.layer(table)
    expect(connections.locator(".st-key-counts")).to_contain_text(f"{layer.connections:,}")
    distance = float(with_table(lenet.load(), table)(three).min())
    answer = connections.locator(".st-key-what_if_answer")
    reads_three = "With this table. The network reads 3: its code is"
    expect(answer).to_contain_text(f"{reads_three} {distance:.2f}")
    connections.wait_for_url(f"**table={tables.to_text(table)}**")
    connections.get_by_role("button", name="Reset to Table I").click()
    expect(connections.locator(".st-key-counts")).to_contain_text(f"{spec.C3.connections:,}")
    published = float(lenet.load()(three).min())
    expect(answer).to_contain_text(f"{reads_three} {published:.2f}")


def test_on_a_phone_nothing_is_wider_than_the_page(browser: Browser, explore_address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{explore_address}/connections?s2=2&c3=all")
    expect(page.locator(DETAIL)).to_be_visible()
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    page.locator(cell(2, 6)).tap()
    expect(page.get_by_text("How does S2[2] enter C3[6]?")).to_be_visible()
    context.close()
