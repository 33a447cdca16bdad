"""One palette: blue and orange are values, letters can be read, and paper keeps the sign."""

from __future__ import annotations

import tomllib

import numpy as np
import plotly.graph_objects as go
import pytest

from lenet.figures import palette
from lenet.figures.palette import PALETTES, Palette
from lenet.figures.themes import in_theme
from tests.support.colours import (
    colours_in,
    contrast,
    grey,
    is_blue_or_orange,
    luminance,
    over,
    rgb,
)
from tests.support.running_app import ROOT

READABLE = 4.5
"""WCAG 2's contrast for letters of any size."""

SHARES = np.linspace(0, 1, 41)
THEMES = tuple(PALETTES)
SCREENS = ("light", "dark")


@pytest.fixture(params=THEMES)
def colours(request: pytest.FixtureRequest) -> Palette:
    return PALETTES[str(request.param)]


@pytest.mark.parametrize("name", SCREENS)
def test_streamlits_theme_has_the_palettes_colours(name: str) -> None:
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    theme = tomllib.loads(text)["theme"][name]
    of_palette = PALETTES[name]
    assert theme["backgroundColor"] == of_palette.page
    assert theme["textColor"] == of_palette.ink
    assert theme["primaryColor"] == of_palette.accent


@pytest.mark.parametrize("name", SCREENS)
def test_only_values_are_blue_or_orange(name: str) -> None:
    low, high = rgb(PALETTES[name].low), rgb(PALETTES[name].high)
    assert low[2] == max(low), "below zero is blue"
    assert high[0] > high[1] > high[2], "above zero is orange"
    ends = {role for role, colour in PALETTES[name].colours().items()
            if is_blue_or_orange(rgb(colour))}  # fmt: skip
    assert ends == {"low", "high"}


SOURCES = sorted(
    path
    for folder, kinds in (("assets", ("css", "js", "html")), ("pages", ("py",)), ("lenet", ("py",)))
    for kind in kinds
    for path in (ROOT / folder).rglob(f"*.{kind}")
    if path.name != "palette.py"
)


def test_no_file_but_the_palette_names_a_blue_or_an_orange() -> None:
    strays = [
        f"{path.relative_to(ROOT)}: {colour}"
        for path in SOURCES
        for colour, _ in colours_in(path.read_text(encoding="utf-8"))
        if is_blue_or_orange(colour)
    ]
    assert not strays


def test_letters_can_be_read_on_the_page(colours: Palette) -> None:
    page = rgb(colours.page)
    for role in ("ink", "text", "accent", "one", "other"):
        assert contrast(rgb(getattr(colours, role)), page) >= READABLE, role
        assert contrast(page, rgb(getattr(colours, role))) >= READABLE, f"page on {role}"


def test_numbers_can_be_read_on_the_colour_of_their_value(colours: Palette) -> None:
    """As the arithmetic shows products."""
    for value in [*SHARES, *-SHARES]:
        behind = rgb(palette.of_value(colours, value * colours.behind_text, 1))
        assert contrast(rgb(colours.ink), behind) >= READABLE, value
    for size in SHARES:
        behind = over(rgb(colours.other), size * colours.behind_text, rgb(colours.page))
        assert contrast(rgb(colours.ink), behind) >= READABLE, f"of no sign, {size}"


def test_the_two_signs_can_be_told_apart_without_seeing_colours_on_paper() -> None:
    """Every value has a grey of its own: from light below zero to dark above it."""
    paper = PALETTES["print"]
    values = np.linspace(-1, 1, 201)
    greys = np.array([grey(rgb(palette.of_value(paper, value, 1))) for value in values])
    assert (np.diff(greys) < 0).all()
    zero = greys[100]
    for share, below, above in zip(values[101:], greys[99::-1], greys[101:], strict=True):
        assert below - zero > 70 * share, "below zero is lighter"
        assert zero - above > 70 * share, "above zero is darker"


@pytest.mark.parametrize("name", SCREENS)
def test_both_signs_stand_out_from_the_page_alike(name: str) -> None:
    colours = PALETTES[name]
    page = rgb(colours.page)
    low, high = (contrast(rgb(end), page) for end in (colours.low, colours.high))
    assert min(low, high) >= READABLE
    assert max(low, high) / min(low, high) < 1.5


def test_a_figure_changes_its_colours_with_the_theme_and_nothing_else() -> None:
    light, dark = PALETTES["light"], PALETTES["dark"]
    figure = go.Figure()
    figure.add_heatmap(z=[[1.0, None]], colorscale=palette.colour_scale(), customdata=[["#ffffff"]])
    figure.add_scatter(
        x=[1], y=[2], marker={"color": [palette.ONE, "#123456"]}, text=[palette.ONE],
        fillcolor=palette.faint(palette.OTHER, 0.25),
    )  # fmt: skip
    figure.update_layout(font={"color": palette.TEXT})
    assert in_theme(figure, "light") is figure
    themed = in_theme(figure, "dark")
    heatmap, scatter = themed.data
    assert heatmap.colorscale == ((0, dark.low), (0.5, dark.zero), (1, dark.high))
    assert heatmap.customdata[0][0] == light.page, "it is a text, not a colour"
    assert heatmap.z[0][0] == 1
    assert list(scatter.marker.color) == [dark.one, "#123456"]
    assert list(scatter.text) == [light.one]
    assert scatter.fillcolor == palette.faint(dark.other, 0.25)
    assert themed.layout.font.color == dark.text


@pytest.mark.parametrize("name", SCREENS)
def test_the_grey_behind_a_number_leaves_it_readable(name: str) -> None:
    """Of the distances between the codes, and of the table of connections."""
    colours = PALETTES[name]
    ink, page = rgb(colours.ink), rgb(colours.page)
    for share in np.linspace(0, 0.4, 9):
        assert contrast(ink, over(ink, share, page)) >= READABLE


def test_luminance_is_that_of_wcag() -> None:
    assert luminance((255, 255, 255)) == pytest.approx(1)
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", SCREENS)
def test_a_figures_values_are_taken_onto_paper(name: str) -> None:
    """The matrix that the style sheet filters with, on every colour of the scale as it is drawn."""
    matrix = np.array(palette.values_onto_paper(name)).reshape(4, 5)
    for value in [*SHARES, *-SHARES]:
        seen = np.array(rgb(palette.of_value(PALETTES[name], value, 1))) / 255
        printed = 255 * (matrix[:3] @ [*seen, 1, 1])
        expected = rgb(palette.of_value(PALETTES["print"], value, 1))
        assert np.abs(printed - expected).max() < 2, value
    assert list(matrix[3]) == [0, 0, 0, 1, 0], "what cannot be seen stays so"


def test_the_style_sheet_has_the_colours_of_the_squares() -> None:
    style = (ROOT / "assets" / "page.css").read_text(encoding="utf-8")
    light, dark, paper = (PALETTES[name] for name in ("light", "dark", "print"))
    for name in ("one", "other"):
        day, night = (palette.colours()[name] for palette in (light, dark))
        assert f"--{name}: light-dark({day}, {night});" in style
    assert f"i.other) {{ background-color: {paper.other} !important; }}" in style
    assert f".one) {{ background-color: {paper.one} !important; }}" in style


def test_the_style_sheet_knows_the_heatmaps_without_a_sign() -> None:
    style = (ROOT / "assets" / "page.css").read_text(encoding="utf-8")
    assert f'image[style*="opacity: {palette.UNSIGNED_OPACITY}"]' in style


@pytest.mark.parametrize("name", SCREENS)
def test_a_figures_other_colours_are_taken_onto_paper(name: str) -> None:
    exchanged = palette.onto_paper(name)
    assert exchanged[PALETTES[name].text] == PALETTES["print"].text
    page = rgb(PALETTES["print"].page)
    for seen, printed in exchanged.items():
        if seen != PALETTES[name].page:
            assert contrast(rgb(printed), page) >= READABLE, seen
