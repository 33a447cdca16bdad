"""Which modules a page gets: those of a group of pages are no other page's burden."""

from __future__ import annotations

import posixpath

import pytest

from lenet.browser import assets
from tests.support import javascript


@pytest.mark.parametrize("group", assets.GROUPS)
def test_no_module_is_sent_twice_or_left_out(group: str) -> None:
    first, later = assets.modules(), assets.modules_for(group)
    assert not first.keys() & later.keys()
    before = assets.GROUPS[group].after
    assert not before or not assets.modules_for(before).keys() & later.keys()
    assert "loaders/mount.js" in first, "whoever comes first loads it"
    for folder in assets.GROUPS[group].folders:
        assert not [path for path in first if path.startswith(f"{folder}/")]


def known_to(group: str | None) -> dict[str, str]:
    """All modules that a page of a group has."""
    if group is None:
        return assets.modules()
    return {**known_to(assets.GROUPS[group].after), **assets.modules_for(group)}


@pytest.mark.parametrize("group", [None, *assets.GROUPS])
def test_no_module_needs_one_that_its_page_does_not_get(group: str | None) -> None:
    known = known_to(group)
    for path, text in known.items():
        for name in javascript.imported(javascript.tokens(text)):
            if name.startswith("."):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) in known


EVERY = {path: text for group in (None, *assets.GROUPS) for path, text in known_to(group).items()}


@pytest.mark.parametrize("path", EVERY)
def test_what_is_sent_is_the_same_program_line_by_line(path: str) -> None:
    """An error in the browser's console names a line of the file."""
    sent = assets.without_comments(EVERY[path])
    for own, theirs in zip(EVERY[path].split("\n"), sent.split("\n"), strict=True):
        assert theirs in (own, "")
    assert javascript.tokens(sent) == javascript.tokens(EVERY[path])


def test_comments_are_not_sent() -> None:
    text = "/** says\n * a lot */\nf(); // here\n  // more\nconst a = `\n${b} // stays`;\n"
    assert assets.without_comments(text) == "\n\nf(); // here\n\nconst a = `\n${b} // stays`;\n"
