"""The colours of values: blue below zero, orange above, for the network view and the figures.

One diverging, colour-blind-safe pair. The middle of the scale is the page's own background,
so the pairs differ with the theme. Figures, which are not drawn again when the operating
system changes the theme, use a pair that is legible on both and leave the middle transparent.
"""

from __future__ import annotations

Colour = tuple[int, int, int]

ENDS: dict[str, tuple[Colour, Colour]] = {
    "light": ((23, 92, 170), (181, 80, 14)),
    "dark": ((90, 170, 255), (255, 170, 82)),
    "either": ((52, 122, 206), (221, 118, 38)),
}
"""(lower end, upper end) of the scale, red, green and blue from 0 to 255."""

TEXT = "#7d8492"
"""Grey letters that can be read on a white and on a black page."""

ACCENT = "#d9480f"
"""Outlines of what is meant; legible on both pages and on every value."""


def colour_scale() -> list[tuple[float, str]]:
    """Plotly's colour scale for values that are symmetric about zero."""
    low, high = (",".join(map(str, end)) for end in ENDS["either"])
    return [
        (0.0, f"rgba({low},1)"),
        (0.5, "rgba(128,128,128,0)"),
        (1.0, f"rgba({high},1)"),
    ]


def ink_scale() -> list[tuple[float, str]]:
    """Paper transparent, ink a grey that stands out on a white and on a black page."""
    return [(0.0, "rgba(125,132,146,0)"), (1.0, "rgba(125,132,146,1)")]
