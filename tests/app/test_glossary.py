"""The glossary without a browser: every entry stands on it."""

from __future__ import annotations

from html import escape

from lenet import glossary
from tests.support.app_pages import opened, page_of


def test_every_entry_stands_on_the_page() -> None:
    page = opened(page_of("pages/learn/glossary.py"), {})
    shown = " ".join(each.proto.body for each in page.get("html"))
    for entry in glossary.entries():
        assert f'id="{entry.key}"' in shown
        assert escape(entry.text) in shown
    schemes = [
        each.proto.component_name
        for each in page.get("bidi_component")
        if each.proto.component_name.startswith("lenet_scheme_")
    ]
    assert len(schemes) == len(glossary.layers()) + len(glossary.on_the_draw_page())
