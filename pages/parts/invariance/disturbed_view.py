"""The component that disturbs a drawing and shows what networks make of it, in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from lenet.browser.packing import pack, zipped
from lenet.spec import BACKGROUND, INPUT_SIZE
from lenet.variants import MODEL
from pages.parts.common import component_value
from pages.parts.common.component import component
from pages.parts.drawing.canvas_state import CanvasState
from pages.parts.network import bundle
from pages.parts.network.network import Network

if TYPE_CHECKING:
    import torch

_KEY = "invariance_view"

_view = component("invariance")


def show(
    prepared: torch.Tensor | None, canvas: CanvasState, networks: Sequence[Network], samples: str
) -> None:
    """Show the networks under disturbances of what is on the canvas.

    ``prepared`` is the network's (1, 1, 32, 32) input for it, or None without ink. What PyTorch
    makes of it undisturbed goes with it, and the browser compares its own. ``samples`` is the name
    of the bundle of the packaged samples, or "" if there are none.
    """
    described, values = canvas.described()
    header = {
        "needs": list(dict.fromkeys(name for each in networks for name in bundle.needs(each))),
        "place": {"canvas": "canvas", "undo": "undo", "clear": "clear", "address": True},
        "networks": [
            {
                "name": network.name,
                "title": network.title,
                "codes": network.architecture.has_codes,
                "identity": network.identity,
            }
            for network in networks
        ],
        "reference": MODEL,
        "samples": samples,
        "traced": True,
        "before": [],
        "empty": prepared is None,
        "drawing": described,
    }
    penalties = [network.trace(prepared).output[0].numpy() for network in networks]
    blank = np.full((INPUT_SIZE, INPUT_SIZE), BACKGROUND)
    shown = blank if prepared is None else prepared.numpy()

    def asked() -> None:
        canvas.take_presses(component_value.get(_KEY, "asked"))

    data = zipped(pack(header, [shown, *penalties, *values]))
    with st.container(key="invariance"):
        _view(key=_KEY, data=data, on_asked_change=asked)
