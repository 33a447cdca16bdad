"""The Invariance page: what the browser shows of a disturbed drawing is what PyTorch says of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import torch
from playwright.sync_api import Browser, Locator, Page

from lenet.analysis.disturbing import Disturbance
from pages.parts.network import network
from tests.support import running_app
from tests.support.digits import DIGITS
from tests.support.node import run

NETWORKS = ("lenet5", "fully-connected")
ROOT = ".st-key-invariance .invariance"
ADDRESS = f"invariance?networks={','.join(NETWORKS)}"


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        open_page(page, f"{address}/{ADDRESS}")
        yield page


@pytest.fixture
def page(shared: Page) -> Page:
    """The same for all tests, undisturbed and with a 7 on it."""
    view(shared).get_by_role("button", name="Reset", exact=True).click()
    if told(shared)["source"] != "verified":
        running_app.draw(shared, DIGITS["7"], steps=5)
        wait(shared, "root.dataset.source === 'verified' && root.dataset.digit === '7'")
    return shared


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(running_app.CANVAS).wait_for()
    view(page).wait_for()
    wait(page, "root.dataset.frame")


def view(page: Page) -> Locator:
    return page.locator(ROOT)


def wait(page: Page, condition: str, argument: Any = None) -> None:
    page.wait_for_function(
        f"([root, data]) => {condition}", arg=[view(page).element_handle(), argument]
    )


def told(page: Page) -> dict[str, str]:
    found: dict[str, str] = view(page).evaluate("root => ({ ...root.dataset })")
    return found


def set_slider(page: Page, name: str, place: float) -> None:
    """As the keyboard and fingers do: the slider's own value, and the event that follows."""
    view(page).locator(f"input[name={name}]").evaluate(
        "(slider, place) => { slider.value = place; slider.dispatchEvent(new Event('input')); }",
        place,
    )


def disturbance(page: Page) -> Disturbance:
    return Disturbance(**json.loads(told(page)["values"]))


def drawn_input(page: Page) -> torch.Tensor:
    """What PyTorch would prepare of what is on the canvas: its drawing is in the address."""
    from lenet import ink
    from lenet.drawing import link

    (text,) = parse_qs(urlsplit(page.url).query)["drawing"]
    prepared = ink.from_drawing(link.read(text), (running_app.CANVAS_SIDE,) * 2)
    assert prepared is not None
    return prepared


def penalties(name: str, x: torch.Tensor) -> list[float]:
    with torch.inference_mode():
        found: list[float] = network.variant(name).model(x)[0].tolist()
    return found


def row(page: Page, name: str) -> Locator:
    return view(page).locator(f"section[data-network={name}]")


def until_computed(page: Page) -> None:
    wait(
        page,
        "[...root.querySelectorAll('canvas[data-map]')].every(one => one.dataset.ready === 'true')"
        " && [...root.querySelectorAll('section.network')].every(one => one.dataset.curve)",
    )


def test_every_slider_gives_what_pytorch_reads_of_the_disturbed_drawing(page: Page) -> None:
    places = {"right": 3, "down": -2.5, "turn": 20, "scale": 0.2, "squeeze": -0.2, "stroke": 1}
    places["noise"] = 0.05
    for name, place in places.items():
        before = disturbance(page)
        set_slider(page, name, place)
        wait(page, "root.dataset.values !== data", json.dumps(vars(before), separators=(",", ":")))
        asked = disturbance(page)
        assert getattr(asked, name) != getattr(before, name)
        disturbed = asked.applied(drawn_input(page))
        for each in NETWORKS:
            expected = penalties(each, disturbed)
            shown = json.loads(row(page, each).get_attribute("data-distances") or "")
            assert shown == pytest.approx(expected, rel=2e-3, abs=2e-3), (name, each)
            digit = expected.index(min(expected))
            assert row(page, each).get_attribute("data-digit") == str(digit)
    assert float(told(page)["delta"]) < 1e-4


def test_curves_maps_and_the_sentence_are_pytorchs_too(page: Page) -> None:
    set_slider(page, "turn", 12)
    set_slider(page, "scale", -0.1)
    view(page).get_by_label("Curves over:").select_option("turn")
    until_computed(page)
    assert told(page)["worker"] == "true"
    x, asked = drawn_input(page), vars(disturbance(page))
    values = run(
        'return (await import("./invariance/disturbances.js")).valuesOf("turn");',
        None,
    )
    maps = run('return (await import("./invariance/disturbances.js")).MAPS;', None)
    for name in NETWORKS:
        shown = row(page, name).locator(".curve svg").evaluate("svg => [...svg.penalties]")
        for i in range(0, len(values), 18):
            expected = penalties(name, Disturbance(**{**asked, "turn": values[i]}).applied(x))
            found = shown[10 * i : 10 * i + 10]
            assert found == pytest.approx(expected, rel=2e-3, abs=2e-3)
        answers = row(page, name).locator(".curve svg").evaluate("svg => [...svg.answers]")
        edges = json.loads(row(page, name).get_attribute("data-edges") or "[]")
        if edges:
            first, last = map(values.index, edges)
            assert set(answers[first : last + 1]) == {7}
            assert first == 0 or answers[first - 1] != 7
            assert last == len(values) - 1 or answers[last + 1] != 7
        for one in maps:
            cells = (
                row(page, name)
                .locator(f"canvas[data-map={one['key']}]")
                .evaluate("canvas => [...canvas.answers]")
            )
            assert len(cells) == 441
            for cell in range(3, 441, 29):
                here = {
                    one["across"]["name"]: one["across"]["values"][cell % 21],
                    one["down"]["name"]: one["down"]["values"][cell // 21],
                }
                found_penalties = penalties(name, Disturbance(**{**asked, **here}).applied(x))
                first, second = sorted(found_penalties)[:2]
                if second - first > 1e-2:  # a tie is nobody's
                    assert cells[cell] == found_penalties.index(first), here


def test_a_click_on_a_map_sets_its_two_sliders(page: Page) -> None:
    until_computed(page)
    canvas = row(page, "lenet5").locator("canvas[data-map=shifts]")
    box = canvas.bounding_box()
    assert box
    cell = box["width"] / 21
    canvas.click(position={"x": 15.5 * cell, "y": 4.5 * cell})
    wait(page, "JSON.parse(root.dataset.values).right === 5")
    assert disturbance(page) == Disturbance(right=5, down=-6)
    assert view(page).locator("input[name=right]").input_value() == "5"


def test_a_link_opens_the_same(page: Page, browser: Browser) -> None:
    set_slider(page, "turn", -33)
    set_slider(page, "noise", 0.1)
    view(page).get_by_label("Curves over:").select_option("squeeze")
    view(page).get_by_label("Right answer:").select_option("1")
    page.wait_for_url(lambda url: "right_answer=1" in url and "curve=squeeze" in url)
    expected = told(page)
    with running_app.watched_page(browser) as other:
        open_page(other, page.url)
        wait(other, "root.dataset.source === 'verified'")
        shown = told(other)
        for name in ("values", "curve", "digit"):
            assert shown[name] == expected[name]
    view(page).get_by_label("Right answer:").select_option("")


def test_what_an_address_cannot_mean_is_left_out() -> None:
    found = run(
        """
        const { readState, written, untouched } = await import("./invariance/state.js");
        return data.map((search) => written(readState(search)));
        """,
        ["?turn=900&scale=-3&noise=x&curve=colour&right_answer=12&seed=1e9", "?right=&down=nan"],
    )
    assert {name: text for name, text in found[0].items() if text} == {"turn": "90", "scale": "0.4"}
    assert not any(found[1].values())


def test_a_demonstration_moves_its_slider_and_can_be_paused(page: Page) -> None:
    play = view(page).locator("button[data-demonstration=rotation]")
    play.click()
    wait(page, "JSON.parse(root.dataset.values).turn > 10")
    play.click()
    assert told(page)["playing"] == ""
    paused = disturbance(page)
    wait(page, "document.timeline.currentTime > data", page.evaluate("performance.now() + 300"))
    assert disturbance(page) == paused
    play.click()
    wait(page, "JSON.parse(root.dataset.values).turn !== data", paused.turn)
    set_slider(page, "down", 4)
    wait(page, "JSON.parse(root.dataset.values).down === 4 && root.dataset.playing === ''")


def test_the_samples_are_counted_to_the_end(page: Page) -> None:
    wait(page, "root.querySelector('.samples').dataset.ready === 'true'")
    counted = view(page).locator(".samples svg").evaluate("svg => svg.accuracy")
    assert [one["counted"] for one in counted] == [400, 400]
    assert max(counted[0]["right"]) > 390


def test_without_workers_the_page_computes_the_same(browser: Browser, address: str) -> None:
    with running_app.watched_page(browser) as page:
        page.add_init_script("delete window.Worker;")
        open_page(page, f"{address}/invariance?networks=lenet5")
        running_app.draw(page, DIGITS["4"], steps=3)
        wait(page, "root.dataset.source === 'verified'")
        until_computed(page)
        assert told(page)["worker"] == "false"
        cells = view(page).locator("canvas[data-map=turns]").evaluate("one => [...one.answers]")
        assert cells[10 * 21 + 10] == int(told(page)["digit"])


def test_on_a_phone_a_finger_on_a_slider_does_not_scroll(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    open_page(page, f"{address}/invariance?networks=lenet5")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    slider = view(page).locator("input[name=turn]")
    slider.evaluate("one => one.scrollIntoView({ block: 'center' })")
    box = slider.bounding_box()
    assert box
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    before = page.evaluate(scrolled)
    client = context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        *(("touchMove", [{"x": x + 8 * i, "y": y - 3 * i}]) for i in range(1, 9)),
        ("touchEnd", []),
    ):
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    wait(page, "JSON.parse(root.dataset.values).turn > 5")
    assert page.evaluate(scrolled) == before
    context.close()
