"""What the browser is told of an architecture and of a network, to compute as Python does."""

from __future__ import annotations

from typing import Any

from lenet import codes, ink, spec
from lenet.drawing import size_normalisation
from pages.parts.network.network import Network


def preparation() -> dict[str, float]:
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


def describe_network(network: Network) -> dict[str, Any]:
    """The header of a network's bundle; the values of its parameters follow in this order."""
    return {
        "identity": network.identity,
        "spec": describe_spec(),
        "frame": preparation(),
        "parameters": [(name, values.shape) for name, values in network.weights.items()],
        "rejection": network.rejection,
    }
