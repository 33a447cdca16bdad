"""Somebody who takes the built-in tour with a real mouse and does everything it asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from lenet.tour.steps import Step
from tests.support import running_app, waiting
from tests.support.digits import DIGITS

STRIP = ".tour[data-step]"
SEVEN = DIGITS["7"]
IN_A_CORNER = [[(200 + x / 5, 10 + y / 5) for x, y in stroke] for stroke in SEVEN]
A_BAR = [[(60.0, 250.0), (200.0, 250.0)]]
SCRIBBLE = [
    [(20.0, 20.0), (250.0, 250.0), (20.0, 250.0), (250.0, 20.0), (140.0, 10.0), (20.0, 140.0)]
]


def state(page: Page) -> dict[str, str]:
    """The strip's data attributes."""
    return dict(page.locator(STRIP).evaluate("strip => ({...strip.dataset})"))


def wait_for(page: Page, step: str, move: str) -> dict[str, str]:
    """Until the tour is at that move of that step."""
    page.wait_for_selector(f'.tour[data-step="{step}"][data-move="{move}"]')
    return state(page)


def predict(page: Page, answer: int) -> None:
    page.locator(f'.tour [data-answer="{answer}"]').click()


def go_on(page: Page) -> None:
    """Presses the button that goes on: Skip, Next step, or End."""
    page.locator(".tour .actions button").last.click()


def pin(page: Page, layer: str, across: float, down: float) -> None:
    """Clicks at a place in a layer, both from 0 to 1."""
    tiles = json.loads(running_app.handles(page)["tiles"])
    left, top, width, height = tiles[layer]
    page.mouse.click(left + across * width, top + down * height)


def _clear(page: Page) -> None:
    page.locator(".st-key-clear button").click()
    page.wait_for_selector(f'{running_app.VIEW}[data-digit=""]')


def _pin_a_strong_one(page: Page) -> None:
    for down in range(1, 32):
        pin(page, "c3", 0.25, down / 32)
        if state(page)["move"] == "see":
            return


def _draw_in_a_corner(page: Page) -> None:
    _clear(page)
    running_app.draw(page, IN_A_CORNER)


def _scribble(page: Page) -> None:
    _clear(page)
    running_app.draw(page, SCRIBBLE, steps=4)


def _switch(page: Page) -> None:
    page.locator('.st-key-switches button[data-row="3"]:not([data-column])').click()


ACTS: dict[str, Callable[[Page], Any]] = {
    "smallest": lambda page: running_app.draw(page, SEVEN),
    "anywhere": _draw_in_a_corner,
    "window": lambda page: pin(page, "c1", 0.5, 0.08),
    "sharing": lambda page: pin(page, "c1", 0.5, 0.05),
    "squashing": _pin_a_strong_one,
    "averaging": lambda page: pin(page, "s2", 0.5, 0.08),
    "field": lambda page: page.locator(".st-key-unit_layer [role=radio]").nth(5).click(),
    "table": _switch,
    "code": lambda page: pin(page, "output", 0.6, 0.75),
    "rival": lambda page: running_app.draw(page, A_BAR),
    "scribble": _scribble,
    "since": lambda page: page.locator("[role=tab]").nth(1).click(),
}
"""What a pupil does in each step of the built-in tour."""


def take(page: Page, step: Step, answer: int) -> dict[str, str]:
    """Does all of a step that is on, and returns the strip's state when it is seen."""
    wait_for(page, step.id, "predict")
    waiting.until(
        lambda: page.locator(".tour .answers button").count(), f"{step.id} asks on its own page"
    )
    predict(page, answer)
    wait_for(page, step.id, "do")
    if step.page != "draw":
        running_app.settle(page)
    ACTS[step.id](page)
    return wait_for(page, step.id, "see")
