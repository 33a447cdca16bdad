"""The layers side by side, and what a unit sees in them while it is pointed at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from lenet import Trace, spec
from lenet.figures import palette
from lenet.units import Unit
from pages.parts.modules import asset, texts
from pages.parts.network_view import describe_spec
from pages.parts.told import told
from pages.parts.unit_picker import LAYERS
from pages.parts.wire import pack

_KEY = "fields"
_FOLDER = "receptive_field"
_SHARED = ("geometry.js", "scale.js", "theme.js")

_fields = st.components.v2.component(
    "lenet_receptive_field",
    html=asset(_FOLDER, "receptive_field.html"),
    css=asset(_FOLDER, "receptive_field.css"),
    js=asset("loaders", "modules.js"),
)


def show(trace: Trace, unit: Unit, picked: Callable[[Unit], None]) -> None:
    """Show the trace with ``unit`` marked; ``picked`` gets a unit that is clicked."""

    def clicked() -> None:
        unit = _unit(told(_KEY, "picked"))
        if unit is not None:
            picked(unit)

    header = {
        "entry": "receptive_field.js",
        "modules": texts(_FOLDER, *_SHARED),
        "spec": describe_spec(),
        "palette": palette.ENDS,
        "picked": {
            "layer": unit.layer.key,
            "map": unit.map,
            "row": unit.row,
            "column": unit.column,
        },
    }
    layers = [trace[key][0].numpy() for key in spec.BY_KEY]
    with st.container(key="receptive_field"):
        _fields(key=_KEY, data=pack(header, layers), on_picked_change=clicked)


def _unit(place: object) -> Unit | None:
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
