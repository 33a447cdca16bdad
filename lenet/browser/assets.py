"""The files in assets/ that pages and components are made of, as texts."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parents[2] / "assets"

COMPARING = ("comparison", "invariance")
"""Folders of what only the pages that compare networks show; other pages get nothing of it."""

_COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)

_OF_NO_PAGE = ("engine", "shared")


@cache
def asset(folder: str, name: str) -> str:
    """The text of one file in a folder of assets."""
    return (ASSETS / folder / name).read_text(encoding="utf-8")


@cache
def modules() -> dict[str, str]:
    """Path -> text of the JavaScript that components import, as in ``engine/ink.js``.

    Components of one file, which Streamlit gets as they are, are not among them, nor is what only
    the page of one file needs (``lenet.browser.single_file``), or the pages that compare networks.
    """
    later = modules_for_comparing()
    return {path: text for path, text in _all_modules().items() if path not in later}


@cache
def modules_for_comparing() -> dict[str, str]:
    """What comes to these in addition on the pages that compare networks."""
    folder = {path: path.partition("/")[0] for path in _all_modules()}
    entries = [path for path in folder if folder[path] in COMPARING]
    others = [path for path in folder if folder[path] not in (*COMPARING, *_OF_NO_PAGE)]
    first = modules_behind(*others)
    return {path: text for path, text in modules_behind(*entries).items() if path not in first}


@cache
def _all_modules() -> dict[str, str]:
    return {
        path.relative_to(ASSETS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(ASSETS.rglob("*.js"))
        if _is_module(path) and ASSETS / "single_file" not in path.parents
    }


def without_comments(text: str) -> str:
    """The same module without the lines that are only a comment, every other line in its place."""
    return _COMMENTS.sub(lambda found: "\n" * found[0].count("\n"), text)


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
    return f"modules-{_hash(modules())}"


@cache
def version_for_comparing() -> str:
    """The same for what the pages that compare networks need in addition."""
    return f"comparing-{_hash({**modules(), **modules_for_comparing()})}"


def _hash(texts: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()[:16]


@cache
def component_js(entry: str) -> str:
    """The JavaScript of a component whose module is ``entry``, for Streamlit."""
    text = asset("loaders", "component.js")
    comparing = entry in modules_for_comparing()
    assert comparing or entry in modules(), f"{entry} is no module"
    name = version_for_comparing() if comparing else version()
    return text.replace("{version}", name).replace("{entry}", entry)


def _is_module(path: Path) -> bool:
    """Whether a file is part of the bundle: Streamlit asks for a default export, modules do not."""
    return not re.search(r"^export\s+default\b", path.read_text(encoding="utf-8"), re.MULTILINE)
