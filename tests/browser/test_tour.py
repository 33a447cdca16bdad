"""The tour on the real pages: walked to its end, resumed, skipped, folded, presented."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from lenet.catalogue import LANGUAGES
from lenet.tour import shelf, task
from lenet.tour.task import Task
from tests.support import running_app, waiting
from tests.support.sampling import sampled
from tests.support.touch import Fingers, phone
from tests.support.tour_walk import (
    ACTS,
    IN_A_CORNER,
    SEVEN,
    STRIP,
    go_on,
    pin,
    predict,
    state,
    take,
    wait_for,
)

STEPS = shelf.shipped().steps


def open_step(page: Page, address: str, step: str, **more: str) -> None:
    query = "&".join(f"{name}={text}" for name, text in {"step": step, **more}.items())
    running_app.open_draw_page(page, f"{address}/?{query}")
    page.wait_for_selector(STRIP)


@pytest.mark.parametrize("language", sampled(LANGUAGES, 1))
def test_whoever_does_what_is_asked_comes_to_the_end(
    browser: Browser, address: str, language: str
) -> None:
    with running_app.watched_page(browser) as page:
        page.goto(f"{address}/tour?lang={language}")
        page.locator(".st-key-start button").click()
        for number, step in enumerate(STEPS):
            assert step.predict
            right = [at for at, answer in enumerate(step.predict.answers) if answer.right is True]
            chosen = right[0] if right else number % len(step.predict.answers)
            seen = take(page, step, chosen)
            assert seen["done"] == "true"
            fact = step.predict.answers[chosen].right
            if right:
                assert seen["right"] == "true", step.id
            else:
                assert seen["right"] == str(holds(page, str(fact))).lower(), step.id
            text = page.locator(".tour .text").inner_text()
            assert not re.search(r"[{}\u2026]|undefined|NaN", text), text
            assert any(numbers_of(see.text, text) for see in step.see), (step.id, text)
            for light in step.lights:
                assert is_lit(page, light), (step.id, light)
            if step is not STEPS[-1]:
                go_on(page)
        go_on(page)
        expect(page.locator(".tour")).to_have_count(0)
        assert "step=" not in page.url
        running_app.settle(page)
        page.reload()
        running_app.settle(page)
        assert page.locator(".tour").count() == 0


def holds(page: Page, fact: str) -> bool:
    """Whether a fact is true, from what the page itself says."""
    said = page.locator("[data-answers]")
    if said.count():
        answers = json.loads(said.get_attribute("data-answers") or "")
        before, after = answers["before"], answers["after"]
        same = before["digit"] == after["digit"]
        rejected = after["rejected"]
    else:
        handles = running_app.handles(page)
        rejected = handles["rejected"] == "true"
        same = handles["digit"] == "7"  # which is drawn all the way
    return {
        "accepted": not rejected,
        "rejected": rejected,
        "same_digit": not rejected and same,
        "other_digit": not rejected and not same,
    }[fact]


def numbers_of(template: str, text: str) -> bool:
    """Whether a text has at least as many numbers as its template has places for them."""
    return len(re.findall(r"\d+", text)) >= len(re.findall(r"\{\w+\}", template))


def is_lit(page: Page, light: str) -> bool:
    view = page.locator(running_app.VIEW)
    return (
        bool(view.count() and view.locator(f'.lit[data-lit="{light}"]').count())
        or page.locator("[data-lit]").count() > 0
    )


def test_a_tour_is_resumed_from_its_address_and_every_move_can_be_skipped(page: Page) -> None:
    address = page.url.split("?")[0].rstrip("/")
    open_step(page, address, "window.do")
    wait_for(page, "window", "do")
    go_on(page)
    wait_for(page, "window", "see")
    assert "step=window.see" in page.url
    page.reload()
    wait_for(page, "window", "see")
    assert page.locator(".tour .verdict").is_hidden(), "nobody knows what was predicted"
    assert page.locator(".tour .text").inner_text().strip()
    go_on(page)
    wait_for(page, "sharing", "predict")
    page.locator('.tour [data-action="back"]').click()
    wait_for(page, "window", "predict")
    page.locator(".tour .fold").click()
    expect(page.locator(".tour .body")).to_be_hidden()
    page.locator(".tour .fold").click()
    page.locator(".tour .end").click()
    expect(page.locator(".tour")).to_have_count(0)
    assert "step=" not in page.url


def test_the_drawing_goes_along_and_a_step_elsewhere_says_where_it_is(page: Page) -> None:
    address = page.url.split("?")[0].rstrip("/")
    running_app.draw(page, SEVEN)
    running_app.wait_for_answer(page, 1)
    drawing = re.search(r"drawing=([^&]+)", page.url)
    assert drawing
    open_step(page, address, "table", drawing=drawing[1])
    page.locator('.tour [data-action="here"]').click()
    page.wait_for_url("**/connections?**")
    page.wait_for_selector(".tour .answers button")
    assert drawing[1] in page.url
    assert "step=table" in page.url
    answers = page.wait_for_selector("[data-answers]", state="attached")
    assert answers is not None
    assert json.loads(answers.get_attribute("data-answers") or "")["before"]["digit"] == 7


def test_all_of_it_works_by_keyboard_and_the_focus_stays_in_it(page: Page) -> None:
    address = page.url.split("?")[0].rstrip("/")
    open_step(page, address, "smallest")
    page.locator('.tour [data-answer="0"]').focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_for(page, "smallest", "do")
    for step, move in (("smallest", "see"), ("anywhere", "predict")):
        page.keyboard.press("Enter")  # on the button that goes on
        wait_for(page, step, move)
    page.keyboard.press("m")
    wait_for(page, "anywhere", "do")
    spoken = page.locator(".tour .said")
    assert spoken.get_attribute("role") == "status"
    assert page.locator(".tour .text").inner_text() in spoken.inner_text()


def test_a_presenter_turns_steps_with_the_keys_that_turn_pages(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    open_step(page, address, "smallest", present="1")
    page.wait_for_selector(".present .bar:not([hidden])")
    page.keyboard.press("PageDown")
    wait_for(page, "anywhere", "predict")
    page.keyboard.press("PageUp")
    wait_for(page, "smallest", "predict")
    assert page.url.startswith(f"{address}/?")
    sizes = page.locator(STRIP).evaluate(
        "strip => [...strip.querySelectorAll('.text, .answers button, .title')]"
        ".map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 20
    strip, answer = (page.locator(one).bounding_box() for one in (STRIP, running_app.ANSWER))
    assert strip
    assert answer
    assert answer["y"] + answer["height"] <= strip["y"]
    page.close()


def test_on_a_phone_the_strip_leaves_canvas_and_answer_alone(
    browser: Browser, address: str
) -> None:
    with phone(browser, address) as page:
        open_step(page, address, "smallest")
        page.locator('.tour [data-answer="1"]').tap()
        wait_for(page, "smallest", "do")
        canvas, answer, strip = (
            page.locator(one).bounding_box() for one in (running_app.CANVAS, ".answer", STRIP)
        )
        assert canvas
        assert answer
        assert strip
        assert max(one["y"] + one["height"] for one in (canvas, answer)) <= strip["y"]
        assert strip["height"] < 844 / 4
        fingers = Fingers(page)
        fingers.draw(SEVEN)
        seen = wait_for(page, "smallest", "see")
        assert seen["right"] == "true"
        go_on(page)
        predict(page, 1)
        wait_for(page, "anywhere", "do")
        page.locator(".st-key-clear button").tap()
        page.wait_for_selector(f'{running_app.VIEW}[data-digit=""]')
        fingers.look()
        fingers.draw(IN_A_CORNER)
        wait_for(page, "anywhere", "see")
        go_on(page)
        predict(page, 1)
        wait_for(page, "window", "do")
        left, top, width, height = json.loads(running_app.handles(page)["tiles"])["c1"]
        page.touchscreen.tap(left + width * 0.1, top + height * 0.2)
        wait_for(page, "window", "see")
        page.locator(".sheet .close").tap()
        expect(page.locator(".sheet[open]")).to_have_count(0)
        text = page.locator(".tour .text").inner_text()
        assert re.search(r"C1\[\d\]", text), "what was said of the unit is still there to be read"


def test_a_pen_goes_on_while_the_strip_changes(page: Page) -> None:
    address = page.url.split("?")[0].rstrip("/")
    open_step(page, address, "smallest.do")
    canvas = page.locator(running_app.CANVAS).bounding_box()
    running_app.draw(page, SEVEN)
    wait_for(page, "smallest", "see")
    assert page.locator(running_app.CANVAS).bounding_box() == canvas
    first = page.locator(".tour .text").inner_text()
    running_app.draw(page, [[(80.0, 140.0), (190.0, 140.0)]])
    waiting.until(
        lambda: page.locator(".tour .text").inner_text() != first, "the numbers are the drawing's"
    )
    distance = min(json.loads(running_app.handles(page)["distances"]))
    assert f"{distance:.2f}" in page.locator(".tour .text").inner_text()
    assert state(page)["move"] == "see"
    pin(page, "c1", 0.5, 0.1)
    pinned = "view => view.view.pointing.pinned?.layer"
    assert page.locator(running_app.VIEW).evaluate(pinned) == "c1"
    page.mouse.click(*beside(page))
    assert page.locator(running_app.VIEW).evaluate(pinned) == "c1", "a strip is nothing beside it"


def beside(page: Page) -> tuple[float, float]:
    """A place in the strip where no button is."""
    box = page.locator(".tour .text").bounding_box()
    assert box
    return box["x"] + 5, box["y"] + 5


def test_a_task_is_made_with_the_share_buttons_and_read_by_who_opens_it(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors = running_app.errors_of(page)
    running_app.open_draw_page(page, address)
    running_app.draw(page, SEVEN)
    running_app.wait_for_answer(page, 1)
    given = Task("Find <b>it</b> & \u4e2d.", "Which?", ("one", "two"), 1)
    page.locator(".share .add-task").click()
    form = page.locator(".task-form")
    form.locator("textarea").fill(given.text)
    form.locator("label input").first.fill(given.question)
    for at, answer in enumerate(given.answers):
        form.locator(".choices input[type=text]").nth(at).fill(answer)
    form.locator(".choices input[type=radio]").nth(1).check()
    form.locator(".make").click()
    link = waiting.until(
        lambda: page.evaluate("navigator.clipboard.readText()"), "the link is copied"
    )
    text = re.search(r"task=([\w-]+)", link)
    assert text
    assert task.read(text[1]) == given
    assert "drawing=" in link
    running_app.open_draw_page(page, link)
    shown = page.locator(".task")
    expect(shown.locator(".text")).to_have_text(given.text)
    assert shown.locator("b").count() == 0
    said = []
    for at in (0, 1):
        shown.locator(f'[data-answer="{at}"]').click()
        said.append(shown.locator(".verdict").inner_text())
    assert len(set(said)) == 2
    assert running_app.handles(page)["digit"] == "7"
    shown.locator(".close").click()
    assert "task=" not in page.url
    assert not errors
    context.close()


def test_every_step_has_somebody_who_does_it() -> None:
    assert set(ACTS) == {step.id for step in STEPS}


def test_a_stroke_that_is_still_being_sent_does_not_call_back_the_page_before(page: Page) -> None:
    """The canvas sends 200 ms after a stroke, here just after the server was asked for a page."""
    address = page.url.split("?")[0].rstrip("/")
    open_step(page, address, "averaging.see")
    running_app.settle(page)
    running_app.draw(page, SEVEN)
    go_on(page)
    wait_for(page, "field", "predict")
    expect(page.locator(".st-key-unit_layer [role=radio]").first).to_be_visible()
    running_app.settle(page)
    assert "/receptive-fields" in page.url
    expect(page.locator(".tour .answers button").first).to_be_visible()
