"""What is under the pen: the ten distances as the browser and PyTorch compute them."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from lenet.browser.packing import pack, zipped
from lenet.catalogue import gettext as _
from lenet.mnist import DataError
from pages.parts.common import component_value, ways
from pages.parts.common.component import component
from pages.parts.common.errors import attempt
from pages.parts.drawing.canvas_state import CanvasState
from pages.parts.mistakes import recorded, tiles
from pages.parts.network import bundle
from pages.parts.network.network import Network

_KEY = "mistakes_pen_view"

LAYERS = ("input", "f6", "output")
"""What PyTorch has computed and the browser compares."""

_view = component("mistakes", "pen")


def show(network: Network, canvas: CanvasState) -> None:
    """Follow the pen, and say which test digit lies under it."""
    prepared = attempt(canvas.prepared)
    trace = network.trace(prepared)
    described, values = canvas.described()
    header = {
        "needs": bundle.needs(network),
        "place": {"canvas": "canvas", "undo": "undo", "clear": "clear", "address": True},
        "network": network.identity,
        "layers": LAYERS,
        "traced": True,
        "before": [],
        "empty": prepared is None,
        "drawing": described,
    }

    def asked() -> None:
        canvas.take_presses(component_value.get(_KEY, "asked"))

    data = zipped(pack(header, [*(trace[name][0].numpy() for name in LAYERS), *values]))
    with st.container(key="mistakes_answer"):
        _view(key=_KEY, data=data, on_asked_change=asked)
    with st.container(key="mistakes_more"):
        if known := _known(canvas):
            st.html(f'<p class="entry-text">{escape(known)}</p>')
        ways.to(ways.DRAW, _("See the whole network"))


def _known(canvas: CanvasState) -> str | None:
    """What is recorded of the test digit under the pen, where nothing was drawn over it."""
    picture = canvas.drawing.picture
    if picture is None or canvas.drawing.strokes:
        return None
    try:
        pictures, readings = recorded.pictures(), recorded.readings()
    except DataError:  # the tabs say so
        return None
    margin = (picture.shape[0] - pictures.images.shape[1]) // 2
    inner = picture[margin:-margin, margin:-margin]
    same = np.flatnonzero((pictures.images == inner).all((1, 2)))
    return tiles.told(readings, int(pictures.indices[same[0]])) if len(same) else None
