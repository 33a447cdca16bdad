"""What a page calls itself, its characters and its address, as a browser shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lenet.analysis.resemblance import CHARACTERS
from pages.serving import room
from tests.support import qr_code, running_app

PAGES = {
    "": "Draw",
    "architecture": "Architecture",
    "connections": "Connections",
    "receptive-fields": "Receptive fields",
    "output-codes?part=codes&character=%26": "Output codes",
}


@pytest.fixture(scope="module")
def shared(browser: Browser, everywhere: str) -> Iterator[Page]:
    with running_app.watched_page(browser) as page:
        running_app.open_draw_page(page, everywhere)
        yield page


def test_every_page_has_its_own_title_and_every_code_its_label(
    shared: Page, everywhere: str
) -> None:
    asked: list[str] = []
    shared.on("request", lambda request: asked.append(request.url))
    for path, name in PAGES.items():
        shared.goto(f"{everywhere}/{path}")
        expect(shared).to_have_title(f"{name} \u00b7 Inside LeNet-5")
    labels = shared.locator(".st-key-ascii .title")
    expect(labels).to_have_count(len(CHARACTERS))
    assert labels.all_text_contents() == list(CHARACTERS)
    shared.get_by_text("Watch", exact=True).click()
    shared.get_by_role("menuitem", name="Draw").click()
    expect(shared).to_have_title("Draw \u00b7 Inside LeNet-5")
    assert all(url.startswith(("http://localhost:", "blob:", "data:")) for url in asked), asked


def test_at_localhost_link_and_code_give_the_address_for_the_room(shared: Page) -> None:
    host = room.lan_address()
    if host is None:
        pytest.skip("This computer is in no network.")
    shared.get_by_role("button", name="Copy link").click()
    note = shared.locator(".share .here")
    expect(note).to_contain_text("works on this computer only")
    for_others = shared.url.replace("localhost", host)
    expect(note.locator(".address")).to_have_text(for_others.partition("?")[0])
    shared.context.grant_permissions(["clipboard-read", "clipboard-write"])
    note.get_by_role("button", name="Copy this link for others").click()
    expect(note.get_by_role("button", name="Copied")).to_be_visible()
    assert shared.evaluate("navigator.clipboard.readText()") == for_others
    shared.get_by_role("button", name="QR code").click()
    expect(note).to_be_hidden()
    dialog = shared.get_by_role("dialog")
    expect(dialog).to_contain_text("this computer only")
    large = dialog.locator(".room-address")
    expect(large).to_have_text(for_others.partition("?")[0])
    assert large.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 32
    assert qr_code.read(shared) == for_others
    other = shared.context.new_page()
    other.goto(for_others)
    expect(other.locator("h1")).to_be_visible()
    other.wait_for_selector(".share .copy:not(:empty)")
    other.get_by_role("button", name="Copy link").click()
    expect(other.get_by_role("button", name="Copied")).to_be_visible()
    expect(other.locator(".share .here")).to_be_hidden()
    other.close()
