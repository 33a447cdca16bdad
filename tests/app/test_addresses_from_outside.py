"""Whatever an address says, the page opens; and what it says is nowhere on the page as markup."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

PAGES = {
    "watch/draw": ("pen", "layer"),
    "explore/architecture": (
        *("part", "unfold", "weights", "on", "kernel", "row", "column", "shift", "s2_map"),
        *("coefficient", "bias", "pixels", "size", "stride", "padding", "c5_unit"),
    ),
    "explore/connections": ("on", "cell", "s2", "c3", "table", "consequence"),
    "explore/receptive_fields": (
        *("unit_layer", "unit_map", "unit_row", "unit_column", "on", "about", "whole_map"),
        *("centres", "input_side"),
    ),
    "explore/output_codes": ("part", "on", "f6", "character", "threshold", "j", "plane", "across"),
}

ABSURD = [
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "-1",
    "999999999999999999999999",
    "nan",
    "1e999",
    "",
    "a" * 5_000,
    "\0",
    "C3",
    "Distances",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("value", ABSURD, ids=lambda value: repr(value[:12]))
def test_a_page_opens_whatever_its_address_says(app: AppTest, page: str, value: str) -> None:
    for name in (*PAGES[page], "drawing", "unheard_of"):
        app.query_params[name] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    shown = [element.value for element in (*app.markdown, *app.caption, *app.error)]
    shown += [element.proto.body for element in app.get("html")]
    assert not any("onerror" in text or "javascript:" in text for text in shown)
