"""The visitor's own training, all of it in the browser; the server hears of what is kept alone."""

from __future__ import annotations

import streamlit as st

from lenet.browser import bundles
from lenet.browser.packing import pack, zipped
from lenet.variants import trainable
from pages.parts.common import component_value, errors
from pages.parts.common.component import component
from pages.parts.drawing import canvas, controls
from pages.parts.drawing.canvas_state import CanvasState
from pages.parts.network import bundle, network
from pages.parts.training import keeping

_KEY = "trainer_view"
_CHANGED = "kept_network_changed"

_trainer = component("training", "own")


@st.fragment
def show() -> None:
    """The canvas, and beside it the trainer that reads what is drawn there."""
    beside, view = st.columns([1, 3], gap="medium")
    with beside, st.container(key="pad"):
        state = canvas.show()
        controls.beside(state)
    with view:
        _show(state)
    if st.session_state.pop(_CHANGED, False):
        st.rerun()  # all of the page: its head says what is kept, and the browser gets it


def _show(state: CanvasState) -> None:
    described, values = state.described()
    own = network.kept()
    header = {
        "needs": bundle.needs(),
        "place": {"canvas": "canvas", "undo": "undo", "clear": "clear", "address": True},
        "architectures": bundles.ARCHITECTURES,
        "digits": bundles.DIGITS,
        "titles": {name: variant.title() for name, variant in trainable().items()},
        "kept": own.title if own else None,
        "traced": False,
        "before": [],
        "empty": state.drawing.is_empty,
        "drawing": described,
    }

    def kept() -> None:
        sent = component_value.get(_KEY, "kept")
        if errors.attempt_show_later(lambda: keeping.keep(sent)) is not None:
            st.session_state[_CHANGED] = True

    def asked() -> None:
        state.take_presses(component_value.get(_KEY, "asked"))

    with st.container(key="trainer"):
        _trainer(
            key=_KEY,
            data=zipped(pack(header, values)),
            on_kept_change=kept,
            on_asked_change=asked,
        )
    with st.container(key="trainer_errors"):
        errors.attempt(bundle.send_digits)
    bundle.send_architectures()
