"""Which modules a page gets: those of the comparing pages are no other page's burden."""

from __future__ import annotations

import posixpath

from lenet.browser import assets
from tests.support import javascript


def test_no_module_is_sent_twice_or_left_out() -> None:
    first, later = assets.modules(), assets.modules_for_comparing()
    assert not first.keys() & later.keys()
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
