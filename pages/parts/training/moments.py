"""The component that shows a recorded network at moments of its training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from lenet import mnist, samples
from lenet.browser.description import preparation
from lenet.browser.packing import pack, zipped
from lenet.mnist import DataError
from lenet.spec import INPUT_SIZE, LENET5
from pages.parts.common import component_value
from pages.parts.common.component import component
from pages.parts.drawing.canvas_state import CanvasState
from pages.parts.network import bundle

_KEY = "time_machine"

_SHOWN_AT_FIRST = 3
"""The digit that stands in for a drawing."""

_machine = component("training/machine", "machine", style_of="comparison")


def show(run: Mapping[str, Any], title: str, canvas: CanvasState) -> None:
    """Show a run, as ``recorded.described`` has it, for what is on the canvas."""
    described, values = canvas.described()
    sample = _sample()
    header = {
        "needs": bundle.needs(),
        "place": {"canvas": "canvas", "undo": "undo", "clear": "clear", "address": True},
        "normalisation": preparation(),
        "reference": list(LENET5.by_key)[1:-1],
        "run": {**run, "title": title},
        "sample": sample is not None,
        "traced": False,  # PyTorch has no part in this: weights come to the browser alone
        "before": [],
        "empty": canvas.drawing.is_empty,
        "drawing": described,
    }

    def asked() -> None:
        canvas.take_presses(component_value.get(_KEY, "asked"))

    first = [] if sample is None else [sample]
    with st.container(key="time_machine_view"):
        _machine(key=_KEY, data=zipped(pack(header, [*first, *values])), on_asked_change=asked)


@st.cache_resource(show_spinner=False)
def _sample() -> np.ndarray | None:
    """A packaged digit as the network's input; None if there is none, and nothing stands in."""
    import torch

    try:
        digits = samples.load()
    except DataError:
        return None
    place = int(np.argmax(digits.labels == _SHOWN_AT_FIRST))
    picture = mnist.as_input(torch.from_numpy(digits.images[place : place + 1].copy()))
    return picture.numpy().reshape(INPUT_SIZE**2)
