"""The files in assets/ that pages and components are made of, as texts."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parents[2] / "assets"


@cache
def asset(folder: str, name: str) -> str:
    """The text of one file in a folder of assets."""
    return (ASSETS / folder / name).read_text(encoding="utf-8")


@cache
def modules() -> dict[str, str]:
    """Path -> text of the JavaScript that components import, as in ``engine/ink.js``.

    Components of one file, which Streamlit gets as they are, are not among them, nor is what only
    the page of one file needs (``lenet.browser.single_file``).
    """
    return {
        path.relative_to(ASSETS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(ASSETS.rglob("*.js"))
        if _is_module(path) and ASSETS / "single_file" not in path.parents
    }


def modules_behind(*entries: str) -> dict[str, str]:
    """The same for these modules and all that they import, one from another."""
    found: dict[str, str] = {}
    waiting = list(entries)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = (ASSETS / path).read_text(encoding="utf-8")
        for name in re.findall(r' from "(\.\.?/[^"]+)"', found[path]):
            waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), name)))
    return dict(sorted(found.items()))


@cache
def version() -> str:
    """The name of the bundle that holds these modules; another text, another name."""
    texts = json.dumps(modules(), sort_keys=True).encode()
    return f"modules-{hashlib.sha256(texts).hexdigest()[:16]}"


@cache
def component_js(entry: str) -> str:
    """The JavaScript of a component whose module is ``entry``, for Streamlit."""
    text = asset("loaders", "component.js")
    assert entry in modules(), f"{entry} is no module"
    return text.replace("{version}", version()).replace("{entry}", entry)


def _is_module(path: Path) -> bool:
    """Whether a file is part of the bundle: Streamlit asks for a default export, modules do not."""
    return not re.search(r"^export\s+default\b", path.read_text(encoding="utf-8"), re.MULTILINE)
