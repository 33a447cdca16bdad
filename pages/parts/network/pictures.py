"""Pictures of values on a page, which the browser lays out in the room that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lenet.browser.packing import pack
from pages.parts.common.component import component
from pages.parts.network import bundle

if TYPE_CHECKING:
    from lenet.figures.pictures import Sheet

_pictures = component("pictures")


def pictures(sheet: Sheet, *, key: str, alt: str) -> None:
    """Show pictures as wide as their column; ``alt`` is the whole figure in words."""
    header = {"needs": bundle.needs(), "alt": alt, **sheet.described()}
    values = [picture.values for picture in sheet.pictures()]
    _pictures(key=key, data=pack(header, values))
