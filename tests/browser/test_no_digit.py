"""What is no digit is called none while it is drawn and by PyTorch, and no digit is its winner."""

from __future__ import annotations

import json
from typing import Any

import pytest
import torch
from playwright.sync_api import Page, expect

import lenet
from lenet import checkpoint, ink
from lenet.answer import Answer
from lenet.drawing import Drawing, non_digits
from tests.support import running_app, waiting
from tests.support.digits import DIGITS

FRAMES = """(root) => {
    window.frames = [];
    const answer = document.querySelector(".st-key-answer");
    new MutationObserver(() => {
        const { digit, rejected, source } = root.dataset;
        const winners = root.querySelectorAll(".output.nearest .class");
        window.frames.push({
            digit, rejected, source, said: answer.innerText,
            winners: Array.from(winners, ({ textContent }) => textContent),
            beyond: root.querySelector(".outputs").classList.contains("beyond"),
        });
    }).observe(root, { attributes: true, attributeFilter: ["data-frame"] });
}"""


@pytest.fixture
def page(desk: Page) -> Page:
    return desk


@pytest.fixture(scope="module")
def no_digit() -> tuple[str, Drawing]:
    """The packaged non-digit that the shipped network is surest of, by its name for a reader."""
    model, names = lenet.load(), non_digits.names()
    drawn = {name: non_digits.drawing(name) for name in names}
    inputs = {name: ink.from_strokes(drawing.strokes) for name, drawing in drawn.items()}
    with torch.inference_mode():
        far = {name: float(model(x).min()) for name, x in inputs.items() if x is not None}
    farthest = max(far, key=lambda name: far[name])
    assert far[farthest] > checkpoint.rejection_distance()
    return names[farthest], drawn[farthest]


def check(frame: dict[str, Any]) -> None:
    """A frame with ink says the same everywhere."""
    rejected = frame["rejected"] == "true"
    assert frame["beyond"] == rejected
    assert frame["winners"] == ([] if rejected else [frame["digit"]])
    said = frame["said"].lstrip("? \n")
    assert said.startswith(f"No digit it knows; nearest {frame['digit']}, at ") == rejected
    assert frame["said"].startswith(frame["digit"]) != rejected


def test_it_is_called_none_live_and_verified_and_nothing_shows_a_winner(
    page: Page, no_digit: tuple[str, Drawing]
) -> None:
    _, drawing = no_digit
    root = page.locator(running_app.VIEW)
    root.evaluate(FRAMES)
    *before, last = drawing.strokes
    running_app.draw(page, before)
    box = page.locator(running_app.CANVAS).bounding_box()
    assert box
    for place, (x, y) in enumerate(last):
        page.mouse.move(box["x"] + x, box["y"] + y)
        if not place:
            page.mouse.down()
    page.wait_for_selector(f"{running_app.VIEW}[data-source=live][data-rejected=true]")
    page.mouse.up()
    shown = running_app.wait_for_answer(page, len(drawing.strokes))

    frames = [frame for frame in page.evaluate("window.frames") if frame["digit"]]
    for frame in frames:
        check(frame)
    told = {(frame["source"], frame["rejected"]) for frame in frames}
    assert {("live", "true"), ("verified", "true")} <= told

    answer = Answer.of(json.loads(shown["distances"]), checkpoint.rejection_distance())
    expect(page.locator(running_app.ANSWER)).to_contain_text(answer.sentence)
    line = root.locator(".rejection")
    expect(line).to_have_text(f"no digit beyond {checkpoint.rejection_distance():.2f}")
    root.evaluate(
        "(root, map) => root.view.pointing.pin({ layer: 'output', map, row: 0, column: 0 })",
        answer.digit,
    )
    captions = root.locator(".arithmetic figcaption").all_inner_texts()
    assert not any(caption.startswith("why") for caption in captions)
    assert (
        f"{answer.digit} against {answer.runner_up}: what each place adds to the lead" in captions
    )
    with page.expect_download() as saved:
        root.get_by_role("button", name="PNG").click()
    assert saved.value.suggested_filename == "lenet5-no-digit.png"

    page.get_by_role("button", name="Clear", exact=True).click()
    running_app.wait_for_answer(page, 0)
    running_app.draw(page, DIGITS["7"], steps=4)
    assert running_app.wait_for_answer(page, 1)["rejected"] == "false"
    expect(root.locator(".output.nearest .class")).to_have_text("7")


def test_a_packaged_non_digit_is_drawn_on_the_canvas_with_one_click(
    page: Page, no_digit: tuple[str, Drawing]
) -> None:
    name, drawing = no_digit
    page.get_by_role("button", name="Samples").click()
    page.get_by_role("tab", name="Not digits").click()
    page.get_by_role("group", name="Not digits").get_by_role("button", name=name).click()
    shown = running_app.wait_for_answer(page, len(drawing.strokes))
    assert shown["rejected"] == "true"
    x = ink.from_strokes(drawing.strokes)
    assert x is not None
    with torch.inference_mode():
        distances = lenet.load()(x)[0].tolist()
    assert json.loads(shown["distances"]) == pytest.approx(distances, rel=1e-4)
    (across, down), *_ = drawing.strokes[0]
    canvases = page.locator(".st-key-canvas canvas")
    waiting.until(
        lambda: canvases.evaluate_all(
            """(all, at) => all.some((one) =>
                one.getContext("2d").getImageData(...at, 1, 1).data[3] > 0)""",
            [across, down],
        ),
        "ink on the canvas",
    )
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo", exact=True).click()
    running_app.wait_for_answer(page, 0)
