"""The layers side by side, and what a unit sees in them while it is pointed at."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lenet import Trace, spec
from lenet.browser.packing import pack
from lenet.unit import unit_as_value
from lenet.units import Unit
from pages.parts.common import component_value
from pages.parts.common.component import component
from pages.parts.common.unit_picker import unit_of
from pages.parts.network import bundle

_KEY = "fields"

_fields = component("receptive_field")


def show(trace: Trace, unit: Unit, picked: Callable[[Unit], None]) -> None:
    """Show the trace with ``unit`` marked; ``picked`` gets a unit that is clicked."""

    def clicked() -> None:
        unit = unit_of(component_value.get(_KEY, "picked"))
        if unit is not None:
            picked(unit)

    header = {
        "needs": bundle.needs(),
        "picked": unit_as_value(unit),
    }
    layers = [trace[key][0].numpy() for key in spec.BY_KEY]
    with st.container(key="receptive_field"):
        _fields(key=_KEY, data=pack(header, layers), on_picked_change=clicked)
