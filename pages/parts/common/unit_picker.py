"""Which unit a page is about: picked with controls, kept in the address."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lenet import spec
from lenet.units import Unit

LAYERS = (spec.INPUT, *spec.SQUASHED)
START = Unit(spec.C3, 9, 4, 4)
"""The unit that a visitor finds."""


def pick() -> Unit:
    """Layer, map, row and column; where another layer has fewer, they are moved into it."""
    _seed()
    name = st.segmented_control(
        "Layer",
        [layer.name for layer in LAYERS],
        required=True,
        key="unit_layer",
        bind="query-params",
        label_visibility="collapsed",
    )
    layer = spec.BY_KEY[(name or START.layer.name).lower()]
    counts = {"unit_map": layer.maps, "unit_row": layer.size, "unit_column": layer.size}
    with st.container(horizontal=True):
        numbers = [_number(key, count) for key, count in counts.items()]
    return Unit(layer, *numbers)


def put(unit: Unit) -> None:
    """Pick another unit, from a callback. Raises ValueError for one that cannot be picked."""
    if unit.layer not in LAYERS:
        raise ValueError(f"{unit.layer.name} is not among the layers to pick from.")
    st.session_state.update(_state(unit))


def unit_of(place: object) -> Unit | None:
    """The unit that a click names; None for what no click of this component sends."""
    if not isinstance(place, dict):
        return None
    layer = next((layer for layer in LAYERS if layer.key == place.get("layer")), None)
    numbers: list[Any] = [place.get(name) for name in ("map", "row", "column")]
    if layer is None or not all(type(number) is int for number in numbers):
        return None
    map_, row, column = numbers
    inside = 0 <= map_ < layer.maps and 0 <= row < layer.size and 0 <= column < layer.size
    return Unit(layer, map_, row, column) if inside else None


def _seed() -> None:
    """Start with a unit in the middle, where the address names none.

    Widgets that are bound to the address leave out their default; so it is zero for all
    layers, and the start is a choice like any other.
    """
    for key, value in _state(START).items():
        if key not in st.session_state and key not in st.query_params:
            st.session_state[key] = value


def _state(unit: Unit) -> dict[str, str | int]:
    return {
        "unit_layer": unit.layer.name,
        "unit_map": unit.map,
        "unit_row": unit.row,
        "unit_column": unit.column,
    }


def _number(key: str, count: int) -> int:
    last = count - 1
    chosen = st.session_state.get(key, 0)
    if chosen is None or not 0 <= chosen <= last:
        st.session_state[key] = min(max(0, chosen or 0), last)
    label = key.removeprefix("unit_").capitalize()
    value = st.number_input(
        f"{label}, 0\u2013{last}" if last else label,
        0,
        last,
        key=key,
        disabled=not last,
        width=120,
        bind="query-params",
    )
    return int(value or 0)
