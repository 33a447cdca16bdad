"""The arithmetic behind every figure in the table of layers, written out.

>>> from lenet import spec
>>> print(parameters(spec.C1))
6 × (5 × 5 + 1) = 156
>>> print(connections(spec.C1))
156 × 28 × 28 = 122,304
"""

from __future__ import annotations

from dataclasses import dataclass

from lenet.spec import Layer


@dataclass(frozen=True)
class Sum:
    """A calculation in whole numbers: what is calculated, and what comes out."""

    terms: str
    result: int

    def __str__(self) -> str:
        return f"{self.terms} = {self.result:,}" if self.terms else f"{self.result:,}"


def size(layer: Layer) -> Sum:
    """Rows (or columns) of a map: how often the kernel fits."""
    if layer.before is None:
        return Sum("", layer.size)
    return output_size(layer.before.size, layer.kernel, layer.stride)


def neurons(layer: Layer) -> Sum:
    """Units: maps by rows by columns."""
    return Sum(f"{layer.maps} × {layer.size} × {layer.size}", layer.units)


def parameters(layer: Layer) -> Sum:
    """Trainable parameters: the weights of a unit and its bias, once for a whole map."""
    match layer.kind:
        case "sub-sampling":
            terms = f"{layer.maps} × (1 + 1)"
        case "convolution" | "full connection":
            reads = {len(maps) for maps in layer.reads}
            kernel = f"{layer.kernel} × {layer.kernel}" if layer.kernel > 1 else ""
            if len(reads) > 1:  # Table I: the maps do not all read equally many
                terms = f"{layer.kernels} × {kernel} + {layer.maps}"
            else:
                each = reads.pop()
                inputs = " × ".join(filter(None, [str(each) if each > 1 else "", kernel]))
                terms = f"{layer.maps} × ({inputs} + 1)"
        case _:
            terms = ""
    return Sum(terms, layer.parameters)


def connections(layer: Layer) -> Sum:
    """Connections: every use of a weight or a bias counts."""
    side = layer.size
    match layer.kind:
        case "sub-sampling":
            area = f"{layer.kernel} × {layer.kernel}"
            terms = f"{layer.maps} × {side} × {side} × ({area} + 1)"
        case "convolution" | "full connection":
            terms = f"{layer.parameters:,} × {side} × {side}" if side > 1 else ""
        case "RBF":
            terms = f"{layer.maps} × {layer.kernels // layer.maps}"
        case _:
            terms = ""
    return Sum(terms, layer.connections)


def receptive_field(layer: Layer) -> Sum:
    """The side of what a unit sees: its kernel reaches further by the strides below it."""
    before = layer.before
    if before is None or layer.kernel == 1:
        return Sum("", layer.receptive_field)
    terms = f"{before.receptive_field} + ({layer.kernel} − 1) × {before.jump}"
    return Sum(terms, layer.receptive_field)


def without_sharing(layer: Layer) -> Sum:
    """Parameters if every unit of a convolution had weights and a bias of its own."""
    return Sum(f"{layer.parameters:,} × {layer.size} × {layer.size}", layer.connections)


def without_locality(layer: Layer) -> Sum:
    """Parameters if, moreover, every unit read the whole layer before."""
    if layer.before is None:
        raise ValueError("The input reads nothing.")
    inputs = layer.before.units
    return Sum(f"{layer.units:,} × ({inputs:,} + 1)", layer.units * (inputs + 1))


def output_size(pixels: int, kernel: int, stride: int = 1, padding: int = 0) -> Sum:
    """How often a kernel fits into so many pixels, with ``padding`` more on either side.

    Raises ValueError when it does not fit at all, or a length is impossible.
    """
    if min(pixels, kernel, stride) < 1 or padding < 0:
        raise ValueError("Pixels, kernel and stride are at least 1, and padding at least 0.")
    room = pixels + 2 * padding
    if kernel > room:
        raise ValueError(
            f"A kernel of {kernel} does not fit into {room} pixels: use a smaller kernel or more "
            "padding."
        )
    padded = f"{pixels} + 2 × {padding}" if padding else f"{pixels}"
    return Sum(f"({padded} − {kernel}) / {stride} + 1", (room - kernel) // stride + 1)


def left_over(pixels: int, kernel: int, stride: int, padding: int = 0) -> int:
    """Pixels at the far edge, padding included, that no kernel position reaches."""
    return (pixels + 2 * padding - kernel) % stride
