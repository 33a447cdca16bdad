"""The arithmetic behind every figure in the table of layers, written out.

>>> from lenet import spec
>>> print(parameters(spec.C1))
6 × (5 × 5 + 1) = 156
>>> print(connections(spec.C1))
156 × 28 × 28 = 122,304
"""

from __future__ import annotations

from dataclasses import dataclass

from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from lenet.kinds import KINDS
from lenet.spec import Layer


class SizeError(ValueError):
    """Sizes that no layer can have; the message says so to a visitor."""


@dataclass(frozen=True)
class Sum:
    """A calculation in whole numbers: what is calculated, and what comes out."""

    terms: str
    result: int

    def __str__(self) -> str:
        result = number(self.result)
        return f"{self.terms} = {result}" if self.terms else result


def size(layer: Layer) -> Sum:
    """Rows (or columns) of a map: how often the kernel fits."""
    if layer.before is None:
        return Sum("", layer.size)
    return output_size(layer.before.size, layer.kernel, layer.stride, layer.padding)


def neurons(layer: Layer) -> Sum:
    """Units: maps by rows by columns."""
    return Sum(f"{layer.maps} × {layer.size} × {layer.size}", layer.units)


def parameters(layer: Layer) -> Sum:
    """Trainable parameters: the weights of a unit and its bias, once for a whole map."""
    return Sum(KINDS[layer.kind].parameter_terms(layer), layer.parameters)


def connections(layer: Layer) -> Sum:
    """Connections: every use of a weight or a bias counts."""
    return Sum(KINDS[layer.kind].connection_terms(layer), layer.connections)


def receptive_field(layer: Layer) -> Sum:
    """The side of what a unit sees: its kernel reaches further by the strides below it."""
    before = layer.before
    if before is None or layer.kernel == 1:
        return Sum("", layer.receptive_field)
    terms = f"{before.receptive_field} + ({layer.kernel} − 1) × {before.jump}"
    return Sum(terms, layer.receptive_field)


def without_sharing(layer: Layer) -> Sum:
    """Parameters if every unit of a convolution had weights and a bias of its own."""
    return Sum(f"{number(layer.parameters)} × {layer.size} × {layer.size}", layer.connections)


def without_locality(layer: Layer) -> Sum:
    """Parameters if, moreover, every unit read the whole layer before."""
    if layer.before is None:
        raise ValueError("The input reads nothing.")
    inputs = layer.before.units
    return Sum(f"{number(layer.units)} × ({number(inputs)} + 1)", layer.units * (inputs + 1))


def output_size(pixels: int, kernel: int, stride: int = 1, padding: int = 0) -> Sum:
    """How often a kernel fits into so many pixels, with ``padding`` more on either side.

    Raises SizeError when it does not fit at all, or a length is impossible.
    """
    if min(pixels, kernel, stride) < 1 or padding < 0:
        raise SizeError(_("Pixels, kernel and stride are at least 1, and padding at least 0."))
    line = pixels + 2 * padding
    if kernel > line:
        raise SizeError(
            ngettext(
                "A kernel of {kernel} does not fit into {pixels} pixel: use a smaller kernel or "
                "more padding.",
                "A kernel of {kernel} does not fit into {pixels} pixels: use a smaller kernel or "
                "more padding.",
                line,
            ).format(kernel=kernel, pixels=line)
        )
    padded = f"{pixels} + 2 × {padding}" if padding else f"{pixels}"
    return Sum(f"({padded} − {kernel}) / {stride} + 1", (line - kernel) // stride + 1)


def left_over(pixels: int, kernel: int, stride: int, padding: int = 0) -> int:
    """Pixels at the far edge, padding included, that no kernel position reaches."""
    return (pixels + 2 * padding - kernel) % stride
