"""The network view: the component that shows a trace, and what it needs once per page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from lenet import codes, ink, spec
from lenet.answer import sentences
from lenet.drawing import size_normalisation
from lenet.figures import palette
from pages.parts.common.packing import pack
from pages.parts.drawing.canvas import CanvasState
from pages.parts.network.network import Network
from pages.parts.shell.assets import asset, texts

if TYPE_CHECKING:
    from lenet import Trace

# Two components: what is large comes once per page and stays; what comes with every stroke is
# the trace and little more.
_bundle = st.components.v2.component("lenet_bundle", js=asset("loaders", "bundle.js"))
_view = st.components.v2.component(
    "lenet_view",
    html=asset("network_view", "view.html"),
    js=asset("loaders", "view.js"),
)


def send_bundle(network: Network) -> None:
    """Give the page the view's modules, the architecture and the weights."""
    _bundle(key="bundle", data=_packed(network), height=1)


def show(trace: Trace | None, canvas: CanvasState, *, empty: bool) -> None:
    """Show the trace of what is on the canvas; without ink (``empty``) it has no answer.

    Without a trace the browser shows its own, and does not call it verified.
    """
    layers = [trace[key][0].numpy() for key in spec.BY_KEY] if trace else []
    described, values = canvas.described()
    header = {"traced": trace is not None, "empty": empty, "drawing": described}
    with st.container(key="network"):
        # The view asks for its fragment to run where an answer is overdue.
        data = pack(header, layers + values)
        _view(key="network_view", data=data, on_asked_change=lambda: None)


def _frame() -> dict[str, float]:
    """What the browser needs to prepare a drawing as ``lenet.ink`` does."""
    return {
        "inputSize": spec.INPUT_SIZE,
        "background": spec.BACKGROUND,
        "ink": spec.INK,
        "boxSize": size_normalisation.BOX_SIZE,
        "centre": size_normalisation.CENTRE,
        "strokeRadius": ink.STROKE_RADIUS,
    }


def describe_spec() -> dict[str, Any]:
    """The architecture as the browser's modules read it; nothing in it is typed there."""
    return {
        "amplitude": spec.AMPLITUDE,
        "slope": spec.SLOPE,
        "background": spec.BACKGROUND,
        "ink": spec.INK,
        "inputSize": spec.INPUT_SIZE,
        "codeRows": spec.CODE_ROWS,
        "codeColumns": spec.CODE_COLUMNS,
        "classes": spec.CLASSES,
        "codes": codes.DIGITS.tolist(),
        "layers": [
            {
                "key": layer.key,
                "name": layer.name,
                "kind": layer.kind,
                "maps": layer.maps,
                "size": layer.size,
                "kernel": layer.kernel,
                "stride": layer.stride,
                "reads": layer.reads,
                "picture": _picture(layer),
                **_title(layer),
            }
            for layer in spec.BY_KEY.values()
        ],
    }


def _picture(layer: spec.Layer) -> tuple[int, int] | None:
    """Rows and columns in which a layer of single units is shown, or None for other layers.

    A layer that is compared with codes has their shape.
    """
    if layer.size > 1:
        return None
    if layer.units == spec.CODE_ROWS * spec.CODE_COLUMNS:
        return spec.CODE_ROWS, spec.CODE_COLUMNS
    columns = max(count for count in range(1, 9) if layer.maps % count == 0)
    return layer.maps // columns, columns


def _title(layer: spec.Layer) -> dict[str, str]:
    side = f"{layer.size}\u00d7{layer.size}"
    if layer is spec.INPUT:
        return {"title": "input", "detail": "as the network sees it"}
    if layer is spec.OUTPUT:
        return {"title": "output", "detail": "distance to each code"}
    if layer is spec.F6:
        return {
            "title": layer.name,
            "detail": f"{layer.units} = {spec.CODE_COLUMNS}\u00d7{spec.CODE_ROWS}",
        }
    return {
        "title": layer.name,
        "detail": f"{layer.maps} @ {side}" if layer.size > 1 else str(layer.units),
    }


@st.cache_resource(show_spinner=False)
def _packed(_network: Network) -> bytes:
    header = {
        "modules": texts("engine", "shared", "network_view"),
        "style": asset("network_view", "style.css"),
        "spec": describe_spec(),
        "frame": _frame(),
        "words": sentences(),
        "palette": palette.ENDS,
        "parameters": [(name, values.shape) for name, values in _network.weights.items()],
        "rejection": _network.rejection,
    }
    return pack(header, _network.weights.values())
