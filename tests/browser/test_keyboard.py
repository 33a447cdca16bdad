"""The page by keyboard alone: its shortcuts, where they keep silent, and drawing."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from lenet import spec
from lenet.drawing import link
from tests.support import running_app, sampling, waiting
from tests.support.running_app import VIEW, VIEW_ROOT


@pytest.fixture
def page(desk: Page) -> Page:
    return desk


def wait_for(page: Page, state: str, arg: Any = None) -> None:
    """Wait until something is true of ``view``."""
    page.wait_for_function(f"(arg) => {{ const view = {VIEW_ROOT}; return {state}; }}", arg=arg)


def reads(page: Page, digit: str) -> None:
    """Wait until PyTorch reads that digit, or nothing for ""."""
    wait_for(page, "view.dataset.digit === arg && view.dataset.source === 'verified'", digit)


def test_digits_take_samples_and_letters_press_the_buttons(page: Page) -> None:
    press = page.keyboard.press
    press("7")
    reads(page, "7")
    first = page.url
    press("7")
    page.wait_for_function("(first) => location.href !== first", arg=first)
    reads(page, "7")
    second = page.url
    press("3")
    reads(page, "3")
    press("u")
    page.wait_for_url(second)
    press("Control+z")
    page.wait_for_url(first)
    reads(page, "7")
    press("c")
    reads(page, "")
    press("u")
    reads(page, "7")
    press("Backspace")
    reads(page, "")


def test_space_pauses_what_moves_and_r_replays(page: Page) -> None:
    press = page.keyboard.press
    for key in ("Space", "p"):
        press(key)
        wait_for(page, "view.view.paused")
        press(key)
        wait_for(page, "!view.view.paused")
    press("r")
    wait_for(page, "view.view.replay.running")
    press("Space")
    wait_for(page, "view.view.replay.open && !view.view.replay.running")
    press("Space")
    wait_for(page, "view.view.replay.running && !view.view.paused")
    press("r")
    wait_for(page, "!view.view.replay.open")


def test_the_list_of_keys_names_them_all_and_leaves_the_page_alone(page: Page) -> None:
    press = page.keyboard.press
    press("1")
    reads(page, "1")
    press("?")
    keys = page.get_by_role("dialog", name="Keyboard")
    expect(keys).to_be_visible()
    expect(keys.locator("kbd").first).to_be_visible()
    listed = keys.locator("kbd").all_inner_texts()
    ours = ["0 \u2013 9", "C", "Backspace", "U", "Ctrl+Z", "Space", "P", "R", "K", "?"]
    assert [key for key in listed if key in ours] == ours
    assert len(set(listed)) == len(listed), "a key means two things"
    assert all(keys.locator("dd").all_inner_texts())
    press("c")
    press("p")
    press("Escape")
    expect(keys).to_be_hidden()
    # The next key is heard, so those before it would have been.
    press("p")
    wait_for(page, "view.view.paused")
    assert running_app.handles(page)["digit"] == "1"
    press("p")


def test_what_has_the_focus_keeps_its_keys(page: Page) -> None:
    press = page.keyboard.press
    press("4")
    reads(page, "4")
    button = page.get_by_role("button", name="Pause", exact=True)
    button.focus()
    press("Space")  # presses the button, once
    wait_for(page, "view.view.paused")
    press("p")
    wait_for(page, "!view.view.paused")
    page.get_by_role("slider", name="Pen").focus()
    for key in ("7", "c", "p", "r"):
        press(key)
    page.evaluate("document.activeElement.blur()")
    press("p")
    wait_for(page, "view.view.paused && !view.view.replay.open")
    assert running_app.handles(page)["digit"] == "4"
    press("p")
    unit = running_app.handles(page)["unit"]
    page.locator(f"{VIEW} [data-stop=c1]").focus()
    press("ArrowRight")
    wait_for(page, "view.dataset.unit !== arg", unit)


STEP = 7  # canvas pixels
CURSOR_PLACE = ".st-key-canvas .cursor-place"


def walk(page: Page, *arrows: str, times: int) -> None:
    """Hold these arrows together so long that the cursor makes so many steps."""
    *first, last = arrows
    for arrow in first:
        page.keyboard.down(arrow)
        page.keyboard.up(last)
    for _ in range(times):
        page.keyboard.down(last)
    for arrow in arrows:
        page.keyboard.up(arrow)


def go_to(page: Page, across: int, down: int) -> None:
    """Take the cursor so many steps from the upper left corner, wherever it was."""
    walk(page, "ArrowLeft", "ArrowUp", times=running_app.CANVAS_SIDE // STEP)
    walk(page, "ArrowRight", times=across)
    walk(page, "ArrowDown", times=down)


def strokes_in(url: str) -> list[list[tuple[float, float]]]:
    """The strokes of the drawing that an address has."""
    (text,) = parse_qs(urlsplit(url).query)["drawing"]
    return [[(x, y) for x, y in stroke] for stroke in link.read(text).strokes]


def test_a_digit_is_drawn_and_answered_without_mouse_or_finger(page: Page) -> None:
    place = page.locator(CURSOR_PLACE)
    page.get_by_role("button", name="Undo", exact=True).focus()
    page.keyboard.press("Shift+Tab")
    expect(place).to_be_focused()
    assert (place.get_attribute("aria-label") or "").startswith("Drawing canvas")
    said = place.get_by_role("status")
    go_to(page, 20, 6)
    expect(said).to_have_text("50% across, 15% down")  # once it rests
    assert running_app.handles(page)["strokes"] == "0"  # it was not down
    page.keyboard.press("Space")
    expect(said).to_have_text("Pen down, 50% across, 15% down")
    walk(page, "ArrowDown", times=28)
    page.keyboard.press("Enter")
    expect(said).to_have_text("Pen up, 50% across, 85% down")
    running_app.wait_for_answer(page, 1)
    reads(page, "1")
    (stroke,) = strokes_in(page.url)
    # The pencil drops the last position but one, as it does of every stroke.
    assert stroke == [(20 * STEP, n * STEP) for n in (*range(6, 33), 34)]
    page.keyboard.press("c")  # the focus stays, and so does the cursor
    reads(page, "")

    go_to(page, 11, 9)
    page.keyboard.press("Space")
    walk(page, "ArrowRight", times=18)
    walk(page, "ArrowLeft", "ArrowDown", times=5)
    walk(page, "ArrowDown", times=6)
    walk(page, "ArrowLeft", "ArrowDown", times=4)
    walk(page, "ArrowDown", times=8)
    page.keyboard.press("Escape")
    expect(said).to_contain_text("Pen up")
    reads(page, "7")
    assert float(running_app.handles(page)["delta"]) < 1e-4


def test_a_pen_that_is_down_is_lifted_before_anything_else_is_done(page: Page) -> None:
    page.locator(CURSOR_PLACE).focus()
    press = page.keyboard.press
    press("Space")
    press("Shift+ArrowRight")
    press("Tab")  # away
    running_app.wait_for_answer(page, 1)
    assert strokes_in(page.url)[0][-1][0] - strokes_in(page.url)[0][0][0] == 4 * STEP
    page.locator(CURSOR_PLACE).focus()
    press("Space")
    walk(page, "ArrowDown", times=3)
    press("u")  # takes back the whole stroke, for it ends first
    running_app.wait_for_answer(page, 1)
    press("Space")
    walk(page, "ArrowDown", times=3)
    press("c")
    running_app.wait_for_answer(page, 0)
    press("u")
    running_app.wait_for_answer(page, 2)


FOCUS = """() => {
    let element = document.activeElement;
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const named = element.ariaLabel || element.dataset.stop || element.innerText;
    return { element, name: named.trim().replace(/^[a-z_]+\\s+(?=[A-Z])|\\s+expand_\\w+$/g, "") };
}"""
"""What has the focus, and its name without the names of icons."""

RING = """(focus) => {
    const drawn = () => {
        const around = [focus.element]; // a slider's thumb has its ring around the input in it
        for (let up = 0; up < 3; up++) around.push(around.at(-1).parentElement ?? document.body);
        return JSON.stringify(around.map((node) => {
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node);
            return [outlineStyle !== "none" && outlineWidth, boxShadow];
        }));
    };
    const { element } = focus;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const inView = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    const focused = drawn();
    element.blur();
    const differs = drawn() !== focused;
    element.focus({ preventScroll: true });
    return { inView, differs, box: [left, top, right, bottom] };
}"""
"""Whether what has the focus is in view, and looks otherwise than without."""


def focused_name(page: Page) -> str:
    name: str = page.evaluate(f"({FOCUS})().name")
    return name


def test_the_tab_key_goes_through_the_whole_page_and_one_sees_where(page: Page) -> None:
    press = page.keyboard.press
    press("3")
    reads(page, "3")
    page.emulate_media(reduced_motion="reduce")  # no ring that is still fading in
    page.get_by_role("link", name="Skip to main content").focus()
    stops: list[str] = []
    for _ in range(60):
        press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        focus = page.evaluate_handle(FOCUS)
        stops.append(page.evaluate("(focus) => focus.name", focus))
        ring = page.evaluate(RING, focus)
        assert ring["inView"], (stops[-1], ring)
        assert ring["differs"], stops[-1]
    layers = [one for one in stops if "arrow keys walk" in one]
    assert [one.split(",")[0] for one in layers] == [
        "Input",
        *(layer.name for layer in spec.LAYERS[:-1]),
        "Output",
    ]
    order = [
        *("Copy link", "QR code", "Present", "Keys", "Download"),
        *("Drawing canvas", "Undo", "Clear"),
        *("Samples", "Upload", "Pen", "Input", "Output", "fixed", "Pause", "Replay", "PNG"),
        "A layer enlarged",
    ]
    found = [name for one in stops for name in order if one.startswith(name)]
    assert found == order, stops


@pytest.mark.alone  # keys are pressed at a pace of their own
def test_what_a_button_opens_comes_next_to_it(page: Page) -> None:
    press = page.keyboard.press
    popover = page.get_by_test_id("stPopoverBody")
    inside = {
        "Samples": ("0", "a handwritten 0, sample 0"),
        "Upload": ("Upload", "Take a photo"),
        "Download": ("Activations as CSV", "Weights with their card"),
    }
    for name, (first, last) in inside.items():
        opener = page.get_by_role("button", name=re.compile(f"^{name}|{name} ")).first
        opener.focus()
        ends = [
            popover.locator(f"button:has-text('{end}'), button[aria-label='{end}']").first
            for end in (first, last)
        ]
        press("Enter")
        press("Tab")  # perhaps before there is anything in it
        holds_focus = "(popover) => popover.contains(document.activeElement)"
        page.wait_for_function(holds_focus, arg=popover.element_handle())
        for one in ends:
            expect(one).to_be_visible()
        popover.focus()
        press("Tab")
        assert focused_name(page) == first
        press("Shift+Tab")
        expect(opener).to_be_focused()
        press("Tab")
        assert focused_name(page) == first
        press("Escape")
        expect(popover).to_have_count(0)
        expect(opener).to_be_focused()
        running_app.settle(page)  # the server has heard that it was closed
        press("Enter")
        expect(popover).to_be_focused()
        for one in ends:
            expect(one).to_be_visible()
        for _ in range(8):
            press("Tab")
            if focused_name(page) == last:
                break
        assert focused_name(page) == last
        press("Tab")
        expect(popover).to_have_count(0)
        assert page.evaluate(
            "(opener) => Boolean(opener.compareDocumentPosition(document.activeElement) & 4)",
            opener.element_handle(),
        )
    page.get_by_role("button", name="QR code").focus()
    press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    press("Escape")
    expect(page.get_by_role("button", name="QR code")).to_be_focused()


def test_a_sample_is_found_with_the_arrow_keys(page: Page) -> None:
    press = page.keyboard.press
    samples = page.get_by_role("button", name="Samples")
    samples.focus()
    press("Enter")
    expect(page.get_by_role("button", name="a handwritten 0, sample 0", exact=True)).to_be_visible()
    press("Tab")
    for _ in range(5):
        press("ArrowRight")
    press("Enter")
    press("Tab")
    first = focused_name(page)
    assert first.startswith("a handwritten 5, sample ")
    number = int(first.split()[-1])
    press("ArrowDown")
    press("ArrowRight")
    press("ArrowRight")
    press("ArrowUp")
    assert focused_name(page) == f"a handwritten 5, sample {number + 2}"
    press("Enter")
    reads(page, "5")
    press("Escape")
    expect(samples).to_be_focused()


def test_the_parameters_of_every_map_are_reached_by_keyboard(page: Page) -> None:
    press = page.keyboard.press
    press("2")
    reads(page, "2")
    card, label = (page.locator(f"{VIEW} .{part}") for part in ("card", "label"))
    for layer in (spec.C1, spec.S2, spec.C3, spec.S4):
        page.locator(f"{VIEW} [data-stop={layer.key}]").focus()
        expect(label).to_be_visible()
        press("k")
        expect(label).to_be_hidden()
        walked = sampling.count(min(3, layer.maps), layer.maps)
        for map_ in range(walked):
            expect(card.locator(".name")).to_have_text(f"{layer.name}[{map_}]")
            if layer.key in ("c1", "c3"):
                expect(card.locator("canvas")).to_have_count(len(layer.reads[map_]))
            for _ in range(layer.size if map_ < walked - 1 else 0):
                press("ArrowRight")
        press("k")
        expect(card).to_be_hidden()
        expect(label).to_be_visible()
    press("k")
    said = page.locator(f"{VIEW} .announcement")
    expect(said).to_contain_text("coefficient")
    press("Escape")
    expect(card).to_be_hidden()


LISTEN = """() => {
    window.heard = [];
    const roots = [document, ...[...document.querySelectorAll("*")].map((node) => node.shadowRoot)];
    for (const root of roots.filter(Boolean)) {
        for (const region of root.querySelectorAll("[role=status], [role=alert], [aria-live]")) {
            new MutationObserver(() => window.heard.push(region.textContent.trim()))
                .observe(region, { childList: true, characterData: true, subtree: true });
        }
    }
}"""
"""Notes whatever a screen reader would say by itself from now on."""


@pytest.mark.alone  # how long a pen rests is measured
def test_the_answer_is_said_once_when_the_pen_has_rested(page: Page) -> None:
    page.evaluate(LISTEN)
    running_app.draw(page, [[(75, 60), (200, 60), (175, 130), (140, 240)]], steps=12)
    frames = running_app.frame(page)
    page.mouse.move(0, 0)
    reads(page, "7")
    page.wait_for_function("window.heard.length")
    summary = page.locator(f"{VIEW} .summary")
    expect(summary.locator("#shown-output")).to_contain_text("smallest at 7")
    sentence = page.locator(f"{running_app.ANSWER} .sentence").inner_text()
    waiting.nothing_happens_for(page, 1, because="the server's answer is here, and half a second")
    assert page.evaluate("window.heard") == [sentence]
    assert frames > 5  # all of which were silent
    # Each layer's stop is described by its own sentence.
    for key in ("input", *(layer.key for layer in spec.LAYERS)):
        described = page.locator(f"{VIEW} [data-stop={key}]").get_attribute("aria-describedby")
        expect(summary.locator(f"#{described}")).to_have_text(re.compile("^[A-Z].+: "))


def test_the_first_answer_is_said_however_soon_one_draws(fresh_page: Page) -> None:
    fresh_page.evaluate(LISTEN)
    fresh_page.evaluate(f"clearTimeout({running_app.VIEW_ROOT}.view.settling)")  # it has not rested
    running_app.draw(fresh_page, [[(75, 60), (200, 60), (175, 130), (140, 240)]], steps=6)
    running_app.wait_for_answer(fresh_page, 1)
    fresh_page.wait_for_function("window.heard.length")
    sentence = fresh_page.locator(f"{running_app.ANSWER} .sentence").inner_text()
    assert fresh_page.evaluate("window.heard") == [sentence]


def test_every_canvas_is_named_or_says_nothing(page: Page) -> None:
    page.keyboard.press("7")
    reads(page, "7")
    page.locator(f"{VIEW} [data-stop=c3]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("k")
    nameless = page.evaluate(
        """() => {
            const canvases = (root) => [...root.querySelectorAll("*")].flatMap((node) => [
                ...(node.matches("canvas") ? [node] : []),
                ...(node.shadowRoot ? canvases(node.shadowRoot) : []),
            ]);
            const all = canvases(document);
            const silent = (one) => one.closest("[aria-hidden=true]") || one.ariaLabel;
            return [all.length, all.filter((one) => !silent(one)).map((one) => one.outerHTML)];
        }"""
    )
    assert nameless[0] > 7
    assert nameless[1] == []
