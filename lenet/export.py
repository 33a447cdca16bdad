"""What one can take along: the activations of a drawing as CSV or NPZ, the weights as a ZIP.

Every number is written so that it reads back as the same float32.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from lenet import checkpoint, spec
from lenet.catalogue import gettext as _
from lenet.checkpoint import CheckpointError
from lenet.kinds.base import Unit
from lenet.trace import Trace

COLUMNS = ("layer", "map", "row", "column", "unit", "before_squashing", "value")
"""The columns of the CSV; ``before_squashing`` is empty where nothing is squashed."""

Array = np.ndarray[Any, np.dtype[Any]]

_PROJECT = checkpoint.SHIPPED.parent.parent

# The earliest a ZIP can say, so that the same content is always the same bytes.
_TIMELESS = (1980, 1, 1, 0, 0, 0)


def activations_csv(trace: Trace) -> str:
    """A header and one line for each of the network's numbers, input first, in spec's order.

    Raises ValueError unless the trace is of one 32x32 input.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for layer in spec.BY_KEY.values():
        writer.writerows(_lines(layer, trace))
    return text.getvalue()


def activations_npz(trace: Trace) -> bytes:
    """An NPZ of every layer's activations; ``numpy.load`` reads it without pickle.

    ``input``, ``c1`` to ``f6`` (maps, rows, columns) and ``output`` (10,), all float32;
    ``c1_before`` and so on, the sums before squashing, in the same shapes; ``layers``, the
    layers' keys in their order, and ``classes``, what the outputs stand for.
    Raises ValueError unless the trace is of one 32x32 input.
    """
    arrays: dict[str, Any] = {
        "layers": np.array(list(spec.BY_KEY)),
        "classes": np.array(spec.CLASSES),
    }
    for layer in spec.BY_KEY.values():
        arrays[layer.key] = _values(layer, trace[layer.key])
        if layer.squashed:
            arrays[f"{layer.key}_before"] = _values(layer, trace.before[layer.key])
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    return content.getvalue()


def weights_zip() -> bytes:
    """The shipped weights, their card, LICENSE and NOTICE; always the same bytes.

    Raises CheckpointError, with a sentence, for weights that could not be used either.
    """
    checkpoint.read()  # nothing damaged is handed on
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in _weights_files():
            try:
                archive.writestr(zipfile.ZipInfo(path.name, _TIMELESS), path.read_bytes())
            except OSError as error:
                raise CheckpointError(
                    _("{path} cannot be read; restore it.").format(path=path)
                ) from error
    return content.getvalue()


def _weights_files() -> tuple[Path, ...]:
    weights = checkpoint.SHIPPED
    return (weights, checkpoint.card_path(weights), _PROJECT / "LICENSE", _PROJECT / "NOTICE")


def _lines(layer: spec.Layer, trace: Trace) -> Iterator[tuple[object, ...]]:
    values = _written(_values(layer, trace[layer.key]))
    before = (
        _written(_values(layer, trace.before[layer.key]))
        if layer.squashed
        else iter([""] * layer.units)
    )
    for place in np.ndindex(layer.maps, layer.size, layer.size):
        yield layer.name, *place, Unit(layer, *place).name, next(before), next(values)


def _written(values: Array) -> Iterator[str]:
    """The shortest decimals that read back as the same float32."""
    return map(str, values.ravel())


def _values(layer: spec.Layer, tensor: Tensor) -> Array:
    """One layer's numbers without the dimension of the batch."""
    shape = (layer.maps,) if layer is spec.OUTPUT else (layer.maps, layer.size, layer.size)
    if tuple(tensor.shape) != (1, *shape):
        raise ValueError(
            f"An export is of one {spec.INPUT_SIZE}x{spec.INPUT_SIZE} input; {layer.name} has the "
            f"shape {tuple(tensor.shape)}, not {(1, *shape)}."
        )
    return tensor[0].detach().cpu().numpy()
