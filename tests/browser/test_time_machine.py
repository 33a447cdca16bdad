"""The time machine: what is shown at a moment is what PyTorch says of that moment's weights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, Locator, Page, expect
from safetensors.numpy import load_file

from lenet import checkpoint, ink
from lenet.analysis import recorded_runs
from lenet.spec import LENET5
from tests.support import axe, running_app
from tests.support.digits import DIGITS

RUN = "1998"
ROOT = ".st-key-time_machine_view .machine"


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """One page for all tests, with a 3 on it."""
    with running_app.watched_page(browser) as page:
        page.goto(f"{address}/training?run={RUN}&moment=4000")
        page.wait_for_selector(running_app.CANVAS)
        running_app.settle(page)
        wait(page, "root.dataset.shown === '[4000]'")
        running_app.draw(page, DIGITS["3"], steps=5)
        wait(page, "!root.machine.result.empty && !root.machine.live.isDrawing()")
        yield page


def machine(page: Page) -> Locator:
    return page.locator(ROOT)


def wait(page: Page, condition: str) -> None:
    """Wait until a condition of the component's ``root`` is true."""
    page.wait_for_function(
        "([selector, condition]) => {"
        " const nodes = [...document.querySelectorAll(`${selector} *`)];"
        " const host = nodes.find((one) => one.shadowRoot);"
        " const root = host?.shadowRoot.querySelector('.machine');"
        " return root && Function('root', `return ${condition}`)(root); }",
        arg=[".st-key-time_machine_view", condition],
    )


def moments() -> tuple[recorded_runs.Checkpoint, ...]:
    return recorded_runs.read().runs[RUN].checkpoints


def distances(patterns: int) -> np.ndarray:
    """PyTorch's for the 3, with the weights of that moment."""
    (file,) = [each.file for each in moments() if each.patterns == patterns]
    weights = {name: array.astype(np.float32) for name, array in load_file(file).items()}
    x = ink.from_strokes(DIGITS["3"])
    assert x is not None
    with torch.inference_mode():
        found: np.ndarray = checkpoint.filled(weights, LENET5)(x)[0].numpy()
    return found


def shown(page: Page) -> list[np.ndarray]:
    """The distances in the rows of maps."""
    rows: list[str] = (
        machine(page)
        .locator(".row")
        .evaluate_all("rows => rows.map(({ dataset }) => dataset.distances)")
    )
    return [np.array(json.loads(each)) for each in rows]


def slide_to(page: Page, label: str, patterns: int) -> None:
    place = [each.patterns for each in moments()].index(patterns)
    slider = page.get_by_label(label, exact=True)
    slider.focus()
    page.keyboard.press("Home")
    for _ in range(place):
        page.keyboard.press("ArrowRight")


def test_a_moment_shows_what_pytorch_says_of_its_weights(page: Page) -> None:
    for patterns in (0, 1000, moments()[-1].patterns):
        slide_to(page, "Moment", patterns)
        wait(page, f"root.dataset.shown === '[{patterns}]'")
        np.testing.assert_allclose(shown(page)[0], distances(patterns), rtol=1e-3, atol=1e-3)


def test_two_moments_stand_side_by_side_and_in_the_address(page: Page) -> None:
    page.get_by_label("Two moments side by side").check()
    slide_to(page, "Moment", 250)
    slide_to(page, "Second moment", 60_000)
    wait(page, "root.dataset.shown === '[250,60000]'")
    first, second = shown(page)
    np.testing.assert_allclose(first, distances(250), rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(second, distances(60_000), rtol=1e-3, atol=1e-3)
    page.wait_for_function("location.search.includes('beside=60000')")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["moment"] == ["250"]
    assert asked["beside"] == ["60000"]
    assert machine(page).locator(".pair").count() == 2
    assert not axe.grave(page, {})
    page.get_by_label("Two moments side by side").uncheck()
    page.wait_for_function("!location.search.includes('beside=')")


def test_when_it_was_learned_is_what_all_moments_say(page: Page) -> None:
    wait(page, "root.machine.moments.length === Number(root.dataset.known)")
    answers = [int(np.argmin(distances(each.patterns))) for each in moments()]
    found: dict[str, Any] = machine(page).evaluate(
        "(root) => { const read = root.querySelectorAll('.when :is(.answer, .same)');"
        " return { since: root.querySelector('.since').textContent,"
        " answers: Array.from(read, ({ textContent }) => textContent) }; }"
    )
    assert [int(text) for text in found["answers"] if text.isdigit()][-len(answers) :] == answers
    stays = next(i for i in range(len(answers)) if len({*answers[i:]}) == 1)
    assert str(answers[-1]) in found["since"]
    if 0 < stays < len(answers) - 1:
        assert f"{moments()[stays].patterns:,}" in found["since"]


def test_weights_come_once_and_can_be_kept_by_the_browser(page: Page) -> None:
    entries: list[str] = page.evaluate(
        "performance.getEntriesByType('resource').map(({ name }) => name)"
        ".filter((name) => name.includes('/files/'))"
    )
    assert len(entries) == len({*entries})
    assert len(entries) <= len(moments())
    answer = page.request.get(entries[0])
    assert "immutable" in answer.headers["cache-control"]


def test_it_plays_to_the_end_and_stops(page: Page) -> None:
    last = moments()[-1].patterns
    before = moments()[-3].patterns
    slide_to(page, "Moment", before)
    play = page.get_by_role("button", name="Play", exact=True)
    play.click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    wait(page, f"root.dataset.shown === '[{last}]'")
    expect(play).to_be_visible()


def test_without_its_weights_a_moment_says_so_and_the_page_goes_on(
    browser: Browser, address: str
) -> None:
    with browser.new_context(viewport=running_app.SCREEN) as context:
        page = context.new_page()
        gone = moments()[3]
        page.route(f"**/{gone.file.name}", lambda route: route.abort())
        page.goto(f"{address}/training?run={RUN}&moment={moments()[2].patterns}")
        wait(page, f"root.dataset.shown === '[{moments()[2].patterns}]'")
        page.get_by_label("Moment", exact=True).focus()
        page.keyboard.press("ArrowRight")
        expect(machine(page).locator(".note")).to_contain_text("did not come")
        page.keyboard.press("ArrowRight")
        wait(page, f"root.dataset.shown === '[{moments()[4].patterns}]'")
        page.unroute_all()
        page.keyboard.press("ArrowLeft")
        wait(page, f"root.dataset.shown === '[{gone.patterns}]'")
