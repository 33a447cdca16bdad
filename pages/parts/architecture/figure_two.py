"""Fig. 2 of the paper, the table of layers beside it, and weight sharing to scale."""

from __future__ import annotations

from html import escape

import streamlit as st

from lenet import spec
from lenet.analysis import counts
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.unit import unit_in_the_middle
from pages.parts.architecture import words
from pages.parts.common import component_value, ways
from pages.parts.common.choice import choice
from pages.parts.common.component import component
from pages.parts.common.section import section
from pages.parts.common.table import as_html
from pages.parts.network import bundle

_STATE = "unfold"

_figure_two = component("figure_two", "figure")


@st.fragment
def figure_two_and_table() -> None:
    """The layers as a picture and as a table; the arithmetic of the layer that is picked."""
    section(_("What stands between the drawing and the answer?"))
    st.caption(_("After Fig. 2 of the paper, to scale. Click a layer to unfold its arithmetic."))
    picture = st.container()
    left, right = st.columns([9, 5], gap="medium")
    with right:
        layers = {layer.key: layer.title for layer in spec.LAYERS}
        chosen = spec.BY_KEY[choice(_("Layer"), layers, spec.C1.key, key=_STATE)]
        _arithmetic(chosen)
    with left:
        st.html(_table(chosen))
    with picture:
        _figure_two(
            key="figure_two", data=bundle.packed(**_described(chosen)), on_picked_change=_picked
        )


def _picked() -> None:
    name = component_value.get("figure_two", "picked")
    for layer in spec.LAYERS:
        if layer.title == name:
            st.session_state[_STATE] = layer.key


def _described(picked: spec.Layer) -> dict[str, object]:
    layers = []
    for layer in (spec.INPUT, *spec.LAYERS):
        shape = f"{layer.maps}@{layer.size}×{layer.size}" if layer.size > 1 else f"{layer.units}"
        kernel = [f"{layer.kernel}×{layer.kernel}"] if layer.kernel > 1 else []
        step = words.step(layer.kind).split("\n") + kernel if layer.before else []
        described = {"name": layer.title, "shape": shape, "step": step}
        layers.append(described | {"maps": layer.maps, "size": layer.size})
    return {"layers": layers, "picked": picked.title}


def _table(chosen: spec.Layer) -> str:
    titles = (
        _("layer"),
        _("maps"),
        _("size"),
        _("kernel"),
        _("stride"),
        _("neurons"),
        _("trainable parameters"),
        _("connections"),
        _("receptive field"),
    )
    neurons = sum(layer.units for layer in spec.LAYERS)
    sums = ("", "", "", "", number(neurons), number(spec.PARAMETERS), number(spec.CONNECTIONS), "")
    return as_html(
        titles,
        [(layer.title, *_cells(layer)) for layer in spec.LAYERS],
        chosen=(spec.LAYERS.index(chosen),),
        total=(_("total"), *sums),
    )


def _cells(layer: spec.Layer) -> tuple[str, ...]:
    """A row of the table of layers, after the layer's name."""
    return (
        number(layer.maps),
        f"{layer.size}×{layer.size}",
        f"{layer.kernel}×{layer.kernel}",
        number(layer.stride),
        number(layer.units),
        number(layer.parameters),
        number(layer.connections),
        f"{layer.receptive_field}×{layer.receptive_field}",
    )


def _arithmetic(layer: spec.Layer) -> None:
    lines = {
        _("rows and columns"): counts.size(layer),
        _("neurons"): counts.neurons(layer),
        _("trainable parameters"): counts.parameters(layer),
        _("connections"): counts.connections(layer),
        _("receptive field"): counts.receptive_field(layer),
    }
    rows = "".join(
        f"<tr><th>{escape(what)}</th><td>{escape(str(how))}</td></tr>"
        for what, how in lines.items()
    )
    caption = _("{layer}: {kind}").format(layer=layer.title, kind=words.kind(layer.kind))
    st.html(
        f'<div class="facts arithmetic-of-layer"><table><caption>{escape(caption)}'
        f"</caption><tbody>{rows}</tbody></table></div>"
    )
    st.caption(words.note(layer))
    ways.to_drawing(unit_in_the_middle(layer))
