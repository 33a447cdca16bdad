"""The files in assets/ that pages and components are made of, as texts."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parents[2] / "assets"


@dataclass(frozen=True)
class Group:
    """Modules that only some pages need.

    Args:
        folders: the folders in assets that these pages' components are in.
        after: the group that they need as well.
    """

    folders: tuple[str, ...]
    after: str | None = None


GROUPS = {
    "comparing": Group(("comparison", "invariance")),
    "training": Group(("training",), after="comparing"),
    "mistakes": Group(("mistakes",)),
}
"""What comes to the modules of every page on some; other pages get nothing of it."""

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
    the page of one file needs (``lenet.browser.single_file``), or the pages of a group.
    """
    grouped = {folder for one in GROUPS.values() for folder in one.folders}
    return modules_behind(*_all_but(*grouped, *_OF_NO_PAGE))


@cache
def modules_for(group: str) -> dict[str, str]:
    """What comes to these, and to those of the group before it, on the pages of a group."""
    own, after = GROUPS[group].folders, GROUPS[group].after
    entries = [path for path in _all_modules() if _folder(path) in own]
    before = {*modules(), *(modules_for(after) if after else ())}
    return {path: text for path, text in modules_behind(*entries).items() if path not in before}


def _all_but(*folders: str) -> list[str]:
    return [path for path in _all_modules() if _folder(path) not in folders]


def _folder(path: str) -> str:
    return path.partition("/")[0]


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
def version_for(group: str) -> str:
    """The same for what the pages of a group need in addition."""
    return f"{group}-{_hash({**modules(), **_down_to(group)})}"


def _down_to(group: str | None) -> dict[str, str]:
    """The modules of a group and of those that it comes after."""
    if group is None:
        return {}
    return {**_down_to(GROUPS[group].after), **modules_for(group)}


def _hash(texts: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()[:16]


@cache
def component_js(entry: str) -> str:
    """The JavaScript of a component whose module is ``entry``, for Streamlit."""
    text = asset("loaders", "component.js")
    group = next((name for name in GROUPS if entry in modules_for(name)), None)
    assert group or entry in modules(), f"{entry} is no module"
    name = version_for(group) if group else version()
    return text.replace("{version}", name).replace("{entry}", entry)


def _is_module(path: Path) -> bool:
    """Whether a file is part of the bundle: Streamlit asks for a default export, modules do not."""
    return not re.search(r"^export\s+default\b", path.read_text(encoding="utf-8"), re.MULTILINE)
