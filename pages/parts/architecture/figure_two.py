"""Fig. 2 of the paper, the table of layers beside it, and weight sharing to scale."""

from __future__ import annotations

from html import escape

import streamlit as st

from lenet import spec
from lenet.analysis import counts
from pages.parts.common.choice import choice
from pages.parts.common.figure import figure
from pages.parts.common.section import section
from pages.parts.shell import component_value
from pages.parts.shell.assets import asset

_FOLDER = "figure_two"
_STATE = "unfold"

_figure_two = st.components.v2.component(
    "lenet_figure_two",
    html=asset(_FOLDER, "figure.html"),
    css=asset(_FOLDER, "figure.css"),
    js=asset(_FOLDER, "figure.js"),
)

_COLUMNS = {
    "maps": lambda layer: f"{layer.maps}",
    "size": lambda layer: f"{layer.size}×{layer.size}",
    "kernel": lambda layer: f"{layer.kernel}×{layer.kernel}",
    "stride": lambda layer: f"{layer.stride}",
    "neurons": lambda layer: f"{layer.units:,}",
    "trainable parameters": lambda layer: f"{layer.parameters:,}",
    "connections": lambda layer: f"{layer.connections:,}",
    "receptive field": lambda layer: f"{layer.receptive_field}×{layer.receptive_field}",
}

_STEPS = {
    "convolution": ["convolutions"],
    "sub-sampling": ["sub-sampling"],
    "full connection": ["full", "connection"],
    "RBF": ["distances", "to codes"],
}


@st.fragment
def figure_two_and_table() -> None:
    """The layers as a picture and as a table; the arithmetic of the layer that is picked."""
    section("What stands between the drawing and the answer?")
    st.caption("After Fig. 2 of the paper, to scale. Click a layer to unfold its arithmetic.")
    picture = st.container()
    left, right = st.columns([9, 5], gap="medium")
    with right:
        layers = {layer.key: layer.name for layer in spec.LAYERS}
        chosen = spec.BY_KEY[choice("Layer", layers, spec.C1.key, key=_STATE)]
        _arithmetic(chosen)
    with left:
        st.html(_table(chosen))
    with picture:
        _figure_two(key="figure_two", data=_described(chosen), on_picked_change=_picked)


def sharing() -> None:
    """156 parameters against 122,304 connections, layer by layer."""
    from lenet.figures.sharing import shared_weights

    section("How often is a weight used?")
    st.caption(
        "Areas are counts, all to one scale: a layer's connections, and within them the trainable "
        f"parameters that serve them. C1's {spec.C1.parameters:,} parameters serve "
        f"{spec.C1.connections:,} connections."
    )
    figure(
        shared_weights(),
        key="sharing",
        alt="Trainable parameters against connections of each layer, as squares to scale",
    )


def _picked() -> None:
    name = component_value.get("figure_two", "picked")
    for layer in spec.LAYERS:
        if layer.name == name:
            st.session_state[_STATE] = layer.key


def _described(picked: spec.Layer) -> dict[str, object]:
    layers = []
    for layer in (spec.INPUT, *spec.LAYERS):
        shape = f"{layer.maps}@{layer.size}×{layer.size}" if layer.size > 1 else f"{layer.units}"
        kernel = [f"{layer.kernel}×{layer.kernel}"] if layer.kernel > 1 else []
        step = _STEPS[layer.kind] + kernel if layer.before else []
        described = {"name": layer.name, "shape": shape, "step": step}
        layers.append(described | {"maps": layer.maps, "size": layer.size})
    return {"layers": layers, "picked": picked.name}


def _table(chosen: spec.Layer) -> str:
    head = "".join(f"<th>{title}</th>" for title in ("layer", *_COLUMNS))
    rows = "".join(
        f"<tr{' aria-selected=true' if layer is chosen else ''}><th>{layer.name}</th>"
        + "".join(f"<td>{cell(layer)}</td>" for cell in _COLUMNS.values())
        + "</tr>"
        for layer in spec.LAYERS
    )
    total = (
        f"<tr><th>together</th><td></td><td></td><td></td><td></td>"
        f"<td>{sum(layer.units for layer in spec.LAYERS):,}</td>"
        f"<td>{spec.PARAMETERS:,}</td><td>{spec.CONNECTIONS:,}</td><td></td></tr>"
    )
    return (
        '<div class="facts"><table><thead><tr>'
        f"{head}</tr></thead><tbody>{rows}</tbody><tfoot>{total}</tfoot></table></div>"
    )


def _arithmetic(layer: spec.Layer) -> None:
    lines = {
        "rows and columns": counts.size(layer),
        "neurons": counts.neurons(layer),
        "trainable parameters": counts.parameters(layer),
        "connections": counts.connections(layer),
        "receptive field": counts.receptive_field(layer),
    }
    rows = "".join(
        f"<tr><th>{what}</th><td>{escape(str(how))}</td></tr>" for what, how in lines.items()
    )
    st.html(
        f'<div class="facts arithmetic-of-layer"><table><caption>{layer.name}: {layer.kind}'
        f"</caption><tbody>{rows}</tbody></table></div>"
    )
    st.caption(_note(layer))


def _note(layer: spec.Layer) -> str:
    if layer is spec.OUTPUT:
        return "The codes are fixed, so nothing is trained here; each unit reads all of F6."
    if layer is spec.C3:
        return f"Table I has {layer.kernels} kernels; each of the {layer.maps} maps has a bias."
    if layer.kind == "sub-sampling":
        return "A coefficient and a bias for each map; a unit is joined to its inputs and a bias."
    return "A kernel for each map that is read, and a bias; the whole map shares them."
