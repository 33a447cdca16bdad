"""What a test asks of colours: how well one is read on another, its hue, its grey on a copy."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator

RGB = tuple[int, int, int]

_COLOUR = re.compile(
    r"#(?P<hex>[0-9a-fA-F]{6})\b|#(?P<short>[0-9a-fA-F]{3})\b"
    r"|rgba?\((?P<rgb>\d+[ ,]+\d+[ ,]+\d+)(?:\s*[,/]\s*(?P<opacity>[\d.]+))?\)"
)


def colours_in(text: str) -> Iterator[tuple[RGB, float]]:
    """Every colour that is written in a text, as red, green, blue, and its opacity from 0 to 1."""
    for found in _COLOUR.finditer(text):
        if found["rgb"]:
            red, green, blue = (int(part) for part in re.split("[ ,]+", found["rgb"]))
        else:
            digits = found["hex"] or "".join(2 * digit for digit in found["short"])
            red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
        yield (red, green, blue), float(found["opacity"] or 1)


def rgb(colour: str) -> RGB:
    """The one colour that is written there."""
    ((found, _),) = colours_in(colour)
    return found


def contrast(one: RGB, other: RGB) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    darker, lighter = sorted(luminance(colour) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: RGB) -> float:
    """How light it is, 0 to 1, linear in energy."""
    channels = [channel / 255 for channel in colour]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def grey(colour: RGB) -> float:
    """What a copier makes of it, 0 to 255: the luma of Rec. 601, as Pillow computes it."""
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue


def over(colour: RGB, opacity: float, behind: RGB) -> RGB:
    """The colour that is seen where one lies over another."""
    red, green, blue = (
        round(below + (above - below) * opacity)
        for above, below in zip(colour, behind, strict=True)
    )
    return red, green, blue


def is_blue_or_orange(colour: RGB) -> bool:
    """Whether people call it so; greys are neither, and gold is no orange."""
    hue, lightness, _ = colorsys.rgb_to_hls(*(channel / 255 for channel in colour))
    is_grey = max(colour) - min(colour) < 28 or not 0.04 < lightness < 0.97
    return not is_grey and (15 < 360 * hue < 40 or 195 < 360 * hue < 255)
