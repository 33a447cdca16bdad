"""Which unit a page is about: picked with controls, kept in the address."""

from __future__ import annotations

import streamlit as st

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.unit import unit_from_value
from lenet.units import Unit
from pages.parts.common.choice import choice

LAYERS = (spec.INPUT, *spec.SQUASHED)
START = Unit(spec.C3, 9, 4, 4)
"""The unit that a visitor finds."""


def pick() -> Unit:
    """Layer, map, row and column; where another layer has fewer, they are moved into it."""
    _seed()
    key = choice(
        _("Layer"),
        {layer.key: layer.title for layer in LAYERS},
        START.layer.key,
        key="unit_layer",
        label_visibility="collapsed",
    )
    layer = spec.BY_KEY[key]
    with st.container(horizontal=True):
        map_ = _number("unit_map", _("Map"), _("Map, {first}\u2013{last}"), layer.maps)
        row = _number("unit_row", _("Row"), _("Row, {first}\u2013{last}"), layer.size)
        column = _number("unit_column", _("Column"), _("Column, {first}\u2013{last}"), layer.size)
    return Unit(layer, map_, row, column)


def put(unit: Unit) -> None:
    """Pick another unit, from a callback. Raises ValueError for one that cannot be picked."""
    if unit.layer not in LAYERS:
        raise ValueError(f"{unit.layer.name} is not among the layers to pick from.")
    st.session_state.update(unit_layer=unit.layer.key, **_numbers(unit))


def unit_of(value: object) -> Unit | None:
    """The unit that a click names; None for what no click of a component sends."""
    try:
        unit = unit_from_value(value)
    except ValueError:
        return None
    return unit if unit.layer in LAYERS else None


def _seed() -> None:
    """Start with a unit in the middle, where the address names none.

    Widgets that are bound to the address leave out their default; so it is zero for all
    layers, and the start is a choice like any other.
    """
    for key, value in _numbers(START).items():
        if key not in st.session_state and key not in st.query_params:
            st.session_state[key] = value


def _numbers(unit: Unit) -> dict[str, int]:
    return {"unit_map": unit.map, "unit_row": unit.row, "unit_column": unit.column}


def _number(key: str, alone: str, between: str, count: int) -> int:
    """A number below ``count``; its label says between which, if there is more than one."""
    last = count - 1
    chosen = st.session_state.get(key, 0)
    if chosen is None or not 0 <= chosen <= last:
        st.session_state[key] = min(max(0, chosen or 0), last)
    value = st.number_input(
        between.format(first=number(0), last=number(last)) if last else alone,
        0,
        last,
        key=key,
        disabled=not last,
        width=120,
        bind="query-params",
    )
    return int(value or 0)
