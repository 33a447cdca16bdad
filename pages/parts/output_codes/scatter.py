"""The plane of all samples as a component."""

from __future__ import annotations

from lenet.browser.packing import pack
from lenet.figures.plane import Scatter
from pages.parts.common.component import component
from pages.parts.network import bundle

_plane = component("plane")


def show(scatter: Scatter, *, key: str, alt: str) -> None:
    """Show samples, codes and the drawing as wide as their column."""
    header = {"needs": bundle.needs(), "alt": alt, **scatter.described()}
    _plane(key=key, data=pack(header, scatter.coordinates()))
