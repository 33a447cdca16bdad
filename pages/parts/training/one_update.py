"""One update under the glass: what a single digit changes, all of it computed in the browser."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lenet.browser.bundles import DIGITS
from lenet.browser.description import preparation
from lenet.browser.packing import pack, zipped
from lenet.mnist import as_input
from lenet.packaged_digits import LEARN
from lenet.packaged_digits import load as packaged
from lenet.spec import INPUT_SIZE
from pages.parts.common import component_value
from pages.parts.common.component import component
from pages.parts.common.errors import attempt
from pages.parts.drawing import pad
from pages.parts.drawing.canvas_state import CanvasState
from pages.parts.network import bundle, network
from pages.parts.network.network import Network

_KEY = "one_update"

_SHOWN_AT_FIRST = 3
"""The digit that stands in for a drawing."""

_update = component("training/one_update", "one_update")


@st.fragment
def show() -> None:
    """The canvas, and beside it what its digit would change."""
    beside, view = st.columns([1, 3], gap="medium")
    with beside:
        state = pad.show()
    with view:
        found = attempt(network.load)
        sample = attempt(_sample)
        if found is not None and sample is not None:
            _show(found, sample, state)


def _show(shown: Network, sample: np.ndarray, state: CanvasState) -> None:
    described, values = state.described()
    header = {
        "needs": bundle.needs(shown),
        "place": {"canvas": "canvas", "undo": "undo", "clear": "clear", "address": True},
        "normalisation": preparation(),
        "network": shown.identity,
        "title": shown.title,
        "digits": DIGITS,
        "label": _SHOWN_AT_FIRST,
        "traced": False,  # PyTorch has no part in this
        "before": [],
        "empty": state.drawing.is_empty,
        "drawing": described,
    }

    def asked() -> None:
        state.take_presses(component_value.get(_KEY, "asked"))

    with st.container(key="one_update_view"):
        _update(key=_KEY, data=zipped(pack(header, [sample, *values])), on_asked_change=asked)
    bundle.send_network(shown)
    bundle.send_digits()


@st.cache_resource(show_spinner=False)
def _sample() -> np.ndarray:
    """A packaged digit as the network's input, one that nobody learned from. Raises DataError."""
    import torch

    digits = packaged()
    place = LEARN + _SHOWN_AT_FIRST
    picture = as_input(torch.from_numpy(digits.images[place : place + 1].copy()))
    return picture.numpy().reshape(INPUT_SIZE**2)
