"""How long the Explore pages take to answer, in Chromium: from the event to the changed page.

For every interaction the time from the pointer or key event, taken in the page, to the first
frame in which the page shows the answer. Prints one JSON object a line; ``--times`` sets how
often each is measured, ``--only`` names one page. To be reached: 400 ms in the median, 700
where a Plotly figure changes.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle

from playwright.sync_api import Page

from tests.support import running_app

Interaction = Callable[[Page, int], float]

_BEGIN = """() => {
    for (const kind of ["pointerdown", "pointermove", "keydown", "change"]) {
        document.addEventListener(kind, () => { window.began ??= performance.now(); }, true);
    }
}"""
_PLOT = "document.querySelector('.st-key-{key} .js-plotly-plot')"


def answered(page: Page, act: Callable[[], object], condition: str) -> float:
    """Milliseconds from the first event of ``act`` until ``condition`` holds in the page."""
    page.evaluate("window.began = undefined")
    act()
    ready = f"(() => window.began !== undefined && ({condition}) && performance.now() - began)()"
    return float(page.wait_for_function(ready, polling="raf").json_value())


def until_drawn(page: Page, key: str, act: Callable[[], object]) -> float:
    """The same, until the figure with that key shows other data."""
    plot = _PLOT.format(key=key)
    page.wait_for_function(f"{plot}?._fullData?.length")
    page.evaluate(f"void (window.before = {plot}._fullData[0])")
    changed = f"{plot}?._fullData?.[0] && {plot}._fullData[0] !== window.before"
    time = answered(page, act, changed)
    running_app.settle(page)
    return time


_SHEET = (
    "[...document.querySelectorAll('.st-key-{key} *')].find((n) => n.shadowRoot)"
    "?.shadowRoot.querySelector('.pictures')?.sheet"
)


def until_painted(page: Page, key: str, act: Callable[[], object]) -> float:
    """The same, until the pictures with that key show other values."""
    sheet = _SHEET.format(key=key)
    page.wait_for_function(sheet)
    page.evaluate(f"void (window.before = {sheet})")
    time = answered(page, act, f"{sheet} && {sheet} !== window.before")
    running_app.settle(page)
    return time


def until_there(page: Page, figures: Iterable[str], act: Callable[[], object]) -> float:
    """The same, until all figures that these expressions look for are on the page."""
    time = answered(page, act, " && ".join(figures))
    running_app.settle(page)
    return time


def open_again(page: Page, tab: str, other: str, figures: Iterable[str]) -> float:
    """The same for a tab, opened from another one."""
    page.get_by_role("tab", name=other).click()
    page.wait_for_function(f"!({' || '.join(figures)})")
    running_app.settle(page)
    return until_there(page, figures, page.get_by_role("tab", name=tab).click)


def choose(page: Page, option: str) -> Callable[[], object]:
    """What chooses another drawing, once its list is open."""
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")  # it closes a list
    page.locator(".st-key-on input").click()
    return page.get_by_role("option", name=option, exact=True).click


_BARS = "document.querySelector('.bars')?.innerText"

_STAR = (
    "[...document.querySelectorAll('.st-key-plane_figure *')].find((n) => n.shadowRoot)"
    "?.shadowRoot.querySelector('.plane')?.dataset.drawing"
)


def until_other(page: Page, shown: str, act: Callable[[], object]) -> float:
    """The same, until an expression that says what is shown has another value."""
    before = page.evaluate(shown)
    time = answered(page, act, f"({shown} ?? {before!r}) !== {before!r}")
    running_app.settle(page)
    return time


def centre_of_unit(page: Page, unit: int) -> tuple[float, float]:
    """Where a unit of the first S4 maps stands in the window."""
    x, y = page.locator(".st-key-receptive_field .fields").evaluate(
        """(root, n) => {
            const tile = root.view.layout.tiles.filter(({ layer }) => layer === "s4")[n % 5];
            const box = root.querySelector(".picture").getBoundingClientRect();
            const [row, column] = [n % tile.rows, (2 * n) % tile.columns];
            return [box.x + tile.x + (column + 0.5) * tile.scale,
                    box.y + tile.y + (row + 0.5) * tile.scale];
        }""",
        unit,
    )
    return x, y


def receptive_fields(page: Page) -> Iterator[tuple[str, Interaction]]:
    page.wait_for_selector(".st-key-receptive_field .fields[data-unit]")
    fields = (
        "[...document.querySelectorAll('.st-key-receptive_field *')].find((n) => n.shadowRoot)"
        ".shadowRoot.querySelector('.fields')"
    )

    def point(page: Page, time: int) -> float:
        page.mouse.move(5, 5)
        shown = page.evaluate(f"{fields}.dataset.unit")
        place = centre_of_unit(page, time)
        return answered(
            page, lambda: page.mouse.move(*place), f"{fields}.dataset.unit !== {shown!r}"
        )

    def pick(page: Page, time: int) -> float:
        place = centre_of_unit(page, time)
        return until_painted(page, "effective", lambda: page.mouse.click(*place))

    yield "point at a unit: its field is marked", point
    yield "pick a unit: its effective field is drawn", pick


def output_codes(page: Page) -> Iterator[tuple[str, Interaction]]:
    names = cycle("7042958163")

    def other_sample(page: Page, _: int) -> float:
        return until_painted(page, "differences", choose(page, f"sample {next(names)}"))

    def flip(page: Page, time: int) -> float:
        morph = (
            "[...document.querySelectorAll('.st-key-morph *')].find((n) => n.shadowRoot)"
            ".shadowRoot.querySelector('.morph')"
        )
        shown = page.evaluate(f"{morph}.dataset.distances")
        place = page.locator(f".st-key-morph [data-place='{time % 84}']")
        return answered(page, place.click, f"{morph}.dataset.distances !== {shown!r}")

    def threshold(page: Page, _: int) -> float:
        slider = page.locator(".st-key-threshold").get_by_role("slider")
        return until_drawn(page, "errors", lambda: slider.press("ArrowRight"))

    page.wait_for_selector(".st-key-differences .pictures[data-pictures]")
    yield "another drawing: codes and differences are drawn", other_sample
    page.get_by_role("tab", name="F6 by hand").click()
    page.wait_for_selector(".st-key-morph .morph[data-distances]")
    yield "flip a place: the distances move", flip
    page.get_by_role("tab", name="Rejection").click()
    page.wait_for_selector(".st-key-errors .js-plotly-plot")
    yield "another threshold: both errors are drawn (Plotly)", threshold

    def all_samples(page: Page, _: int) -> float:
        return open_again(page, "All samples", "Distances", [_STAR])

    def other_plane(page: Page, time: int) -> float:
        name = ("two distances", "principal components of F6")[time % 2]
        radio = page.get_by_role("radio", name=name)
        return until_other(page, _STAR, radio.click)

    def place_sample(page: Page, _: int) -> float:
        return until_other(page, _STAR, choose(page, f"sample {next(names)}"))

    yield "open all samples: their plane is drawn", all_samples
    yield "all samples, another plane: it is drawn", other_plane
    yield "all samples, another drawing: its star has moved", place_sample


def architecture(page: Page) -> Iterator[tuple[str, Interaction]]:
    layers = cycle(["S2: 6@14×14", "C3: 16@10×10", "S4: 16@5×5", "C1: 6@28×28"])

    def unfold(page: Page, _: int) -> float:
        shown = page.locator(".arithmetic-of-layer caption").inner_text()
        layer = page.get_by_role("button", name=next(layers))
        caption = "document.querySelector('.arithmetic-of-layer caption')?.innerText"
        return answered(page, layer.click, f"({caption} ?? {shown!r}) !== {shown!r}")

    def slide(page: Page, time: int) -> float:
        slider = page.get_by_role("slider", name="Column")
        key = ("ArrowRight", "ArrowLeft")[time % 2]
        return until_painted(page, "one_kernel", lambda: slider.press(key))

    def turn(page: Page, time: int) -> float:
        gate = page.get_by_role("button", name=("noisy or", "noisy and")[time % 2], exact=True)
        return until_painted(page, "gates", gate.click)

    page.wait_for_selector(".arithmetic-of-layer")
    yield "click a layer of Fig. 2: its arithmetic is unfolded", unfold
    page.get_by_role("tab", name="Ideas and arithmetic").click()
    page.wait_for_selector(".positions")
    yield "slide a kernel: field, products and map are drawn", slide
    yield "turn a coefficient: S2's map is drawn", turn

    def shift(page: Page, time: int) -> float:
        radio = page.get_by_role("radio", name=("left", "down", "up", "right")[time % 4])
        return until_other(page, _BARS, radio.click)

    def other_sample(page: Page, time: int) -> float:
        gates = _SHEET.format(key="gates")
        page.evaluate(f"void (window.before = [{gates}, {_BARS}])")
        both = f"{gates} !== window.before[0] && {_BARS} !== window.before[1]"
        name = f"sample {'70429581'[time % 8]}"
        return until_other(page, f"String({both})", choose(page, name))

    def three_ideas(page: Page, _: int) -> float:
        figures = [_SHEET.format(key=key) for key in ("one_kernel", "gates")]
        figures += [f"document.querySelector('{name}')" for name in (".bars", ".positions")]
        return open_again(page, "Ideas and arithmetic", "Layers", figures)

    yield "three ideas, another shift: the changes are drawn", shift
    yield "three ideas, another drawing: three figures are drawn", other_sample
    yield "open three ideas: four figures are drawn", three_ideas


def draw(page: Page) -> Iterator[tuple[str, Interaction]]:
    page.wait_for_selector(f"{running_app.VIEW}[data-source]")
    header = page.get_by_text("A layer enlarged")
    figure = _SHEET.format(key="layer_figure")

    def enlarge(page: Page, _: int) -> float:
        if page.evaluate(f"Boolean({figure})"):
            header.click()
            page.wait_for_function(f"!({figure})")
            running_app.settle(page)
        return until_there(page, [figure], header.click)

    def other_layer(page: Page, time: int) -> float:
        name = ("C1", "C3", "S2", "F6")[time % 4]
        radio = page.locator(".st-key-layer").get_by_role("radio", name=name, exact=True)
        return until_painted(page, "layer_figure", radio.click)

    yield "open the enlarged layer: it is drawn", enlarge
    yield "enlarge another layer: it is drawn", other_layer


def connections(page: Page) -> Iterator[tuple[str, Interaction]]:
    def cell(table: str, time: int) -> Callable[[], object]:
        place = f"[data-row='{time % 6}'][data-column='{time % 6 + 6}']"
        return page.locator(f".st-key-{table} button{place}").click

    def pick(page: Page, time: int) -> float:
        return until_painted(page, "detail", cell("connections", time))

    def switch(page: Page, time: int) -> float:
        return until_drawn(page, "two_distances", cell("switches", time))

    page.wait_for_selector(".st-key-shared_inputs .js-plotly-plot")
    yield "pick a connection: its kernel and maps are drawn", pick
    yield "switch a connection: the distances are drawn (Plotly)", switch


PAGES: dict[str, Callable[[Page], Iterator[tuple[str, Interaction]]]] = {
    "draw": draw,
    "architecture": architecture,
    "connections": connections,
    "receptive-fields": receptive_fields,
    "output-codes": output_codes,
}
"""A page -> what is measured there; each page is opened once, its interactions in order."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=12)
    parser.add_argument("--only", choices=PAGES)
    arguments = parser.parse_args()
    with running_app.server() as address, running_app.chromium() as browser:
        for name in [arguments.only] if arguments.only else PAGES:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.add_init_script(f"({_BEGIN})()")
            page.goto(address if name == "draw" else f"{address}/{name}")
            page.wait_for_selector("h1.page-title")
            running_app.settle(page)
            for what, interact in PAGES[name](page):
                times = [interact(page, time) for time in range(arguments.times + 2)][2:]
                result = {
                    "page": name,
                    "interaction": what,
                    "median": round(statistics.median(times), 1),
                    "max": round(max(times), 1),
                }
                print(json.dumps(result))
            page.close()


if __name__ == "__main__":
    main()
