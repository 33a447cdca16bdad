"""A first visit loads what the draw page shows, compressed, and nothing for later."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.bench.first_load import Transfer
from tests.support import running_app

MOST_BYTES = 1_500_000
"""Over HTTP; 1.31 million were measured, and 3.17 million as Streamlit serves it by itself."""


def test_the_first_visit_is_light_and_plotly_comes_when_it_is_opened(
    browser: Browser, address: str
) -> None:
    with running_app.watched_page(browser) as page:
        transfer = Transfer(page)
        running_app.open_draw_page(page, address)
        running_app.wait_for_answer(page, 0)
        page.wait_for_load_state("networkidle")
        transferred = transfer.as_dict()
        assert transferred["requests"] > 20, "they are counted"
        assert transferred["http_bytes"] < MOST_BYTES
        assert not [path for path in transfer.files if "plotly" in path.lower()]
        page.get_by_text("A layer enlarged").click()
        page.wait_for_selector(".st-key-layer_figure .pictures[data-pictures]")
        assert not [path for path in transfer.files if "plotly" in path.lower()]
        page.goto(f"{address}/connections")
        page.wait_for_selector(".st-key-similarity .js-plotly-plot")
        assert [path for path in transfer.files if "plotly" in path.lower()]
