"""Several networks under the same pen: live while one draws, verified by PyTorch when one rests."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import torch
from playwright.sync_api import Browser, Page, expect

import lenet
from lenet.trace import Trace
from lenet.variants import VARIANTS
from pages.parts.compare.chosen import ON_VARIANTS
from tests.support import running_app, touch
from tests.support.digits import DIGITS

ROWS = ".comparison .row"


def opened(page: Page, address: str, networks: str = "") -> None:
    page.goto(f"{address}/variants" + (f"?networks={networks}" if networks else ""))
    page.wait_for_selector(running_app.CANVAS)
    page.locator(f"{ROWS}[data-source=verified]").last.wait_for()
    running_app.settle(page)


def wait(page: Page, condition: str) -> list[dict[str, str]]:
    """The data attributes of all rows, once a condition on each of them holds."""
    root = page.locator(".comparison").element_handle()
    page.wait_for_function(
        "root => { const rows = [...root.querySelectorAll('.row')];"
        f" return rows.length && rows.every(({{ dataset: data }}) => {condition}); }}",
        arg=root,
    )
    return told(page)


def told(page: Page) -> list[dict[str, str]]:
    found: list[dict[str, str]] = page.locator(ROWS).evaluate_all(
        "rows => rows.map(({ dataset }) => ({ ...dataset }))"
    )
    return found


def names(page: Page) -> list[str]:
    return [row["network"] for row in told(page)]


def wait_for(page: Page, *expected: str) -> None:
    page.wait_for_function(
        "([root, names]) => JSON.stringify([...root.querySelectorAll('.row')]"
        ".map(({ dataset }) => dataset.network)) === names",
        arg=[
            page.locator(".comparison").element_handle(),
            json.dumps(expected, separators=(",", ":")),
        ],
    )


VERIFIED = "data.source === 'verified' && data.digit !== ''"


def compare_with_pytorch(page: Page) -> None:
    """Every row says what PyTorch makes of the input that the browser shows to its network."""
    for row in wait(page, VERIFIED):
        name = row["network"]
        values = page.locator(".comparison").evaluate(
            "({ view }, name) => Array.from(view.shown.result.traces[name].input)", name
        )
        side = VARIANTS[name].architecture.input.size
        x = torch.tensor(values, dtype=torch.float32).reshape(1, 1, side, side)
        expected = Trace.of(lenet.load(name), x).output[0]
        assert json.loads(row["distances"]) == pytest.approx(expected.tolist(), rel=1e-4, abs=1e-4)
        assert row["digit"] == str(int(expected.argmin()))
        assert float(row["delta"]) < 1e-4, name


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        opened(page, address)
        yield page


@pytest.fixture
def page(shared: Page) -> Iterator[Page]:
    """The same for all tests, and empty."""
    yield shared
    shared.get_by_role("button", name="Clear", exact=True).click()
    wait(shared, "data.source === 'verified' && data.digit === ''")


def test_all_networks_answer_as_pytorch_does(page: Page) -> None:
    assert names(page) == list(ON_VARIANTS.defaults)
    running_app.draw(page, DIGITS["7"], steps=4)
    compare_with_pytorch(page)
    digits = {row["digit"] for row in told(page)}
    verdict = page.locator(".comparison .verdict").inner_text()
    assert all(digit in verdict for digit in digits)
    assert verdict.startswith("They disagree" if len(digits) > 1 else "All 4 read")
    said = page.locator(".comparison .row .sentence").all_inner_texts()
    expect(page.locator(".comparison .spoken")).to_have_text(verdict)
    assert len(said) == len(names(page))


def test_all_are_live_while_the_pen_is_down(page: Page) -> None:
    box = page.locator(running_app.CANVAS).bounding_box()
    assert box
    page.mouse.move(box["x"] + 80, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 60, steps=5)
    rows = wait(page, "data.source === 'live' && data.digit !== ''")
    assert {row["delta"] for row in rows} == {""}
    frames = {row["frame"] for row in rows}
    assert len(frames) == 1, "all are of the same frame"
    page.mouse.up()
    wait(page, VERIFIED)


def test_undo_takes_back_a_stroke_in_all_of_them(page: Page) -> None:
    running_app.draw(page, DIGITS["7"][:1], steps=3)
    before = wait(page, VERIFIED)
    running_app.draw(page, [[(60, 200), (220, 210)]], steps=3)
    wait(page, f"{VERIFIED} && Number(data.frame) > {before[0]['frame']}")
    page.get_by_role("button", name="Undo", exact=True).click()
    page.wait_for_function(
        "([root, distances]) => root.querySelector('.row').dataset.distances === distances"
        " && root.querySelector('.row').dataset.source === 'verified'",
        arg=[page.locator(".comparison").element_handle(), before[0]["distances"]],
    )
    assert [row["distances"] for row in told(page)] == [row["distances"] for row in before]


def test_pointing_at_a_unit_says_its_value(page: Page) -> None:
    running_app.draw(page, DIGITS["7"], steps=3)
    wait(page, VERIFIED)
    layers = page.locator(f'{ROWS}[data-network="max-pool"] .layers')
    tile = page.locator(".comparison").evaluate(
        "({ view }) => view.rows[1].layout.tiles.find(({ layer }) => layer === 's2')"
    )
    side = tile["scale"]
    layers.hover(position={"x": tile["x"] + 5.5 * side, "y": tile["y"] + 3.5 * side})
    value = page.locator(".comparison").evaluate(
        "({ view }) => view.shown.result.traces['max-pool'].s2[3 * 14 + 5]"
    )
    text = f"S2[0] (3,5) = {value:.4f}".replace("-", "\u2212")
    expect(page.locator(".comparison .pointed")).to_have_text(text)
    page.mouse.move(5, 5)
    expect(page.locator(".comparison .pointed")).to_be_hidden()


def test_what_is_changed_is_outlined_and_what_is_gone_is_empty(page: Page) -> None:
    def found(name: str, what: str) -> list[str]:
        row = page.locator(f'{ROWS}[data-network="{name}"]')
        return row.locator(f".names {what}").all_inner_texts()

    assert found("lenet5-plain", ".changed, em") == []
    assert found("max-pool", ".caption:has(em) b") == ["S2", "S4"]
    assert len(found("max-pool", ".changed")) == 2
    gone = found("fully-connected", ".missing")
    assert gone == [f"no {key}" for key in ("C1", "S2", "C3", "S4", "C5", "F6")]
    assert found("fully-connected", ".caption b") == ["H1"]
    tops = page.locator(f"{ROWS} .caption b:text-is('S2')").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().left)"
    )
    assert len(tops) == 3
    assert len(set(tops)) == 1, "the same layer stands in one column"


def test_other_networks_are_chosen_for_the_same_drawing(browser: Browser, address: str) -> None:
    with running_app.watched_page(browser) as page:
        opened(page, address, "max-pool,linear,lenet1")
        running_app.draw(page, DIGITS["3"], steps=3)
        wait(page, VERIFIED)
        page.get_by_label("Remove Linear").click()
        wait_for(page, "max-pool", "lenet1")
        page.locator(".stMultiSelect input").fill("Response normalisation")
        page.keyboard.press("Enter")
        wait_for(page, "max-pool", "lenet1", "response-norm")
        page.keyboard.press("Escape")
        compare_with_pytorch(page)
        running_app.settle(page)
        page.wait_for_url("**networks=max-pool%2Clenet1%2Cresponse-norm**")
        page.wait_for_url("**drawing=**")
        before, link = told(page), page.url
    with running_app.watched_page(browser) as page:
        page.goto(link)
        page.locator(f"{ROWS}[data-source=verified]").last.wait_for()
        again = wait(page, VERIFIED)
        for row, other in zip(before, again, strict=True):
            assert row["network"] == other["network"]
            assert row["distances"] == other["distances"]


def test_an_unknown_name_in_a_link_is_a_sentence_and_the_others_open(
    browser: Browser, address: str
) -> None:
    with running_app.watched_page(browser) as page:
        opened(page, address, "relu,alexnet,sigmoid")
        expect(page.get_by_text("There is no network 'alexnet'")).to_be_visible()
        assert names(page) == ["relu", "sigmoid"]


def test_fingers_draw_on_a_phone_and_the_canvas_stays_in_sight(
    browser: Browser, address: str
) -> None:
    with touch.phone(browser, address) as page:
        opened(page, address)
        touch.Fingers(page).draw(DIGITS["7"])
        compare_with_pytorch(page)
        main = page.get_by_test_id("stMain")
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 1
        page.locator(ROWS).last.scroll_into_view_if_needed()
        canvas = page.locator(running_app.CANVAS).bounding_box()
        assert canvas
        assert canvas["y"] >= 0
        assert canvas["y"] + canvas["height"] < 844
        before = told(page)[0]["frame"]
        touch.Fingers(page).draw([[(60, 220), (220, 220)]])
        wait(page, f"{VERIFIED} && Number(data.frame) > {before}")
