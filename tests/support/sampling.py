"""How many cases a test takes that could have very many: a sample, or with ``--all`` all of them.

>>> sampled(range(100), 4)
[0, 33, 66, 99]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

EVERYTHING = False
"""Set from the command line before the test files are read."""


def sampled(cases: Iterable[T], most: int) -> list[T]:
    """All cases with ``pytest --all``, else at most so many, evenly spread from first to last.

    ``@pytest.mark.parametrize("page", sampled(PAGES, 2))``
    """
    everything = list(cases)
    if EVERYTHING or len(everything) <= most:
        return everything
    if most == 1:
        return everything[:1]
    step = (len(everything) - 1) / (most - 1)
    return [everything[round(i * step)] for i in range(most)]


def count(few: int, many: int) -> int:
    """How many cases to make where they are invented: ``many`` with ``pytest --all``."""
    return many if EVERYTHING else few
