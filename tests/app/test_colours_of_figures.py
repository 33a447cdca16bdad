"""Every Plotly figure of every page in the colours of its theme, with letters that can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lenet.figures.palette import PALETTES
from tests.support import recorded, recorded_trainings, untrained
from tests.support.app_pages import page_of
from tests.support.colours import RGB, colours_in, contrast, is_blue_or_orange, rgb
from tests.support.running_app import ROOT
from tests.support.sampling import sampled

PAGES = {
    "architecture": ("weights", ("s2",)),
    "connections": ("consequence", ("distances",)),
    "receptive_fields": ("about", ("growth", "centres")),
    "output_codes": ("part", ("codes", "probabilities", "rejection")),
    "variants": ("measured", ("training",)),
    "training": ("run", ("1998",)),
}
CASES = [
    pytest.param(page, name, part, theme, id=f"{page}, {part}, {theme}")
    for page, (name, parts) in PAGES.items()
    for part in parts
    for theme in ("light", "dark")
]


@pytest.mark.parametrize(("page", "name", "part", "theme"), sampled(CASES, 13))
def test_a_figure_has_the_themes_colours_and_its_letters_can_be_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: str, name: str, part: str, theme: str
) -> None:
    monkeypatch.chdir(ROOT)
    if page == "training":
        recorded_trainings.write(tmp_path / "recorded", part)
        monkeypatch.setattr("lenet.analysis.recorded_runs.FOLDER", tmp_path / "recorded")
        monkeypatch.setattr("pages.serving.hashed_files.ASSETS", tmp_path)
    if page == "variants":
        untrained.write(recorded.write(tmp_path))
        monkeypatch.setattr("lenet.variants.FOLDER", tmp_path)
    (file,) = (ROOT / "pages").glob(f"*/{page}.py")
    app = page_of(file.relative_to(ROOT).as_posix())
    app.query_params[name] = part
    if name == "weights":
        app.query_params["part"] = "learned-parameters"
    app.context["theme"] = theme
    app.run()
    assert not app.exception
    palette = PALETTES[theme]
    known = {rgb(colour) for colour in palette.colours().values()}
    figures = list(shown(app))
    assert figures
    for figure in figures:
        for key, colour in colours(figure):
            is_grey = max(colour) - min(colour) < 28
            assert colour in known or is_grey, f"{key} {colour}"
            assert not is_blue_or_orange(colour) or colour in {rgb(palette.low), rgb(palette.high)}
        for key, colour in letters(figure):
            assert contrast(colour, rgb(palette.page)) >= 4.5, f"{key} {colour}"


def shown(app: AppTest) -> Iterator[dict[str, Any]]:
    """Every figure on the page, as Plotly is given it."""
    for element in app.get("plotly_chart"):
        yield json.loads(element.proto.spec)


def colours(part: Any, key: str = "") -> Iterator[tuple[str, RGB]]:
    """Every colour in a figure, and the name that it has there."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from colours(value, f"{key}.{name}")
    elif isinstance(part, list):
        for value in part:
            yield from colours(value, key)
    elif isinstance(part, str) and key.endswith(("color", "colorscale")):
        yield from ((key, colour) for colour, opacity in colours_in(part) if opacity)


def letters(figure: dict[str, Any]) -> Iterator[tuple[str, RGB]]:
    """The colours of letters that stand on the page itself; a mark's own stand on the mark."""
    on_the_page = (".font.color", "axis.color", ".tickfont.color")
    for key, colour in colours(figure):
        if key.endswith(on_the_page):
            yield key, colour
    for trace in figure["data"]:
        font = trace.get("textfont", {}).get("color")
        if font and trace.get("mode") == "text":
            yield "textfont", rgb(font)
