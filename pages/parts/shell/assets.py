"""The files in assets/ that pages and components are made of, as texts.

Of a component whose JavaScript is several modules the texts travel to the browser as data.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parents[3] / "assets"


@cache
def texts(folder: str, *shared: str) -> dict[str, str]:
    """Name -> text of the modules in a folder of assets, and of those shared with the view."""
    own = (ASSETS / folder).glob("*.js")
    others = (ASSETS / "network_view" / name for name in shared)
    return {path.name: path.read_text(encoding="utf-8") for path in (*own, *others)}


@cache
def asset(folder: str, name: str) -> str:
    """The text of one file in a folder of assets."""
    return (ASSETS / folder / name).read_text(encoding="utf-8")
