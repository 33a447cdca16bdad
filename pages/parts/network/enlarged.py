"""A layer enlarged, below the network view; drawn only while it is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from lenet import spec
from lenet.browser.assets import asset
from lenet.browser.place import DRAW_PAGE
from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from pages.parts.common import waiting
from pages.parts.common.choice import choice
from pages.parts.network.network import Network
from pages.parts.network.pictures import pictures

if TYPE_CHECKING:
    import torch

_settled = st.components.v2.component("lenet_settled", js=asset("loaders", "settled.js"))


@st.fragment
def show(network: Network, drawing: Callable[[], torch.Tensor | None]) -> None:
    """Offer one layer with all its values for what ``drawing()`` prepares.

    A fragment of its own, because a figure takes longer than a stroke may: it is drawn again
    when the drawing has been left alone for a moment, which the browser tells.
    """
    section = st.expander(
        _("A layer enlarged"),
        on_change="rerun",
        key="enlarge",
        bind="query-params",
    )
    if not section.open:
        return
    with section:
        if not waiting.pytorch_is_ready():
            return
    from lenet.figures.maps import layer_maps

    with section:
        data = {"view": DRAW_PAGE.key}
        _settled(key="settled", data=data, on_settled_change=lambda: None, height=1)
        layers = {layer.key: layer.title for layer in spec.SQUASHED}
        key = choice(_("Layer"), layers, spec.C3.key, key="layer", label_visibility="collapsed")
        layer = spec.BY_KEY[key]
        trace = network.trace(drawing())
        pictures(
            layer_maps(layer, trace[layer.key][0].numpy()),
            key="layer_figure",
            alt=_alternative(layer),
        )


def _alternative(layer: spec.Layer) -> str:
    """What the figure shows, in words."""
    if layer.size == 1:
        text = ngettext(
            "{layer}: {count} unit as colours from {low} to {high}",
            "{layer}: {count} units as colours from {low} to {high}",
            layer.maps,
        )
    else:
        text = ngettext(
            "{layer}: {count} map of {size} by {size} units as colours from {low} to {high}",
            "{layer}: {count} maps of {size} by {size} units as colours from {low} to {high}",
            layer.maps,
        )
    return text.format(
        layer=layer.title,
        count=number(layer.maps),
        size=layer.size,
        low=number(-spec.AMPLITUDE, 4),
        high=number(spec.AMPLITUDE, 4),
    )
