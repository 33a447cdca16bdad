"""One update under the glass: drawn, pinned with the mouse and the keys, and taken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_accessibility import EXCEPTIONS
from tests.support import axe, running_app
from tests.support.digits import DIGITS

ROOT = ".st-key-one_update_view .update"
ADDRESS = "training?show=update&update_weights=untrained"


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        page.goto(f"{address}/{ADDRESS}")
        page.locator(running_app.CANVAS).wait_for()
        wait(page, "root.dataset.shown")
        yield page


def view(page: Page) -> Locator:
    return page.locator(ROOT)


def wait(page: Page, condition: str) -> None:
    page.wait_for_function(f"root => {condition}", arg=view(page).element_handle())


def shown(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(view(page).get_attribute("data-shown") or "null")
    return found


def numbers(panel: Locator, role: str) -> list[float]:
    """The printed numbers of one role, in the order in which they stand there."""
    raised = str.maketrans(
        "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "-0123456789"
    )
    found = []
    for text in panel.locator(f"[data-role={role}]").all_inner_texts():
        plain = text.replace("\u2212", "-").replace(",", "")
        mantissa, _, exponent = plain.partition("\u00d710")
        found.append(float(mantissa) * 10 ** int(exponent.translate(raised) or 0))
    return found


def test_a_sample_stands_in_until_a_digit_is_drawn(page: Page) -> None:
    assert shown(page)["label"] == 3
    before = shown(page)["lossAfter"]
    running_app.draw(page, DIGITS["7"], steps=5)
    wait(page, f"JSON.parse(root.dataset.shown).lossAfter !== {before}")
    view(page).locator("select.label").select_option("7")
    wait(page, "JSON.parse(root.dataset.shown).label === 7")
    expect(view(page).locator("tr.meant th")).to_have_text("7")


def test_a_pinned_weight_and_a_pinned_unit_show_numbers_that_add_up(page: Page) -> None:
    panel = view(page).locator(".pinned")
    changes = view(page).locator(".layer:has(h4:text-is('C1')) .changes canvas")
    changes.click(position={"x": 30, "y": 20})
    expect(panel).to_contain_text("Weight of C1[0] for Input[0]")
    (gradient,) = numbers(panel, "gradient")
    assert sum(numbers(panel, "term")) == pytest.approx(gradient, rel=0.01, abs=0.02)
    (curvature,), (eta,) = numbers(panel, "curvature"), numbers(panel, "eta")
    rate, *_ = numbers(panel, "rate")
    assert rate == pytest.approx(eta / (0.02 + curvature), rel=0.02)
    (change,) = numbers(panel, "change")
    assert change == pytest.approx(-rate * gradient, rel=0.02)
    name = panel.locator("strong")
    before = name.inner_text()
    changes.press("ArrowRight")
    expect(name).not_to_have_text(before)
    view(page).locator(".layer:has(h4:text-is('S2')) .signal canvas").press("Enter")
    expect(panel).to_contain_text(re.compile(r"Error signal of S2\[\d\]"))
    (signal,), (slope,), (delta,) = (numbers(panel, role) for role in ("sum", "slope", "delta"))
    assert sum(numbers(panel, "term")) == pytest.approx(signal, rel=0.01, abs=0.02)
    assert signal * slope == pytest.approx(delta, rel=0.02)
    page.wait_for_url(re.compile(r"update_at=unit\.s2\.\d+"))


def test_steps_are_taken_and_taken_back(page: Page) -> None:
    start = shown(page)["lossAfter"]
    for count in (1, 2):
        view(page).get_by_role("button", name="Take this step").click()
        wait(page, f"JSON.parse(root.dataset.shown).taken === {count}")
    assert shown(page)["lossAfter"] < start
    view(page).get_by_role("button", name="Start again").click()
    wait(page, "JSON.parse(root.dataset.shown).taken === 0")
    assert shown(page)["lossAfter"] == pytest.approx(start, rel=1e-6)


def test_it_fits_a_phone_and_axe_finds_nothing_grave(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    wait(page, "root.clientWidth <= 390 && root.scrollWidth <= root.clientWidth + 1")
    assert not axe.grave(page, EXCEPTIONS)
