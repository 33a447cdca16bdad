"""Connection tables between S2 and C3: Table I, others, their counts, and how a link names them.

A table is a (6, 16) array of booleans, S2 map by C3 map, like ``spec.C3_TABLE``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np

from lenet import spec
from lenet.catalogue import gettext as _

Table = np.ndarray[Any, np.dtype[np.bool_]]

TABLE_I: Table = np.array(spec.C3_TABLE)
"""The paper's table."""
TABLE_I.setflags(write=False)


@dataclass(frozen=True)
class Group:
    """One of the paper's four groups: neighbouring columns of Table I that read S2 alike."""

    columns: range
    reads: int
    contiguous: bool

    @property
    def title(self) -> str:
        """What each of them reads: ``3 neighbours``, ``all 6``."""
        if self.reads == spec.S2.maps:
            return _("all {count}").format(count=self.reads)
        text = _("{count} neighbours") if self.contiguous else _("{count} not in a row")
        return text.format(count=self.reads)


def groups() -> list[Group]:
    """Table I's columns as the paper describes them (II.B), found from the table itself."""

    def kind(c3: int) -> tuple[int, bool]:
        return len(spec.C3_READS[c3]), _contiguous(spec.C3_READS[c3])

    return [
        Group(range(columns[0], columns[-1] + 1), *key)
        for key, found in groupby(range(spec.C3.maps), kind)
        for columns in [list(found)]
    ]


def full() -> Table:
    """Every C3 map reads every S2 map, as most textbooks draw it."""
    return np.ones_like(TABLE_I)


def at_random(seed: int) -> Table:
    """As many connections as Table I has, anywhere; every C3 map reads at least one S2 map."""
    generator = np.random.default_rng(seed)
    table = np.zeros_like(TABLE_I)
    columns = np.arange(spec.C3.maps)
    table[generator.integers(spec.S2.maps, size=len(columns)), columns] = True
    free = np.flatnonzero(~table)
    missing = int(TABLE_I.sum()) - int(table.sum())
    table.flat[generator.choice(free, missing, replace=False)] = True
    return table


def layer(table: Table) -> spec.Layer:
    """C3 with another table; its counts follow from it."""
    reads = tuple(tuple(int(s2) for s2 in np.flatnonzero(column)) for column in table.T)
    return replace(spec.C3, reads=reads)


def to_text(table: Table) -> str:
    """24 hexadecimal digits, short enough for an address."""
    return np.packbits(table).tobytes().hex()


def from_text(text: str) -> Table | None:
    """The table that ``to_text`` wrote; None for any other text."""
    try:
        content = bytes.fromhex(text)
    except ValueError:
        return None
    if len(content) * 8 != TABLE_I.size:
        return None
    return np.unpackbits(np.frombuffer(content, np.uint8)).astype(bool).reshape(TABLE_I.shape)


def _contiguous(reads: tuple[int, ...]) -> bool:
    """Whether the maps are neighbours; after the last comes the first again."""
    steps = sum((s2 + 1) % spec.S2.maps not in reads for s2 in reads)
    return steps <= 1
