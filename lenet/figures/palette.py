"""The colours of everything: one palette for each theme, and one for paper.

Blue is below zero and orange above, wherever a value is shown, and nothing else is blue or orange.
The middle of the scale is the page's own colour. Ink is grey: the letters' colour on the page's.
What has no sign, as a squared difference, is neither blue nor orange.
On paper the scale goes from light to dark, so that black and white still tell the sign.

The browser gets the same palettes (``lenet.browser.bundles``), and the colours of Streamlit's
themes in ``.streamlit/config.toml`` are these. Figures are made in the colours of the light theme;
``lenet.figures.themes`` exchanges them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np


@dataclass(frozen=True)
class Palette:
    """The colours of a theme, each colour as #rrggbb.

    ``low``, ``zero`` and ``high`` are the ends and the middle of the scale of values. ``ink`` are
    the page's letters and what is drawn, ``text`` the letters in figures. ``accent`` outlines what
    is meant. ``one`` and ``other`` are for two things that are told apart, and are no values;
    ``other`` is also the full colour of values that have no sign.
    Letters can be read on the colour of a value made smaller by the factor ``behind_text``.
    """

    page: str
    ink: str
    text: str
    accent: str
    one: str
    other: str
    low: str
    zero: str
    high: str
    behind_text: float

    def colours(self) -> dict[str, str]:
        """Its colours by their names."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, str)}


PALETTES = {
    "light": Palette(
        page="#ffffff",
        ink="#1b1d22",
        text="#5b5f69",
        accent="#b8304a",
        one="#0f766e",
        other="#7a3e9d",
        low="#175caa",
        zero="#ffffff",
        high="#b5500e",
        behind_text=0.5,
    ),
    "dark": Palette(
        page="#0e1117",
        ink="#f4f5f7",
        text="#a6a9b3",
        accent="#ffd166",
        one="#4fd1c5",
        other="#c9a3ff",
        low="#5aaaff",
        zero="#0e1117",
        high="#ffaa52",
        behind_text=0.5,
    ),
    "print": Palette(
        page="#ffffff",
        ink="#000000",
        text="#000000",
        accent="#b8304a",
        one="#0f766e",
        other="#7a3e9d",
        low="#d6e8ff",
        zero="#929292",
        high="#7a2e00",
        behind_text=0.25,
    ),
}
"""The palettes by the names under which the browser knows them too."""

_LIGHT = PALETTES["light"]
PAGE, INK, TEXT, ACCENT, ONE, OTHER = (
    _LIGHT.page,
    _LIGHT.ink,
    _LIGHT.text,
    _LIGHT.accent,
    _LIGHT.one,
    _LIGHT.other,
)
"""What figures are made of."""


def described() -> dict[str, dict[str, str | float]]:
    """All palettes for the browser."""
    return {name: asdict(palette) for name, palette in PALETTES.items()}


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of #rrggbb."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def faint(colour: str, opacity: float) -> str:
    """The colour, and what is behind it seen through it."""
    return f"rgba({','.join(map(str, channels(colour)))},{opacity:g})"


def mixed(colour: str, other: str, share: float) -> str:
    """``share`` of the other colour in the first, as #rrggbb."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def of_value(palette: Palette, value: float, limit: float) -> str:
    """The colour of a value between ``-limit`` and ``limit``, as #rrggbb."""
    share = max(-1.0, min(1.0, value / limit))
    return mixed(palette.zero, palette.low if share < 0 else palette.high, abs(share))


def onto_paper(theme: str) -> dict[str, str]:
    """The colours on paper of all that has a colour of the theme and is no value."""
    seen, paper = PALETTES[theme].colours(), PALETTES["print"].colours()
    return {seen[name]: paper[name] for name in ("page", "ink", "text", "accent", "one", "other")}


def values_onto_paper(theme: str) -> list[float]:
    """The matrix (4 x 5, row by row) of SVG's ``feColorMatrix`` from a theme's values to paper's.

    It takes low to low, zero to zero and high to high; what cannot be seen stays so.
    """
    ends = ("low", "zero", "high")
    seen, paper = (
        np.array([channels(PALETTES[name].colours()[end]) for end in ends]) / 255
        for name in (theme, "print")
    )
    # Of all matrices that do, the one that keeps the steps between two colours smallest.
    turned = np.linalg.lstsq(seen[::2] - seen[1], paper[::2] - paper[1])[0]
    matrix = np.zeros((4, 5))
    matrix[:3, :3] = turned.T
    matrix[:3, 4] = paper[1] - seen[1] @ turned
    matrix[3, 3] = 1
    return [round(float(value), 6) for value in matrix.ravel()]


def colour_scale() -> list[tuple[float, str]]:
    """Plotly's colour scale for values that are symmetric about zero."""
    return [(0.0, _LIGHT.low), (0.5, _LIGHT.zero), (1.0, _LIGHT.high)]


UNSIGNED_OPACITY = 0.999
"""Of a heatmap from nothing to one colour: so a style sheet knows it from one of signed values."""
