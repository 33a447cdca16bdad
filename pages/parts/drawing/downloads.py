"""Taking along: every activation of the present drawing, its picture for print, the weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from lenet import checkpoint, spec
from lenet.browser import single_file
from lenet.browser.place import DRAW_PAGE
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from pages.parts.common import waiting
from pages.parts.common.component import component
from pages.parts.common.errors import attempt
from pages.parts.drawing import canvas_state
from pages.parts.network import bundle
from pages.parts.network.network import Network
from pages.serving import streamlit_internals

if TYPE_CHECKING:
    from lenet import Trace

_KEY = "download"

_print_picture = component("print_picture")


@st.fragment
def show(network: Network) -> None:
    """Offer the downloads. Nothing is computed while the popover is closed.

    The activations are made on the click, from what is drawn then.
    """
    popover = st.popover(_("Download"), on_change="rerun", key=_KEY, icon=":material/download:")
    if not popover.open:
        return
    with popover:
        if not waiting.wait_for_pytorch():
            return
        from lenet import export

        state = canvas_state.current()
        drawn = attempt(state.prepared) is not None
        sentence = (
            _("All {count} numbers of your drawing, as PyTorch computes them.")
            if drawn
            else _("Nothing is drawn yet: these are the {count} numbers of the network at rest.")
        )
        st.caption(sentence.format(count=number(spec.UNITS)))

        def trace() -> Trace:
            return network.trace(state.prepared())

        _button(
            "csv",
            _("Activations as CSV"),
            "lenet5-activations.csv",
            "text/csv",
            lambda: export.activations_csv(trace()).encode(),
        )
        _button(
            "npz",
            _("Activations as NPZ"),
            "lenet5-activations.npz",
            "application/octet-stream",
            lambda: export.activations_npz(trace()),
        )
        _print_picture(key="download_print", data=bundle.packed(view=DRAW_PAGE.key))
        _button(
            "page",
            _("This page as one file"),
            single_file.NAME,
            "text/html",
            lambda: _page(network, single_file.made_of()),
            _("Opens without a network: from a disk, or in a frame of a learning platform."),
        )
        if network.own_title:
            facts = {"title": network.own_title, "network": network.name}
            facts["architecture"] = network.architecture.name
            _button(
                "own_weights",
                _("Weights of this network"),
                "own-network.safetensors",
                "application/octet-stream",
                lambda: checkpoint.to_bytes(network.weights, facts),
            )
            return
        # The same bytes for everybody, so the server holds them once, whoever asks.
        weights = attempt(export.weights_zip)
        if weights is not None:
            st.download_button(
                _("Weights with their card"),
                weights,
                "lenet5-weights.zip",
                "application/zip",
                key="download_weights",
                on_click="ignore",
                width="stretch",
            )


def _button(
    kind: str, label: str, name: str, mime: str, make: Callable[[], bytes], tip: str | None = None
) -> None:
    """A button for a file of that name, which ``make`` makes when it is pressed."""
    st.download_button(
        label,
        _held(make, name, mime),
        name,
        mime,
        key=f"download_{kind}",
        on_click="ignore",
        width="stretch",
        help=tip,
    )


@st.cache_resource(
    show_spinner=False, max_entries=4, hash_funcs={Network: lambda network: network.identity}
)
def _page(network: Network, made_of: str) -> bytes:
    """The page of one file, made once for everybody of what is ``made_of`` that."""
    del made_of  # only tells one file from another
    return single_file.build(network.weights, network.rejection, network.model)


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
