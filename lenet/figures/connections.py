"""Pictures of one connection between S2 and C3, of all of a C3 map, and of all of an S2 map."""

from __future__ import annotations

from lenet import spec
from lenet.analysis.partial_maps import PartialMaps
from lenet.catalogue import gettext as _
from lenet.figures.pictures import Picture, Sheet, Stack, alone, largest, term

_CELL, _LEAST = 14, 5
"""Sides of a unit in CSS pixels: where there is room, and at least."""


def connection(partial: PartialMaps, s2: int, c3: int) -> Sheet:
    """One cell of the table: S2 map, kernel, partial map, and the others it is added to."""
    own = partial.maps[s2, c3]
    others = partial.sums[c3] - own
    limit = largest(own, others, partial.sums[c3])
    return alone(
        [
            _s2(partial, s2),
            _kernel(partial, s2, c3, sign="∗"),
            term(_("partial map"), own, limit, sign="="),
        ],
        [
            term(_("partial map"), own, limit),
            term(_("other terms"), others, limit, sign="+"),
            term(_("sum + bias"), partial.sums[c3], limit, sign="="),
            _c3(partial, c3, sign="→"),
        ],
        cell=_CELL,
        least=_LEAST,
    )


def column(partial: PartialMaps, c3: int) -> Sheet:
    """One column: every partial map of a C3 map, their sum with the bias, and the C3 map."""
    reads = [int(s2) for s2 in partial.norms[:, c3].nonzero()[0]]
    limit = largest(partial.maps[reads, c3], partial.sums[c3])
    terms = [
        term(f"S2[{s2}]", partial.maps[s2, c3], limit, sign="+" if place else "")
        for place, s2 in enumerate(reads)
    ]
    total = [term(_("sum + bias"), partial.sums[c3], limit, sign="="), _c3(partial, c3, sign="→")]
    rows = [terms, total] if terms else [total]
    return alone(*rows, cell=_CELL, least=_LEAST)


def row(partial: PartialMaps, s2: int) -> Sheet:
    """One row: an S2 map, and for each C3 map that it feeds the kernel above the partial map."""
    feeds = [int(c3) for c3 in partial.norms[s2].nonzero()[0]]
    limit = largest(partial.maps[s2, feeds])
    stacks: list[Stack] = [
        (_kernel(partial, s2, c3), term(f"C3[{c3}]", partial.maps[s2, c3], limit)) for c3 in feeds
    ]
    half = (len(stacks) + 1) // 2
    rows: list[list[Stack]] = [[(_s2(partial, s2),)], stacks[:half], stacks[half:]]
    return Sheet([row for row in rows if row], _CELL, _LEAST)


def _s2(partial: PartialMaps, s2: int) -> Picture:
    return term(f"S2[{s2}]", partial.s2[s2], spec.AMPLITUDE)


def _c3(partial: PartialMaps, c3: int, sign: str) -> Picture:
    return term(f"C3[{c3}]", partial.c3[c3], spec.AMPLITUDE, sign=sign)


def _kernel(partial: PartialMaps, s2: int, c3: int, sign: str = "") -> Picture:
    kernel = partial.kernels[s2, c3]
    return term(f"{s2}→{c3}", kernel, largest(kernel), magnify=2, sign=sign)
