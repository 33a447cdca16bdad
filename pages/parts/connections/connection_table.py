"""Table I as a component: a grid that picks connections, or switches them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from lenet import spec
from lenet.analysis import connection_table
from lenet.analysis.connection_table import TABLE_I, Table
from lenet.analysis.partial_maps import PartialMaps
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from pages.parts.common import component_value
from pages.parts.common.component import component
from pages.parts.network import bundle

CONNECTED, NORM, CONTRIBUTION = "connected", "kernel-norm", "contribution"
"""What a cell of the table can show."""


_GREY = 35
"""Percent of the letters' colour behind the largest value, on which letters can still be read."""

_table = component("connection_table", "table")


def names() -> dict[str, str]:
    """What a cell of the table can show -> what it is called."""
    return {
        CONNECTED: _("connected"),
        NORM: _("kernel norm"),
        CONTRIBUTION: _("contribution"),
    }


def pick(
    partial: PartialMaps,
    shown: str,
    selected: tuple[int | None, int | None],
    picked: Callable[[int | None, int | None], None],
) -> None:
    """Show ``CONNECTED``, ``NORM`` or ``CONTRIBUTION`` in the cells.

    ``picked`` gets (S2 map, C3 map), None for a whole column or row.
    """

    def clicked() -> None:
        pair = pair_of(component_value.get("connections", "picked"))
        if pair is not None:
            picked(*pair)

    data = {
        **_heads(_("Table I: S2 maps by C3 maps, {shown}").format(shown=names()[shown])),
        "cells": _cells(partial, shown),
        "selected": selected,
    }
    _table(key="connections", data=bundle.packed(**data), on_picked_change=clicked)


def switch(table: Table, revision: int, switched: Callable[[Table], None]) -> None:
    """Let the visitor switch connections; a new ``revision`` has the grid show ``table`` anew."""

    def clicked() -> None:
        table = table_of(component_value.get("switches", "pattern"))
        if table is not None:
            switched(table)

    data = {
        **_heads(_("The table to change: S2 maps by C3 maps")),
        "pattern": _bits(table),
        "published": _bits(TABLE_I),
        "revision": revision,
    }
    _table(key="switches", data=bundle.packed(**data), on_pattern_change=clicked)


def pair_of(value: object) -> tuple[int | None, int | None] | None:
    """(S2 map, C3 map) of a click, None for all of them; or None for what no click sends."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    s2, c3 = value
    return (s2, c3) if _is_map(s2, spec.S2) and _is_map(c3, spec.C3) else None


def _is_map(number: object, layer: spec.Layer) -> bool:
    """Whether it is one of the layer's maps, or None, which is all of them."""
    return number is None or (type(number) is int and 0 <= number < layer.maps)


def _heads(label: str) -> dict[str, Any]:
    """What stands around the cells: the table's name, its rows, columns and groups."""
    return {
        "label": label,
        "rows": [str(s2) for s2 in range(spec.S2.maps)],
        "columns": [str(c3) for c3 in range(spec.C3.maps)],
        "groups": [
            {"title": group.title, "span": len(group.columns)}
            for group in connection_table.groups()
        ],
    }


def _cells(partial: PartialMaps, shown: str) -> list[dict[str, str]]:
    values = {
        CONNECTED: TABLE_I.astype(float),
        NORM: partial.norms,
        CONTRIBUTION: partial.contributions,
    }[shown]
    cells = []
    percent = _GREY * values / values.max()
    label = {
        CONNECTED: _("S2 {s2} to C3 {c3}: connected"),
        NORM: _("S2 {s2} to C3 {c3}: kernel norm {value}"),
        CONTRIBUTION: _("S2 {s2} to C3 {c3}: contribution {value}"),
    }[shown]
    without = _("S2 {s2} to C3 {c3}: not connected")
    for (s2, c3), value, grey in zip(_places(), values.flat, percent.flat, strict=True):
        if TABLE_I[s2, c3]:
            # What is heard is what is seen; who points at it gets all decimals.
            cell = {
                "text": "X" if shown == CONNECTED else number(value, 2),
                "label": label.format(s2=s2, c3=c3, value=number(value, 2)),
                "title": label.format(s2=s2, c3=c3, value=number(value, 4)),
                "colour": f"color-mix(in srgb, currentColor {grey:.1f}%, transparent)",
            }
        else:
            cell = {"text": "", "label": without.format(s2=s2, c3=c3)}
        cells.append(cell)
    return cells


def _places() -> list[tuple[int, int]]:
    """(S2 map, C3 map) of every cell, row after row."""
    return [(s2, c3) for s2 in range(spec.S2.maps) for c3 in range(spec.C3.maps)]


def _bits(table: Table) -> str:
    return "".join("1" if on else "0" for on in table.flat)


def table_of(bits: object) -> Table | None:
    """The table that the grid tells as text; None for what no click of it sends."""
    if not isinstance(bits, str) or len(bits) != TABLE_I.size or not set(bits) <= {"0", "1"}:
        return None
    return np.array([bit == "1" for bit in bits]).reshape(TABLE_I.shape)
