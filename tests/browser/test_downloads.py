"""What is downloaded is what is on the screen: numbers as CSV and NPZ, the view as PNG."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import Browser, Download, Locator, Page, expect

import lenet
from lenet import checkpoint, spec
from lenet.browser import single_file
from lenet.figures import palette
from tests.support import one_file, running_app
from tests.support.digits import DIGITS
from tests.support.sampling import sampled
from tests.support.shown_units import PLACE, Place, draw, some_units

CSV, NPZ, WEIGHTS = "Activations as CSV", "Activations as NPZ", "Weights with their card"
TRACE = "root => root.view.bundle.spec.layers.map(({ key }) => [key, [...root.view.trace[key]]])"
PIXEL = """(root, [x, y]) => [...root.view.parts.maps.getContext("2d").getImageData(
    Math.floor(x * devicePixelRatio), Math.floor(y * devicePixelRatio), 1, 1).data].slice(0, 3)"""
COUNT_MESSAGES = """() => {
    window.messages = 0;
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (...all) {
        window.messages += 1;
        return send.apply(this, all);
    };
}"""


@pytest.fixture
def page(desk: Page) -> Page:
    return desk


def popover(page: Page) -> Locator:
    return page.get_by_role("button", name="Download", exact=False).first


def download(page: Page, label: str) -> Download:
    """Open the popover where it is closed, and click."""
    button = page.get_by_role("button", name=label)
    if not button.is_visible():
        popover(page).click()
        expect(button).to_be_visible()
        running_app.settle(page)
    with page.expect_download() as event:
        button.click()
    return event.value


def content(file: Download) -> bytes:
    return Path(file.path()).read_bytes()


def shown(page: Page) -> dict[str, np.ndarray[Any, np.dtype[np.float32]]]:
    """Every layer's numbers as the view has them."""
    return {
        key: np.array(values, dtype=np.float32)
        for key, values in page.locator(running_app.VIEW).evaluate(TRACE)
    }


def test_the_page_of_one_file_is_the_one_that_the_command_makes(page: Page) -> None:
    file = download(page, "This page as one file")
    assert file.suggested_filename == single_file.NAME
    made, expected = one_file.blocks(content(file)), one_file.blocks(one_file.content())
    own, theirs = (one_file.traces(one.pop("page")) for one in (made, expected))
    assert made == expected
    # PyTorch adds up in another order in another process, which may round to the next half.
    np.testing.assert_allclose(own, theirs, rtol=2**-10, atol=1e-4)


def in_csv(file: Download) -> dict[str, np.ndarray[Any, np.dtype[np.float32]]]:
    lines = list(csv.DictReader(io.StringIO(content(file).decode())))
    return {
        layer.key: np.array(
            [line["value"] for line in lines if line["layer"] == layer.name]
        ).astype(np.float32)
        for layer in spec.BY_KEY.values()
    }


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    assert list(one) == list(other) == list(spec.BY_KEY)
    return all(np.array_equal(one[key].ravel(), other[key].ravel()) for key in one)


def test_the_csv_holds_the_numbers_on_the_screen_also_after_another_stroke(page: Page) -> None:
    draw(page, "3")
    file = download(page, CSV)
    assert file.suggested_filename == "lenet5-activations.csv"
    numbers = in_csv(file)
    assert same(numbers, shown(page))
    printed = page.locator(f"{running_app.VIEW} .output .distance").all_inner_texts()
    assert [f"{distance:.2f}" for distance in numbers["output"]] == printed
    page.keyboard.press("Escape")
    running_app.draw(page, [[(60, 250), (220, 250)]], steps=4)
    running_app.wait_for_answer(page, 2)
    again = in_csv(download(page, CSV))
    assert same(again, shown(page))
    assert not same(again, numbers)


def test_the_npz_holds_the_numbers_on_the_screen_in_their_shapes(page: Page) -> None:
    x = draw(page, "8")
    file = download(page, NPZ)
    assert file.suggested_filename == "lenet5-activations.npz"
    with np.load(io.BytesIO(content(file)), allow_pickle=False) as arrays:
        assert same({key: arrays[key] for key in arrays["layers"]}, shown(page))
        trace = lenet.Trace.of(lenet.load(), x)
        for layer in spec.SQUASHED:
            assert arrays[layer.key].shape == trace[layer.key].shape[1:]
            before = trace.before[layer.key][0].detach().numpy()
            # Another process may add a sum up in another order.
            np.testing.assert_allclose(arrays[f"{layer.key}_before"], before, 1e-5, 1e-5)
        assert arrays["classes"][arrays["output"].argmin()] == "8"


def test_without_ink_the_network_at_rest_is_offered_and_said_to_be(page: Page) -> None:
    numbers = in_csv(download(page, CSV))
    expect(page.get_by_text("the network at rest", exact=False).last).to_be_visible()
    assert set(numbers["input"]) == {np.float32(spec.BACKGROUND)}
    assert same(numbers, shown(page))


def test_the_weights_come_with_their_card_and_load_again(page: Page, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content(download(page, WEIGHTS)))) as archive:
        archive.extractall(tmp_path)
    loaded = checkpoint.load(tmp_path / "lenet5.safetensors")
    for name, parameter in checkpoint.load().named_parameters():
        assert torch.equal(loaded.get_parameter(name), parameter)


def test_a_busy_room_takes_no_file_away_and_a_visit_holds_only_its_last(
    page: Page, browser: Browser, address: str
) -> None:
    draw(page, "1")
    first = download(page, CSV).url
    neighbour = browser.new_page()
    running_app.open_draw_page(neighbour, address)

    def scripts_run() -> None:
        """Two strokes of somebody else: as many scripts as Streamlit keeps a lost file for."""
        for count in (1, 2):
            running_app.draw(neighbour, [[(40 * count, 60), (200, 200)]], steps=3)
            running_app.wait_for_answer(neighbour, count)
            running_app.settle(neighbour)
        neighbour.get_by_role("button", name="Clear", exact=True).click()
        running_app.wait_for_answer(neighbour, 0)

    scripts_run()
    assert page.request.get(first).status == 200
    second = download(page, NPZ).url
    scripts_run()
    assert page.request.get(second).status == 200
    assert page.request.get(first).status == 404
    neighbour.close()


def save_picture(page: Page) -> tuple[str, Image.Image]:
    """Click PNG; the file's name and the picture."""
    with page.expect_download() as event:
        page.locator(running_app.VIEW).get_by_role("button", name="PNG").click()
    picture = Image.open(io.BytesIO(content(event.value)))
    return event.value.suggested_filename, picture.convert("RGB")


def offset(page: Page, picture: Image.Image, ratio: float, units: list[Place]) -> int | None:
    """How many pixels below the picture's top the view begins, if all units are found there."""
    view = page.locator(running_app.VIEW)
    margin = (picture.width / ratio - view.evaluate("root => root.view.layout.width")) / 2
    expected = []
    for unit in units:
        x, y = view.evaluate(PLACE, list(unit))
        expected.append(((x + margin) * ratio, y * ratio, view.evaluate(PIXEL, [x, y])))
    for down in range(round(160 * ratio)):
        if all(
            y + down < picture.height
            and list(picture.getpixel((int(x), int(y + down))) or ()) == colour  # type: ignore[arg-type]
            for x, y, colour in expected
        ):
            return down
    return None


@pytest.mark.parametrize(
    ("scheme", "width", "height", "screen"),
    sampled([("light", 1440, 900, 1), ("dark", 1024, 768, 1), ("dark", 390, 844, 3)], 1),
)
def test_the_png_is_the_whole_view_sharp_and_in_its_colours(
    browser: Browser, address: str, scheme: Any, width: int, height: int, screen: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        device_scale_factor=screen,
    )
    page = context.new_page()
    running_app.open_draw_page(page, address)
    draw(page, "6")
    name, picture = save_picture(page)
    assert name == "lenet5-6.png"
    layout = page.locator(running_app.VIEW).evaluate("root => root.view.layout")
    ratio = max(2, screen)
    assert picture.width > ratio * layout["width"]
    assert picture.height > ratio * layout["height"]
    assert len(np.unique(np.asarray(picture.resize((300, 300))).reshape(-1, 3), axis=0)) > 500
    assert offset(page, picture, ratio, some_units(42)) is not None
    paper = picture.getpixel((0, 0))
    assert paper == ((255, 255, 255) if scheme == "light" else (14, 17, 23))
    assert picture.getpixel((picture.width - 1, picture.height - 1)) == paper
    context.close()


def test_the_png_asks_nothing_of_the_server(fresh_page: Page) -> None:
    draw(fresh_page, "2")
    fresh_page.evaluate(COUNT_MESSAGES)
    requests: list[str] = []
    fresh_page.on("request", lambda request: requests.append(request.url))
    save_picture(fresh_page)
    assert fresh_page.evaluate("window.messages") == 0
    assert [url for url in requests if not url.startswith("blob:")] == []
    running_app.draw(fresh_page, [[(60, 60), (220, 60)]], steps=2)  # and a stroke is counted
    running_app.wait_for_answer(fresh_page, 2)
    assert fresh_page.evaluate("window.messages") > 0


def test_the_png_shows_the_pinned_unit_and_leaves_the_view_as_it_was(page: Page) -> None:
    draw(page, "5")
    view = page.locator(running_app.VIEW)
    view.evaluate("({ view }) => view.pointing.pin({ layer: 'c3', map: 9, row: 4, column: 7 })")
    handles = running_app.handles(page)
    _, pinned = save_picture(page)
    assert running_app.handles(page) == handles
    assert json.loads(handles["unit"])["map"] == 9
    accent = palette.channels(palette.ACCENT)
    assert accents(pinned, accent) > 2000
    view.evaluate("({ view }) => view.pointing.pin(null)")
    _, plain = save_picture(page)
    assert accents(plain, accent) < 0.2 * accents(pinned, accent)


def accents(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    return int((np.asarray(picture) == colour).all(axis=2).sum())


def test_a_png_without_ink_is_called_empty(page: Page) -> None:
    name, picture = save_picture(page)
    assert name == "lenet5-empty.png"
    assert offset(page, picture, 2, some_units(16)) is not None


def test_the_controls_stand_clear_of_badge_and_legend(browser: Browser, address: str) -> None:
    for width, height in ((1440, 900), (1280, 720), (1024, 768), (390, 844)):
        page = browser.new_page(viewport={"width": width, "height": height})
        running_app.open_draw_page(page, address)
        running_app.draw(page, DIGITS["7"], steps=4)
        running_app.wait_for_answer(page, 1)
        view = page.locator(running_app.VIEW)
        assert overlaps(view) == []
        view.get_by_role("button", name="Replay").click()
        assert overlaps(view) == []
        view.get_by_role("button", name="Close").click()
        view.get_by_role("button", name="Pause").click()
        running_app.draw(page, [[(20, 20), (260, 20)]], steps=4)
        expect(view.locator(".badge .ahead")).to_be_visible()
        assert overlaps(view) == []
        page.close()


def overlaps(view: Locator) -> list[str]:
    """What the view's own controls cover, or where they leave the page."""
    return list(
        view.evaluate(
            """root => {
                const boxes = (within) => [...root.querySelectorAll(within)]
                    .map((one) => [one.className || one.textContent, one.getBoundingClientRect()])
                    .filter(([, box]) => box.width);
                const controls = boxes(".controls button, .controls select");
                const others = boxes(".legend .ends > *, .legend .ramp, .badge, .output .distance");
                const apart = (a, b) => a.right <= b.left || b.right <= a.left
                    || a.bottom <= b.top || b.bottom <= a.top;
                return controls.flatMap(([name, box]) => [
                    ...(box.right > innerWidth ? [`${name} leaves the page`] : []),
                    ...others.filter(([, other]) => !apart(box, other))
                        .map(([other]) => `${name} covers ${other}`),
                ]);
            }"""
        )
    )
