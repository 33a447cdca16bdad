"""The replay as a lesson: what is not computed yet is empty, and a pinned unit is added up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from playwright.sync_api import Browser, Page, expect

import lenet
from lenet import spec, units
from lenet.catalogue import number
from tests.support import running_app
from tests.support.sampling import sampled
from tests.support.shown_units import Place, draw
from tests.support.touch import Fingers, phone

SEVEN = [[(60.0, 50.0), (210.0, 52.0), (120.0, 240.0)]]
UNITS: list[Place] = [
    ("c1", 3, 14, 14),
    ("s2", 5, 9, 9),
    ("c3", 9, 4, 7),
    ("c5", 60, 0, 0),
    ("f6", 20, 0, 0),
    ("output", 3, 0, 0),
]


@pytest.fixture
def page(desk: Page) -> Page:
    return desk


def pin(page: Page, unit: Place | None) -> None:
    page.locator(running_app.VIEW).evaluate(
        """({ view }, unit) => {
            const [layer, map, row, column] = unit ?? [];
            view.pointing.pin(unit && { layer, map, row, column });
        }""",
        unit and list(unit),
    )


def press(page: Page, name: str) -> None:
    controls = page.locator(f"{running_app.VIEW} .controls")
    controls.get_by_role("button", name=name, exact=True).click()


def begin(page: Page, unit: Place | None) -> None:
    """Open the replay of a unit, and hold it at its first moment."""
    pin(page, unit)
    page.locator(running_app.VIEW).evaluate(
        "({ view }) => { view.startReplay(); view.replay.pause(); }"
    )


def state(page: Page) -> dict[str, Any]:
    """What can be seen of the present moment."""
    return dict(
        page.locator(running_app.VIEW).evaluate(
            """(root) => {
                const seen = (selector) => [...root.querySelectorAll(selector)]
                    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
                    .map((one) => one.textContent);
                const looks = [...root.querySelectorAll(".output .class")].map((one) => {
                    const { color, fontSize, fontWeight } = getComputedStyle(one);
                    return [color, fontSize, fontWeight].join();
                });
                const { moment } = root.view.replay;
                return {
                    moment: JSON.stringify(moment),
                    place: moment.place,
                    kind: moment.kind,
                    bars: seen(".output .bar").length,
                    distances: seen(".output .distance"),
                    winners: new Set(looks).size - 1,
                    caption: root.querySelector(".caption").textContent,
                    said: root.querySelector(".announcement").textContent,
                    summary: [...root.querySelectorAll(".summary li, .stops > *")].filter((one) =>
                        !one.hidden && (one.matches("li") || one.hasAttribute("aria-describedby"))
                    ).map((one) => one.id || one.dataset.stop),
                    arithmetic: seen(".arithmetic .head"),
                    lesson: Object.fromEntries(
                        [...root.querySelectorAll(".lesson [data-role]")].map((one) =>
                            [one.dataset.role, one.checkVisibility() ? one.textContent : ""]),
                    ),
                };
            }"""
        )
    )


def steps(page: Page) -> Iterator[dict[str, Any]]:
    """The present moment, and those after it at which a step ends."""
    last = None
    while (now := state(page)) != last:
        yield now
        last = now
        press(page, "Step")


def answer(page: Page) -> str:
    return page.locator(f"{running_app.ANSWER} .answer").inner_text()


def test_nothing_is_said_of_the_output_before_the_pass_gets_there(page: Page) -> None:
    draw(page, "3")
    expect(page.locator(f"{running_app.VIEW} .summary")).to_contain_text("smallest at 3")
    before, shown = answer(page), state_of_output(page)
    assert before.startswith("3")
    begin(page, None)
    output = len(spec.BY_KEY) - 1
    captions = []
    for now in steps(page):
        captions.append(now["caption"])
        there = now["place"] == output
        assert now["bars"] == len(now["distances"]) == (10 if there else 0)
        assert now["winners"] == int(there)
        assert answer(page) == (before if there else "The replay has not come to the output yet.")
        assert ("at 3.0" in now["caption"]) == there
        assert ("shown-output" in now["summary"]) == ("output" in now["summary"]) == there
    assert len(set(captions)) > len(spec.LAYERS)
    for layer in spec.LAYERS[1:-1]:
        assert any(one.startswith(f"{layer.name} is computed") for one in captions), layer.name
    press(page, "Close")
    assert answer(page) == before
    assert state_of_output(page) == shown


def state_of_output(page: Page) -> str:
    return page.locator(f"{running_app.VIEW} .outputs").inner_text()


def test_a_pinned_unit_is_added_up_to_what_pytorch_says(page: Page) -> None:
    x = draw(page, "3")
    model = lenet.load()
    for unit in UNITS:
        layer, map_, row, column = unit
        mine: Any = units.explain(model, x, units.unit(layer, map_, row, column))
        begin(page, unit)
        seen = []
        for now in steps(page):
            seen.append(now)
            if now["kind"] == "value":
                break
            assert now["arithmetic"] == [], "the panel would say it already"
            if now["kind"] == "add":
                assert now["lesson"]["value"] == ""
        kinds = [now["kind"] for now in seen]
        assert kinds.count("add") >= 5, unit
        value = number(float(mine.value), 4)
        assert seen[-1]["lesson"]["value"] == value
        assert value in seen[-1]["caption"]
        assert value in seen[-1]["said"]
        assert len(seen[-1]["arithmetic"]) == 1
        if hasattr(mine, "total"):
            assert seen[-1]["lesson"]["total"] == number(float(mine.total), 4)
        assert len({now["caption"] for now in seen}) > len(seen) / 2
        press(page, "Back")
        assert state(page)["lesson"]["value"] == ""
        press(page, "Close")
    assert state_of_output(page)


def test_it_plays_by_itself_and_layers_stay_where_they_are(page: Page) -> None:
    draw(page, "3")
    pin(page, ("c3", 2, 3, 3))
    before = running_app.handles(page)["tiles"]
    press(page, "Replay")
    view = page.locator(running_app.VIEW)
    expect(view.locator(".controls").get_by_role("button", name="Hold")).to_be_visible()
    view.evaluate("({ view }) => { view.replay.speed = 40; }")
    page.wait_for_function(f"{running_app.VIEW_ROOT}.view.replay.moment.place === 7")
    assert json.loads(running_app.handles(page)["tiles"]) == json.loads(before)
    view.evaluate("({ view }) => { view.replay.speed = 1; }")
    expect(view.locator(".controls").get_by_role("button", name="Play")).to_be_visible()
    page.keyboard.press("Escape")
    assert not view.evaluate("({ view }) => view.replay.open")
    expect(view.locator(".arithmetic")).to_be_visible()


def test_with_reduced_motion_it_only_steps(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    view = page.locator(running_app.VIEW)
    press(page, "Replay")
    assert view.evaluate("({ view }) => [view.replay.open, view.replay.running]") == [True, False]
    expect(view.locator(".controls").get_by_role("button", name="Step")).to_be_visible()
    expect(view.locator(".controls").get_by_role("button", name="Play")).to_be_hidden()
    assert len(list(steps(page))) > len(spec.BY_KEY)


@pytest.mark.parametrize("size", sampled([(360, 640), (390, 844), (844, 390)], 1))
def test_on_a_phone_picture_controls_and_numbers_are_on_the_screen(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    with phone(browser, address, *size) as page:
        Fingers(page).draw(SEVEN)
        running_app.wait_for_answer(page, 1)
        running_app.settle(page)
        view = page.locator(running_app.VIEW)
        # To press Replay one may have to scroll; then the picture comes back under the finger.
        for name in ("Replay", "Step", "Step", "Back", "Close"):
            view.locator(".controls").get_by_role("button", name=name, exact=True).tap()
            assert view.evaluate("({ view }) => view.pointing.pinned") is None
            assert view.evaluate("({ view }) => view.replay.open") == (name != "Close")
            expect(view.locator(".picture")).to_be_in_viewport(ratio=0.9)
        pin(page, ("c3", 9, 4, 7))
        expect(view.locator(".sheet")).to_be_visible()
        view.get_by_role("button", name="Watch it being computed").tap()
        expect(view.locator(".sheet")).to_be_hidden()
        view.locator(".controls").get_by_role("button", name="Hold").tap()
        view.evaluate(
            "({ view }) => { while (view.replay.moment.kind !== 'value') view.replay.step(); }"
        )
        boxes = [box for _, box in boxes_of(page)]
        for left, top, right, bottom in boxes:
            assert min(left, top) >= 0
            assert right <= size[0] + 0.5
            assert bottom <= size[1] + 0.5
        named = dict(boxes_of(page))
        layers = json.loads(running_app.handles(page)["tiles"])
        for key in ("s2", "c3"):
            left, top, width, height = layers[key]
            for name in (
                ".lesson",
                ".caption",
                *(one for one in named if one.startswith("button")),
            ):
                x, y, right, bottom = named[name]
                apart = x >= left + width or right <= left or y >= top + height or bottom <= top
                assert apart, (name, key)
        x, y = window(page, 1)
        session = page.context.new_cdp_session(page)
        for kind, across in (("touchStart", 0), ("touchMove", -6), ("touchMove", -14)):
            points = [{"x": x + across, "y": y}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        dragged = view.evaluate("({ view }) => view.pointing.pinned")
        assert dragged["row"] == 4
        assert dragged["column"] < 7
        name = f"C3[9] (4,{dragged['column']})"
        expect(view.locator(".lesson .name")).to_have_text(name)
        view.locator(".controls").get_by_role("button", name="Close").tap()
        expect(view.locator(".sheet")).to_be_visible()
        for unit in UNITS:
            assert cut_off(page, unit) == []


def cut_off(page: Page, unit: Place) -> list[str]:
    """What of the unit's numbers, all of them there, cannot be seen."""
    begin(page, unit)
    return list(
        page.locator(running_app.VIEW).evaluate(
            """(root) => {
                const { replay } = root.view;
                while (replay.moment.kind !== "value") replay.step();
                const lesson = root.querySelector(".lesson");
                const within = lesson.getBoundingClientRect();
                const all = [lesson, ...lesson.querySelectorAll("*")];
                return all.filter((one) => one.checkVisibility()).filter((one) => {
                    const { left, top, right, bottom } = one.getBoundingClientRect();
                    return left < Math.max(0, within.left - 1) || top < Math.max(0, within.top - 1)
                        || right > Math.min(innerWidth, within.right + 1)
                        || bottom > Math.min(innerHeight, within.bottom + 1);
                }).map((one) => `${one.className}: ${one.textContent}`);
            }"""
        )
    )


def test_in_every_window_all_of_the_numbers_can_be_seen(page: Page) -> None:
    draw(page, "3")
    for width, height in ((1440, 900), (1280, 720), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        for unit in UNITS:
            assert cut_off(page, unit) == [], (width, height, unit)
            press(page, "Close")


def test_presented_the_numbers_are_as_large_as_everything_else(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    running_app.open_draw_page(page, f"{address}/?present=1")
    running_app.draw(page, SEVEN)
    running_app.wait_for_answer(page, 1)
    for unit in UNITS:
        assert cut_off(page, unit) == [], unit
        sizes = page.locator(running_app.VIEW).evaluate(
            """(root) => [...root.querySelectorAll(".lesson *, .caption")]
                .filter((one) => one.checkVisibility() && one.textContent.trim())
                .map((one) => parseFloat(getComputedStyle(one).fontSize))"""
        )
        assert min(sizes) >= 20, unit
        tiles = json.loads(running_app.handles(page)["tiles"])
        top = page.locator(f"{running_app.VIEW} .lesson").bounding_box()
        assert top is not None
        assert all(y + height <= top["y"] for _, y, _, height in tiles.values()), unit
    page.close()


def boxes_of(page: Page) -> list[tuple[str, list[float]]]:
    """Left, top, right and bottom of what a replay adds, and of all layers."""
    found = page.locator(running_app.VIEW).evaluate(
        """(root) => {
            const box = (one) => {
                const { left, top, right, bottom } = one.getBoundingClientRect();
                return [left, top, right, bottom];
            };
            const shown = [...root.querySelectorAll(".controls button, .controls select")]
                .filter((one) => one.checkVisibility());
            const last = root.querySelector(".lesson .rows").lastElementChild;
            return [
                ...[".lesson", ".caption"].map((name) => [name, box(root.querySelector(name))]),
                ["value", box(last)],
                ...shown.map((one) => [`button ${one.textContent}`, box(one)]),
                ...Object.entries(JSON.parse(root.dataset.tiles))
                    .map(([key, [x, y, width, height]]) => [key, [x, y, x + width, y + height]]),
            ];
        }"""
    )
    return [(name, box) for name, box in found]


def unit_of(page: Page) -> Place:
    unit = json.loads(running_app.handles(page)["unit"])
    return unit["layer"], unit["map"], unit["row"], unit["column"]


def window(page: Page, n: int = 0) -> tuple[float, float]:
    """The middle of one of the windows through which the pinned unit sees the layer before."""
    box = page.locator(f"{running_app.VIEW} .grip:not([data-own=own])").nth(n).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_dragging_the_window_moves_the_pin_and_the_numbers_follow(page: Page) -> None:
    x = draw(page, "3")
    model = lenet.load()
    view = page.locator(running_app.VIEW)
    for unit, stride in ((("c3", 9, 4, 4), 1), (("s2", 2, 6, 6), 2)):
        pin(page, unit)
        layer, map_, row, column = unit
        scale = view.evaluate(
            """({ view }, key) => {
                const at = view.spec.layers.findIndex((layer) => layer.key === key);
                const { key: before } = view.spec.layers[at - 1];
                return view.layout.tiles.find(({ layer }) => layer === before).scale;
            }""",
            layer,
        )
        start = window(page)
        page.mouse.move(*start)
        lesson = view.locator(".lesson")
        expect(lesson).to_be_visible()
        page.mouse.down()
        for down, across in ((1, 0), (1, 2), (-2, 3), (-2, -40)):
            by = scale * stride
            page.mouse.move(start[0] + across * by, start[1] + down * by, steps=3)
            moved = (layer, map_, row + down, max(0, column + across))
            assert unit_of(page) == moved
            mine: Any = units.explain(model, x, units.unit(*moved))
            value = number(float(mine.value), 4)
            expect(lesson.locator("[data-role=value]").last).to_have_text(value)
            expect(view.locator(".arithmetic .head .value")).to_have_text(f"= {value}")
            assert page.evaluate("getSelection().toString()") == ""
        page.mouse.up()
        assert unit_of(page) == moved, "to let go of the window is no click on what it lies on"
        page.mouse.move(2, 2)
        expect(lesson).to_be_hidden()
        assert unit_of(page) == moved
        page.keyboard.press("Escape")
        expect(view.locator(".grip")).to_have_count(0)


def test_the_window_can_be_dragged_while_a_replay_is_held(page: Page) -> None:
    draw(page, "3")
    begin(page, ("c3", 9, 4, 4))
    view = page.locator(running_app.VIEW)
    view.evaluate("({ view }) => { while (!view.replay.numbers) view.replay.step(); }")
    x, y = window(page, 1)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 20, steps=4)
    page.mouse.up()
    pinned = view.evaluate("({ view }) => view.pointing.pinned")
    assert pinned != {"layer": "c3", "map": 9, "row": 4, "column": 4}
    assert pinned["map"] == 9
    assert view.evaluate("({ view }) => view.replay.unit") == pinned
    assert state(page)["kind"] == "value"
    assert state(page)["bars"] == 0


def test_a_finger_on_the_enlarged_map_moves_the_unit_and_its_numbers(
    browser: Browser, address: str
) -> None:
    with phone(browser, address) as page:
        Fingers(page).draw(SEVEN)
        running_app.wait_for_answer(page, 1)
        running_app.settle(page)
        pin(page, ("c3", 9, 2, 2))
        view = page.locator(running_app.VIEW)
        box = view.locator(".sheet .map").bounding_box()
        assert box is not None
        side = box["width"] / 10
        x = view.evaluate("({ view }) => Array.from(view.trace.input)")
        model, given = lenet.load(), torch.tensor(x).reshape(1, 1, 32, 32)
        session = page.context.new_cdp_session(page)
        finger = "touchStart"
        for row, column in ((2, 2), (3, 4), (6, 5), (8, 9)):
            place = {
                "x": box["x"] + side * (column + 0.5),
                "y": box["y"] + side * (row + 0.5),
            }
            session.send("Input.dispatchTouchEvent", {"type": finger, "touchPoints": [place]})
            finger = "touchMove"
            value = units.explain(model, given, units.unit("c3", 9, row, column)).value
            expect(view.locator(".arithmetic .head .value")).to_have_text(f"= {number(value, 4)}")
            assert unit_of(page) == ("c3", 9, row, column)
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
