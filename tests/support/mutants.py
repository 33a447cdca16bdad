"""What fuzzing feeds on: wild values, and valid ones that were damaged a little."""

from __future__ import annotations

import copy
import json
import math
from typing import Any

from hypothesis import strategies as st

numbers = st.one_of(
    st.sampled_from(
        [0, 1, -1, 2**31, -(2**63), 2**64, 10**400, 1e308, -0.0, math.nan, math.inf, -math.inf]
    ),
    st.integers(-(2**30), 2**30).map(lambda number: number / 1000),
    st.integers(-100, 400),
)
words = st.sampled_from(
    [
        *("", "M", "Q", "L", "Path", "path", "left", "c3", "7", "nan", "\0", "\ud83d", "\u202e"),
        *("[x](javascript:alert(1))", "<img src=x>", "9" * 400, "../../etc/passwd"),
    ]
)
leaves = st.one_of(st.sampled_from([None, True, False]), numbers, words)
wild = st.one_of(
    leaves,
    st.lists(leaves, max_size=5),
    st.dictionaries(words, leaves, max_size=4),
    st.lists(st.lists(leaves, max_size=4), max_size=4),
)
"""Whatever JSON, and Python's idea of it, can hold."""

_edits = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2**32 - 1), st.binary(max_size=8)),
    min_size=1,
    max_size=3,
)


def mutants(*valid: bytes) -> st.SearchStrategy[bytes]:
    """Valid contents after bits were flipped, pieces replaced, cut off or spliced in."""

    def damage(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
        for kind, where, piece in edits:
            # Half of the edits hit the beginning, where headers are.
            place = where % (min(len(content), 64) if where % 2 else max(1, len(content)) or 1)
            if kind == 0 and content:
                flipped = content[place] ^ (1 << (where >> 8) % 8)
                content = content[:place] + bytes([flipped]) + content[place + 1 :]
            elif kind == 1:
                content = content[:place] + piece + content[place + len(piece) :]
            elif kind == 2:
                content = content[:place]
            else:
                content = content[:place] + piece + content[place:]
            if not content:
                break
        return content

    return st.one_of(
        st.builds(damage, st.sampled_from(valid), _edits),
        st.binary(max_size=200),
    )


def grafts(valid: Any) -> st.SearchStrategy[Any]:
    """A valid JSON value in which one or two places hold something wild, or are gone."""

    def graft(changes: list[tuple[int, Any, bool]]) -> Any:
        value = [copy.deepcopy(valid)]
        for where, new, remove in changes:
            places = list(_places(value))
            holder, key = places[where % len(places)]
            if remove and isinstance(holder, dict):
                del holder[key]
            else:
                holder[key] = new
        return value[0]

    return st.builds(
        graft,
        st.lists(st.tuples(st.integers(0, 2**16), wild, st.booleans()), min_size=1, max_size=2),
    )


def _places(value: Any) -> Any:
    """(container, key) of everything within a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def text_of(value: Any) -> bytes:
    """JSON as Python writes it, NaN included."""
    return json.dumps(value).encode()


def check_sentence(error: BaseException, quotes: bool = False) -> None:
    """Fails unless an error says one sentence of a readable length, for people to read.

    ``quotes``: it names a file, whatever the file is called.
    """
    text = str(error)
    assert text.endswith(".")
    assert quotes or (text.isprintable() and 20 < len(text) < 600)
