"""axe-core finds nothing serious or critical: any page, any tab, both themes, all three screens."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lenet.drawing import Drawing, link
from lenet.tour import task
from tests.support import axe, running_app
from tests.support.digits import DIGITS
from tests.support.sampling import sampled

# Streamlit's own, which cannot be changed from outside.
EXCEPTIONS = {
    # On a phone the navigation moves into a side bar, whose list items have wrappers around them.
    "list": ["[data-testid=stSidebarNavItems]"],
    "listitem": ["[data-testid=stSidebarNavItems]"],
}
"""Rule -> selectors of what is left out of it."""

SEVEN = f"drawing={link.write(Drawing(DIGITS['7'], [20]))}"
TASK = task.write(task.Task("Find it.", "Which?", ("one", "two"), 0))
PINNED = f"{SEVEN}&pin=c3.9.4.7"


@dataclass(frozen=True)
class State:
    """A page as a visitor may have it before their eyes: its address, and what is then pressed."""

    name: str
    address: str
    press: Callable[[Page], object] | None = None


def button(name: str) -> Callable[[Page], None]:
    """Press a button, and wait for what it opens."""

    def press(page: Page) -> None:
        page.get_by_role("button", name=re.compile(name)).first.click()
        expect(page.locator("[data-testid=stPopoverBody], [role=dialog]").first).to_be_visible()

    return press


def enlarged(page: Page) -> None:
    page.get_by_text("A layer enlarged").click()
    expect(page.locator(".st-key-layer_figure .pictures[data-pictures]")).to_be_visible()


def replayed(page: Page) -> None:
    page.get_by_role("button", name="Replay").click()
    page.get_by_role("button", name="Hold").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def added_up(page: Page) -> None:
    """The products of a pinned unit, one after the other."""
    page.locator(running_app.VIEW).evaluate(
        """({ view }) => {
            view.startReplay();
            view.replay.pause();
            while (view.replay.moment.added !== 2) view.replay.step();
        }"""
    )
    expect(page.locator(f"{running_app.VIEW} .lesson")).to_be_visible()


def pointed(page: Page) -> None:
    """At a map's number: its parameters are on a card."""
    page.locator(f"{running_app.VIEW} .names button").first.focus()
    expect(page.locator(f"{running_app.VIEW} .card")).to_be_visible()


def listed(page: Page) -> None:
    """The keys of the page are listed."""
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()


def writing_a_task(page: Page) -> None:
    page.locator(".share .add-task").click()
    expect(page.locator(".task-form textarea")).to_be_visible()
    page.locator(".task-form label input").first.fill("?")


def damaged_link(page: Page) -> None:
    expect(page.get_by_role("alert").first).to_be_visible()


STATES = [
    State("nothing drawn", "/"),
    State("a drawing", f"/?{SEVEN}"),
    State("a pinned unit", f"/?{PINNED}"),
    State("a pinned pixel", f"/?{SEVEN}&pin=input.0.12.14"),
    State("a pinned distance", f"/?{SEVEN}&pin=output.7.0.0&range=map"),
    State("a card", f"/?{SEVEN}", pointed),
    State("a replay", f"/?{SEVEN}", replayed),
    State("the keys", f"/?{SEVEN}", listed),
    State("a unit added up", f"/?{PINNED}", added_up),
    State("a layer enlarged", f"/?{SEVEN}", enlarged),
    State("samples", f"/?{SEVEN}", button("^Samples")),
    State("upload", f"/?{SEVEN}", button("^Upload")),
    State("download", f"/?{SEVEN}", button("Download")),
    State("QR code", f"/?{SEVEN}", button("^QR code")),
    State("a damaged link", "/?drawing=A", damaged_link),
    *(
        State(f"architecture, {part}", f"/architecture?{SEVEN}&part={part}")
        for part in ("layers", "ideas-and-arithmetic", "learned-parameters", "disagreements")
    ),
    *(
        State(f"connections, {shown}", f"/connections?{SEVEN}&{shown}")
        for shown in ("cell=connected", "cell=contribution", "consequence=c3-maps")
    ),
    *(
        State(f"receptive fields, {about}", f"/receptive-fields?{SEVEN}&about={about}")
        for about in ("effective", "top-activations", "who-sees-it", "growth", "centres")
    ),
    *(
        State(f"output codes, {part}", f"/output-codes?{SEVEN}&part={part}")
        for part in ("distances", "by-hand", "codes", "probabilities", "rejection", "all-samples")
    ),
    *(
        State(f"variants, {tab}", f"/variants?{SEVEN}&networks=lenet5-plain,linear&measured={tab}")
        for tab in ("networks", "training", "alexnet", "disagreeing")
    ),
    State("mistakes", f"/mistakes?{SEVEN}"),
    State("typical digits", f"/mistakes?{SEVEN}&part=typical"),
    State("confusions", f"/mistakes?{SEVEN}&part=confusions"),
    State("F6 in the plane", f"/mistakes?{SEVEN}&part=plane"),
    State("rejected mistakes", f"/mistakes?{SEVEN}&part=rejection"),
    State("one's own training", f"/training?{SEVEN}&show=own"),
    State("time machine", f"/training?{SEVEN}&moment=1000&beside=60000"),
    State("one update", f"/training?{SEVEN}&show=update&update_at=weight.c1.12"),
    State("invariance", f"/invariance?{SEVEN}&networks=lenet5,linear&turn=30"),
]
STATES += [
    State("the tour", "/tour"),
    State("a tour asks", f"/?{SEVEN}&step=rival"),
    State("a tour tells", f"/?{PINNED}&step=window.see"),
    State("a tour on another page", f"/connections?{SEVEN}&step=table.do"),
    State("a task", f"/?{SEVEN}&task={TASK}"),
    State("writing a task", f"/?{SEVEN}", writing_a_task),
]
SIZES = {"screen": (1440, 900), "phone": (390, 844), "projector": (1280, 720)}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NOT_THERE = {
    "phone": ("a card",),  # a sheet says what a card says elsewhere
    "projector": ("a card", "a layer enlarged", "download", "QR code", "writing a task"),
}
CASES = [
    pytest.param(state, size, id=f"{state.name}, {size}")
    for state, size in itertools.product(STATES, SIZES)
    if state.name not in NOT_THERE.get(size, ())
]


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all: what the first page has loaded the others need not."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.mark.parametrize(("state", "size"), sampled(CASES, 4))
def test_axe_finds_nothing_serious_in_either_theme(
    context: BrowserContext, address: str, state: State, size: str
) -> None:
    page = context.new_page()
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=THEMES[0])
    presented = size == "projector"
    more = f"{'&' if '?' in state.address else '?'}present=1" if presented else ""
    page.goto(f"{address}{state.address}{more}")
    expect(page.locator("h1.page-title")).to_be_visible()
    all_there(page)
    assert page.evaluate("'presenting' in document.documentElement.dataset") is presented
    if state.press:
        state.press(page)
        all_there(page)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
        all_there(page)
        assert not axe.grave(page, EXCEPTIONS), theme
    page.close()


def all_there(page: Page) -> None:
    """Wait until the server has said all, and everything it has said is shown."""
    running_app.settle(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0)
    expect(page.locator(".st-key-share .copy")).not_to_be_empty()
    if page.locator(running_app.VIEW).count():
        expect(page.locator(running_app.VIEW)).not_to_have_attribute("data-frame", "0")


def test_what_axe_is_asked_reaches_into_shadow_roots_and_frames(page: Page) -> None:
    """A fault in each place is found, and an exception covers its own place only."""
    page.evaluate(
        """() => {
            const host = document.body.appendChild(document.createElement("div"));
            host.attachShadow({ mode: "open" }).innerHTML =
                '<button class="within"></button>';
            const frame = document.body.appendChild(document.createElement("iframe"));
            frame.title = "a frame";
            frame.srcdoc = '<!doctype html><title>t</title><html lang="en"><button></button>';
            return new Promise((loaded) => (frame.onload = loaded));
        }"""
    )
    found = axe.grave(page, {})
    assert len([each for each in found if each.startswith("button-name")]) == 2, found
    found = axe.grave(page, {"button-name": [".within"]})
    assert len([each for each in found if each.startswith("button-name")]) == 1, found
