"""Bars that are markup: they are there with the page, and stand in whatever width it has."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number, percent

COLOURS = ("one", "other")
_TICKS = 4
"""Parts into which the line of pixels is divided at most."""


def changes(by_pixels: Mapping[int, Mapping[str, float]], alt: str) -> None:
    """How much each layer changes, in percent of itself, for each number of pixels."""
    names = "".join(
        f'<span class="{colour}">{escape(_pixels(pixels))}</span>'
        for pixels, colour in zip(by_pixels, COLOURS, strict=False)
    )
    largest = max(max(changed.values()) for changed in by_pixels.values()) or 1
    layers = next(iter(by_pixels.values()))
    rows = "".join(
        f"<dt>{escape(spec.BY_KEY[key].name)}</dt>"
        + "".join(
            _bar(colour, changed[key], largest)
            for changed, colour in zip(by_pixels.values(), COLOURS, strict=False)
        )
        for key in layers
    )
    what = escape(_("change of the layer in percent"))
    st.html(
        f'<figure class="bars" aria-label="{escape(alt)}"><figcaption>'
        f"{what} {names}</figcaption><dl>{rows}</dl></figure>"
    )


def _bar(colour: str, change: float, largest: float) -> str:
    text = percent(change)
    return (
        f'<dd class="{colour}"><i style="--share: {change / largest:.4f}"></i>'
        f"<span>{escape(text)}</span></dd>"
    )


def _pixels(count: int) -> str:
    return ngettext("{count} pixel", "{count} pixels", count).format(count=number(count))


def positions(pixels: int, kernel: int, stride: int, padding: int, outputs: int, alt: str) -> None:
    """One row of pixels with its padding, and below it what each output reads."""
    whole = pixels + 2 * padding

    def bar(first: int, length: int, colour: str, told: str) -> str:
        return (
            f'<i class="{colour}" title="{escape(told)}" '
            f'style="--from: {(first + padding) / whole:.5f}; --part: {length / whole:.5f}"></i>'
        )

    padded = _("{count} of padding").format(count=number(padding))
    edges = [bar(first, padding, "padding", padded) for first in (-padding, pixels) if padding]
    line = "".join([*edges, bar(0, pixels, "one", _pixels(pixels))])
    reads = _("output {output} reads pixel {pixel} and on")
    rows = "".join(
        "<div>"
        + bar(start, kernel, "other", reads.format(output=number(place), pixel=number(start)))
        + "</div>"
        for place in range(outputs)
        for start in [place * stride - padding]
    )
    step = max(1, -(-pixels // _TICKS))
    ticks = "".join(
        f'<span style="--from: {(pixel + padding) / whole:.5f}">{number(pixel)}</span>'
        for pixel in range(0, pixels, step)
    )
    axis = escape(_("pixel"))
    st.html(
        f'<figure class="positions" role="img" aria-label="{escape(alt)}">'
        f'<div class="line">{line}</div><div class="outputs">{rows}</div>'
        f'<div class="ticks">{ticks}</div><figcaption>{axis}</figcaption></figure>'
    )
