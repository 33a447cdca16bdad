"""The confusion matrix, whose cells open their digits."""

from __future__ import annotations

import streamlit as st

from lenet.analysis.mistakes import Readings
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.mnist import Digits
from lenet.spec import CLASSES
from pages.parts.common import component_value
from pages.parts.common.component import component
from pages.parts.drawing import gallery
from pages.parts.mistakes import tiles
from pages.parts.network import bundle

_KEY = "confusions"

_confusions = component("mistakes", "confusions")


def show(readings: Readings, pictures: Digits) -> None:
    """Labels against answers; of a cell all digits are shown whose pictures there are."""
    st.caption(
        _("Read as labelled: {right} of {all}.").format(
            right=number(int((~readings.wrong).sum())), all=number(len(readings))
        )
    )
    places: dict[str, list[int]] = {}
    for index in pictures.indices.tolist():
        cell = f"{readings.labels[index]}-{readings.answers[index]}"
        places.setdefault(cell, []).append(index)
    cells = {cell: tiles.described(readings, pictures, found) for cell, found in places.items()}
    _confusions(
        key=_KEY,
        data=bundle.packed(
            counts=readings.confusions.tolist(),
            classes=CLASSES,
            cells=cells,
            **gallery.sheet_of(pictures.images),
        ),
        on_picked_change=lambda: tiles.put(pictures, component_value.get(_KEY, "picked")),
    )
