"""Taking the numbers along: every activation of the present drawing, and the weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from lenet import spec
from pages.parts.drawing import canvas
from pages.parts.network.network import Network
from pages.parts.shell import waiting
from pages.parts.shell.errors import attempt
from pages.serving import streamlit_internals

if TYPE_CHECKING:
    from lenet import Trace

_KEY = "download"


@st.fragment
def show(network: Network) -> None:
    """Offer the downloads. Nothing is computed while the popover is closed.

    The activations are made on the click, from what is drawn then.
    """
    popover = st.popover("Download", on_change="rerun", key=_KEY, icon=":material/download:")
    if not popover.open:
        return
    with popover:
        if not waiting.wait_for_pytorch():
            return
        from lenet import export

        state = canvas.current()
        drawn = attempt(state.prepared) is not None
        numbers = f"{spec.UNITS:,} numbers"
        st.caption(
            f"All {numbers} of your drawing, as PyTorch computes them."
            if drawn
            else f"Nothing is drawn yet: these are the {numbers} of the network at rest."
        )

        def trace() -> Trace:
            return network.trace(state.prepared())

        _button("CSV", "text/csv", lambda: export.activations_csv(trace()).encode())
        _button("NPZ", "application/octet-stream", lambda: export.activations_npz(trace()))
        # The same bytes for everybody, so the server holds them once, whoever asks.
        weights = attempt(export.weights_zip)
        if weights is not None:
            st.download_button(
                "Weights with their card",
                weights,
                "lenet5-weights.zip",
                "application/zip",
                key="download_weights",
                on_click="ignore",
                width="stretch",
            )


def _button(form: str, mime: str, make: Callable[[], bytes]) -> None:
    """A button for the activations in one form."""
    name = f"lenet5-activations.{form.lower()}"
    st.download_button(
        f"Activations as {form}",
        _held(make, name, mime),
        name,
        mime,
        key=f"download_{form.lower()}",
        on_click="ignore",
        width="stretch",
    )


def _held(make: Callable[[], bytes], name: str, mime: str) -> Callable[[], bytes]:
    """``make``, with what it made held for this visit until it makes something else.

    All forms share one place, so a visit never holds more than one file.
    """
    visit = streamlit_internals.current_visit()

    def made() -> bytes:
        content = make()
        streamlit_internals.hold_download(visit, content, mime, _KEY, name)
        return content

    return made
