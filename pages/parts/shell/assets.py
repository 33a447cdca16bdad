"""The files in assets/ that pages and components are made of, as texts.

Of a component whose JavaScript is several modules the texts travel to the browser as data.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parents[3] / "assets"


@cache
def texts(*folders: str) -> dict[str, str]:
    """Path -> text of the modules in folders of assets, by paths as in ``engine/ink.js``."""
    return {
        path.relative_to(ASSETS).as_posix(): path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted((ASSETS / folder).glob("*.js"))
    }


@cache
def asset(folder: str, name: str) -> str:
    """The text of one file in a folder of assets."""
    return (ASSETS / folder / name).read_text(encoding="utf-8")
