"""Links that were made before words became identifiers open, and show what they showed.

``links_before.json`` was written by the pages as they were then, and stays as it is. What it
says of each link holds whatever the pages are called, in whatever language they are read, and
whatever network reads the drawing:
the drawing as the network sees it, which tabs are open and which options chosen, by their places,
and the numbers that were set.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from lenet.drawing import size_normalisation
from tests.support.app_pages import figures
from tests.support.running_app import ROOT

LINKS = json.loads(Path(__file__).with_name("links_before.json").read_text(encoding="utf-8"))
PAGES = {
    "/": "app.py",
    "/architecture": "pages/explore/architecture.py",
    "/connections": "pages/explore/connections.py",
    "/receptive-fields": "pages/explore/receptive_fields.py",
    "/output-codes": "pages/explore/output_codes.py",
}

REMADE: dict[str, dict[str, Any]] = {
    "/output-codes?part=Rejection&threshold=20&j=40.5": {
        "numbers": {"threshold": 20.0},
        "figures": 1,
        "address": {"j": "40.5"},
    }
}
"""What is still shown of links to a tab that has been made anew, with other figures and tables.

The Rejection tab had a second slider, eq. 9's j, for one column of its table. It has one slider
now: that column takes the threshold for j, and j is moved under Probabilities. A link's j waits
there: it stays in the address, and is what that tab begins with.
"""


def test_all_pages_and_at_least_twenty_links_are_tried() -> None:
    assert len({each["link"] for each in LINKS}) >= 20
    assert {urlsplit(each["link"]).path for each in LINKS} == set(PAGES)


def short(link: str) -> str:
    """A link as the name of a test."""
    return re.sub(r"(drawing=\w{6})[\w-]*", r"\1", link.replace("/", ""))


@pytest.mark.parametrize(
    ("link", "shows"),
    [pytest.param(each["link"], each["shows"], id=short(each["link"])) for each in LINKS],
)
def test_a_link_shows_what_it_showed(
    link: str, shows: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    page = opened(link)
    assert not page.error
    assert ink(page) == shows["ink"]
    shows = shows | REMADE.get(link, {})
    assert open_tabs(page.main) == shows["tabs"]
    assert choices(page) == shows["choices"]
    assert numbers(page) == shows["numbers"]
    assert figures(page) == shows["figures"]
    for name, value in shows["address"].items():
        assert page.query_params[name] in (value, [value]), f"{name} is still in the address"


def opened(link: str) -> AppTest:
    address = urlsplit(link)
    page = AppTest.from_file(str(ROOT / PAGES[address.path]), default_timeout=60)
    for name, value in parse_qsl(address.query):
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def ink(page: AppTest) -> str | None:
    """A hash of what the network is shown of the drawing; None without ink."""
    prepared = page.session_state["visit_drawing"].prepared()
    if prepared is None:
        return None
    return hashlib.sha256(size_normalisation.grey_levels(prepared).tobytes()).hexdigest()[:16]


def open_tabs(block: Any) -> list[list[int]]:
    """For every row of tabs the places of the open ones; only what is open has a content."""
    children = list(getattr(block, "children", {}).values())
    found = []
    if children and all(child.type == "tab" for child in children):
        found.append([place for place, tab in enumerate(children) if tab.children])
    for child in children:
        found += open_tabs(child)
    return found


def choices(page: AppTest) -> dict[str | None, int | None]:
    """Key -> the place of the option that is chosen."""
    chosen: dict[str | None, int | None] = {each.key: each.index for each in page.selectbox}
    return chosen | {each.key: each.indices[0] for each in page.button_group}


def numbers(page: AppTest) -> dict[str | None, Any]:
    """Key -> what a slider, a number's field or a switch is set to."""
    return {
        each.key: each.value
        for widgets in (page.slider, page.number_input, page.toggle)
        for each in widgets
    }
