"""The architecture in a real browser: Fig. 2 clicked, a kernel slid, a gate turned."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import torch
from playwright.sync_api import Browser, Page, expect

import lenet
from lenet import mnist, samples, units
from tests.support import running_app, waiting


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        yield page


def test_fig_2_opens_first_by_its_address_and_unfolds_what_is_clicked(
    page: Page, explore_address: str
) -> None:
    page.goto(f"{explore_address}/architecture")
    expect(page.get_by_role("heading", level=1)).to_have_text("The architecture")
    expect(page.get_by_role("dialog")).to_have_count(0)
    arithmetic = page.locator(".arithmetic-of-layer")
    expect(arithmetic).to_contain_text("6 × (5 × 5 + 1) = 156")
    page.get_by_role("button", name="C3: 16@10×10").click()
    expect(arithmetic).to_contain_text("60 × 5 × 5 + 16 = 1,516")
    expect(arithmetic).not_to_contain_text("156 × 28 × 28")
    page.wait_for_url("**unfold=c3**")
    page.reload()
    marked = page.locator(".st-key-figure_two .layer[aria-pressed=true]")
    expect(marked).to_have_attribute("data-name", "C3")
    expect(marked).to_have_count(1)
    page.get_by_role("button", name="F6: 84").press("Enter")
    expect(arithmetic).to_contain_text("84 × (120 + 1) = 10,164")


def test_a_kernel_slid_by_hand_gives_the_librarys_value(page: Page, explore_address: str) -> None:
    page.goto(f"{explore_address}/architecture?part=Three+ideas&on=3&row=12&column=20&kernel=4")
    gallery = samples.load()
    first = int((gallery.labels == 3).argmax())
    three = mnist.as_input(torch.from_numpy(gallery.images[first : first + 1].copy()))
    model = lenet.load()

    def sentence(row: int) -> re.Pattern[str]:
        unit = units.explain(model, three, "c1", map=4, row=row, column=20)
        assert isinstance(unit, units.WeightedSum)
        value = f"{unit.value:.4f}".replace("-", "−")
        return re.compile(re.escape(unit.name) + ".*" + re.escape(f"squashed {value}"))

    expect(page.get_by_text(sentence(12))).to_be_visible()
    page.get_by_role("slider", name="Row").press("ArrowRight")
    expect(page.get_by_text(sentence(13))).to_be_visible()
    page.wait_for_url("**row=13**")


def test_a_noisy_and_lets_less_through_than_a_noisy_or(page: Page, explore_address: str) -> None:
    page.goto(f"{explore_address}/architecture?part=Three+ideas&on=3")
    gates = page.locator(".st-key-gates .pictures[data-pictures]")
    expect(gates).to_be_visible()

    def shown() -> list[float]:
        """The values of the map as turned."""
        turned = "({ title }) => title === 'with the sliders'"
        return list(gates.evaluate(f"root => [...root.sheet.rows.flat(2).find({turned}).values]"))

    def turned_on(name: str) -> int:
        before = shown()
        page.get_by_role("button", name=name, exact=True).click()
        sign = "-" if name == "noisy and" else ""
        page.wait_for_url(f"**bias={sign}5.1**")
        after = waiting.until(
            lambda: values if (values := shown()) != before else [], "another figure"
        )
        return sum(value > 0 for value in after)

    assert turned_on("noisy or") > turned_on("noisy and") > 0
