"""Pictures of one connection between S2 and C3, of all of a C3 map, and of all of an S2 map."""

from __future__ import annotations

import math

import plotly.graph_objects as go

from lenet import spec
from lenet.analysis.partial_maps import PartialMaps
from lenet.catalogue import gettext as _
from lenet.figures.terms import Term, largest, term_rows

_MOST_ACROSS = 4
"""Terms side by side; on a phone more would be too small."""


def connection(partial: PartialMaps, s2: int, c3: int) -> go.Figure:
    """One cell of the table: S2 map, kernel, partial map, and the others it is added to."""
    own = partial.maps[s2, c3]
    others = partial.sums[c3] - own
    limit = largest(own, others, partial.sums[c3])
    return term_rows(
        [
            [
                _s2(partial, s2),
                _kernel(partial, s2, c3, sign="∗"),
                Term(_("partial map"), own, limit, sign="="),
            ],
            [
                Term(_("partial map"), own, limit),
                Term(_("other terms"), others, limit, sign="+"),
                Term(_("sum + bias"), partial.sums[c3], limit, sign="="),
                _c3(partial, c3, sign="→"),
            ],
        ]
    )


def column(partial: PartialMaps, c3: int) -> go.Figure:
    """One column: every partial map of a C3 map, their sum with the bias, and the C3 map."""
    reads = [int(s2) for s2 in partial.norms[:, c3].nonzero()[0]]
    limit = largest(partial.maps[reads, c3], partial.sums[c3])
    terms = [
        Term(f"S2[{s2}]", partial.maps[s2, c3], limit, sign="+" if place else "")
        for place, s2 in enumerate(reads)
    ]
    total = [
        Term(_("sum + bias"), partial.sums[c3], limit, sign="="),
        _c3(partial, c3, sign="→"),
    ]
    lines = math.ceil(len(terms) / _MOST_ACROSS) or 1
    across = math.ceil(len(terms) / lines) or 1
    rows = [terms[first : first + across] for first in range(0, len(terms), across)]
    return term_rows([*rows, total])


def row(partial: PartialMaps, s2: int) -> go.Figure:
    """One row: an S2 map, and the kernel and partial map for each C3 map that it feeds."""
    feeds = [int(c3) for c3 in partial.norms[s2].nonzero()[0]]
    limit = largest(partial.maps[s2, feeds])
    parts = [Term(f"C3[{c3}]", partial.maps[s2, c3], limit) for c3 in feeds]
    kernels = [_kernel(partial, s2, c3) for c3 in feeds]
    half = (len(feeds) + 1) // 2
    return term_rows(
        [[_s2(partial, s2)]]
        + [
            pictures[first : first + half]
            for first in range(0, len(feeds), half)
            for pictures in (kernels, parts)
        ]
    )


def _s2(partial: PartialMaps, s2: int) -> Term:
    return Term(f"S2[{s2}]", partial.s2[s2], spec.AMPLITUDE)


def _c3(partial: PartialMaps, c3: int, sign: str) -> Term:
    return Term(f"C3[{c3}]", partial.c3[c3], spec.AMPLITUDE, sign=sign)


def _kernel(partial: PartialMaps, s2: int, c3: int, sign: str = "") -> Term:
    kernel = partial.kernels[s2, c3]
    return Term(f"{s2}→{c3}", kernel, largest(kernel), magnify=2, sign=sign)
