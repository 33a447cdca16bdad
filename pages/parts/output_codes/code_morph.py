"""F6 by hand: a picture whose places flip, and the ten distances that follow at once."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import streamlit as st

from lenet import codes, spec
from lenet.browser.packing import pack
from pages.parts.common import address, component_value
from pages.parts.common.component import component
from pages.parts.network import bundle

_KEY = "code_morph"
_ADDRESS = "f6"

_morph = component("code_morph")


def show(f6: np.ndarray, towards: int, rejection: float) -> None:
    """Show F6 (84,), to be flipped and moved; ``towards`` is the code to move to at first.

    Beyond the distance ``rejection`` the nearest code is no answer.

    What was changed by hand stands in the address.
    """
    header = {
        "needs": bundle.needs(),
        "rows": spec.CODE_ROWS,
        "columns": spec.CODE_COLUMNS,
        "classes": spec.CLASSES,
        "limit": spec.AMPLITUDE,
        "rejection": rejection if math.isfinite(rejection) else None,  # JSON has no infinity
        "state": read(st.query_params.get(_ADDRESS, ""), towards),
    }
    with st.container(key="morph"):
        _morph(
            key=_KEY,
            data=pack(header, [f6, codes.DIGITS]),
            on_by_hand_change=lambda: _put_in_address(component_value.get(_KEY, "by_hand")),
        )


def read(text: str, towards: int) -> dict[str, Any]:
    """``towards-percent-places``, as in ``8-50-3.17.80``; anything else is F6 as it is."""
    state = {"towards": towards, "amount": 0.0, "flipped": list[int]()}
    parts = re.fullmatch(r"(\d)-(\d{1,3})-((?:\d{1,2}(?:\.\d{1,2})*)?)", text, re.ASCII)
    if not parts or int(parts[2]) > 100:
        return state
    places = {int(place) for place in parts[3].split(".") if place}
    if any(place >= spec.CODE_UNITS for place in places):
        return state
    return {"towards": int(parts[1]), "amount": int(parts[2]) / 100, "flipped": sorted(places)}


def write(state: dict[str, Any]) -> str:
    """What ``read`` reads; nothing while F6 is as it is.

    Raises ValueError, TypeError or KeyError for a state that ``read`` never gives.
    """
    towards, amount, flipped = state["towards"], state["amount"], state["flipped"]
    if not isinstance(flipped, list) or len(flipped) > spec.CODE_UNITS:
        raise TypeError("places that are a list expected")
    if type(towards) is not int or any(type(place) is not int for place in flipped):
        raise TypeError("whole numbers expected")
    places = sorted(set(flipped))
    outside = any(not 0 <= place < spec.CODE_UNITS for place in places)
    if outside or not 0 <= towards < len(spec.CLASSES) or not 0 <= float(amount) <= 1:
        raise ValueError("there is no such place, code or share")
    if not amount and not places:
        return ""
    return f"{towards}-{round(amount * 100)}-{'.'.join(map(str, places))}"


def _put_in_address(state: Any) -> None:
    try:
        text = write(state)
    except (KeyError, TypeError, ValueError, OverflowError):
        return  # a message that this component does not send
    address.put(_ADDRESS, text)
