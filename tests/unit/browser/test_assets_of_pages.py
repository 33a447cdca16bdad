"""Which modules a page gets: those of the comparing pages are no other page's burden."""

from __future__ import annotations

import posixpath

import pytest

from lenet.browser import assets
from tests.support import javascript


def test_no_module_is_sent_twice_or_left_out() -> None:
    first, later = assets.modules(), assets.modules_for_comparing()
    assert not first.keys() & later.keys()
    assert "loaders/mount.js" in first, "whoever comes first loads it"
    for folder in assets.COMPARING:
        assert not [path for path in first if path.startswith(f"{folder}/")]


def test_the_first_modules_need_none_of_the_later_ones() -> None:
    later = {**assets.modules(), **assets.modules_for_comparing()}
    for known in (assets.modules(), later):
        for path, text in known.items():
            for name in javascript.imported(javascript.tokens(text)):
                if name.startswith("."):
                    assert (
                        posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) in known
                    )


EVERY = {**assets.modules(), **assets.modules_for_comparing()}


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
