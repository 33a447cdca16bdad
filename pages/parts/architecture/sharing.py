"""Weight sharing to scale: of each layer the connections, and the parameters that serve them."""

from __future__ import annotations

import math
from html import escape

import streamlit as st

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from pages.parts.common.section import section


def show() -> None:
    """156 parameters against 122,304 connections, layer by layer."""
    section(_("How often is a weight used?"))
    text = _(
        "Areas are counts, all to one scale: a layer's connections, and within them the trainable "
        "parameters that serve them. C1's {parameters} parameters serve {connections} connections."
    )
    st.caption(
        text.format(parameters=number(spec.C1.parameters), connections=number(spec.C1.connections))
    )
    st.html(_figure())


def _figure() -> str:
    """A list of the layers, each with its squares and its numbers.

    The squares' sides are shares of ``--whole``, which the style sheet chooses for the page's
    width.
    """
    largest = max(layer.connections for layer in spec.SQUASHED)
    items = "".join(_layer(layer, math.sqrt(largest)) for layer in spec.SQUASHED)
    alt = _("Trainable parameters against connections of each layer, as squares to scale")
    return f'<figure class="sharing" aria-label="{escape(alt)}"><ul>{items}</ul></figure>'


def _layer(layer: spec.Layer, whole: float) -> str:
    outer, inner = math.sqrt(layer.connections), math.sqrt(layer.parameters)
    times = layer.connections / layer.parameters
    used = ngettext("{count} time", "{count} times", math.ceil(times)).format(
        count=number(times, 0 if times == round(times) else 1)
    )
    facts = (
        (_("connections"), number(layer.connections), "one"),
        (_("parameters"), number(layer.parameters), "other"),
        (_("each is used"), used, ""),
    )
    rows = "".join(
        f'<dt class="{colour}">{escape(what)}</dt><dd>{escape(much)}</dd>'
        for what, much, colour in facts
    )
    return (
        f'<li><div class="squares">{_square("one", outer / whole)}'
        f"{_square('other', inner / whole)}</div>"
        f"<b>{escape(layer.title)}</b><dl>{rows}</dl></li>"
    )


def _square(colour: str, side: float) -> str:
    return f'<i class="{colour}" style="--side: {side:.6f}"></i>'
