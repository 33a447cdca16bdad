"""What the browser is told of an architecture and of a network, to compute as Python does."""

from __future__ import annotations

import math
from typing import Any

from lenet import checkpoint, codes, ink, spec
from lenet.checkpoint import Weights
from lenet.drawing import size_normalisation
from lenet.kinds import KINDS
from lenet.spec import LENET5, Architecture, Layer

_WIDEST_PICTURE = 8
"""Columns of the picture of single units that are compared with no code."""


def describe_spec(architecture: Architecture = LENET5) -> dict[str, Any]:
    """The architecture as ``assets/engine`` reads it; nothing in it is typed there."""
    described = {
        "name": architecture.name,
        "fullName": "LeNet-5 (1998)" if architecture is LENET5 else architecture.name,
        "amplitude": spec.AMPLITUDE,
        "slope": spec.SLOPE,
        "background": spec.BACKGROUND,
        "ink": spec.INK,
        "inputSize": spec.INPUT_SIZE,
        "classes": architecture.classes,
        "layers": [_describe_layer(layer, architecture) for layer in architecture.by_key.values()],
    }
    if architecture.has_codes:
        described |= {
            "codeRows": codes.ROWS,
            "codeColumns": codes.COLUMNS,
            "codes": codes.DIGITS.tolist(),
        }
    return described


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


def _describe_layer(layer: Layer, architecture: Architecture) -> dict[str, Any]:
    names = (
        "key",
        "name",
        "kind",
        "squash",
        "maps",
        "size",
        "kernel",
        "stride",
        "padding",
        "reads",
    )
    described = {name: getattr(layer, name) for name in names}
    own = KINDS[layer.kind].described(layer)
    if layer.dropout:  # of training alone
        own = own | {"dropout": layer.dropout}
    return described | own | {"picture": _picture(layer, architecture)}


def _picture(layer: Layer, architecture: Architecture) -> tuple[int, int] | None:
    """Rows and columns in which a layer of single units is shown, or None for other layers.

    A layer that is compared with codes has their shape.
    """
    if layer.size > 1:
        return None
    if architecture.has_codes and layer is architecture.output.before:
        return codes.ROWS, codes.COLUMNS
    columns = max(n for n in range(1, _WIDEST_PICTURE + 1) if layer.maps % n == 0)
    return layer.maps // columns, columns


def describe_network(
    weights: Weights, rejection: float, architecture: Architecture = LENET5
) -> dict[str, Any]:
    """The header of a network's bundle; the values of its parameters follow in this order."""
    return {
        "identity": checkpoint.identity(weights, architecture),
        "spec": describe_spec(architecture),
        "normalisation": preparation(),
        "parameters": [(name, values.shape) for name, values in weights.items()],
        # JSON has no infinity; null is a network that turns nothing down.
        "rejection": rejection if architecture.has_codes and math.isfinite(rejection) else None,
    }
