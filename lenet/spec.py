"""The architecture of LeNet-5 as data, and everything that follows from it.

Source: LeCun, Bottou, Bengio, Haffner, "Gradient-Based Learning Applied to Document
Recognition", Proc. IEEE 86(11), 1998; section II.B, Fig. 2 and Table I.

Only what the paper *chooses* is written down here: which layer is of which kind, how many
maps it has, its kernel and stride, and Table I. Sizes, parameters, connections, receptive
fields and centres are computed from those choices. This module is pure Python and imports
nothing of the project, so pages, tests and the browser's copy can all read the same facts.

Units are counted from zero and written ``C3[9] (4,7)``: layer, map, row, column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

INPUT_SIZE = 32
"""Rows and columns of the input image in pixels."""

BACKGROUND, INK = -0.1, 1.175
"""Input value of white paper and of full ink; grey levels are linear in between (II.B)."""

AMPLITUDE, SLOPE = 1.7159, 2 / 3
"""The squashing function is AMPLITUDE * tanh(SLOPE * a) (eq. 6 and appendix A)."""

CODE_ROWS, CODE_COLUMNS = 12, 7
"""F6 is compared with pictures this tall and wide; unit index = 7 * row + column (Fig. 3)."""

CODE_UNITS = CODE_ROWS * CODE_COLUMNS
"""Units of F6, one for each place of a code."""

CLASSES = tuple("0123456789")
"""What the ten outputs stand for, in their order."""

TABLE_I = """
    X . . . X X X . . X X X X . X X
    X X . . . X X X . . X X X X . X
    X X X . . . X X X . . X . X X X
    . X X X . . X X X X . . X . X X
    . . X X X . . X X X X . X X . X
    . . . X X X . . X X X X . X X X
"""
"""Which S2 map (row) feeds which C3 map (column), as printed in the paper."""

C3_TABLE: tuple[tuple[bool, ...], ...] = tuple(
    tuple(cell == "X" for cell in line.split()) for line in TABLE_I.strip().splitlines()
)
"""Table I as a 6 x 16 matrix: ``C3_TABLE[s2_map][c3_map]``."""

C3_READS: tuple[tuple[int, ...], ...] = tuple(
    tuple(s2 for s2, fed in enumerate(column) if fed) for column in zip(*C3_TABLE, strict=True)
)
"""Table I by column: the S2 maps that C3 map k reads."""

S2_FEEDS: tuple[tuple[int, ...], ...] = tuple(
    tuple(c3 for c3, fed in enumerate(row) if fed) for row in C3_TABLE
)
"""Table I by row: the C3 maps that S2 map i feeds."""

Kind = Literal["input", "convolution", "sub-sampling", "full connection", "RBF"]


@dataclass(frozen=True)
class Block:
    """A rectangle of units in one layer: first row and column, and how many of each."""

    row: int
    column: int
    height: int
    width: int

    @property
    def last_row(self) -> int:
        return self.row + self.height - 1

    @property
    def last_column(self) -> int:
        return self.column + self.width - 1

    def contains(self, row: int, column: int) -> bool:
        return self.row <= row <= self.last_row and self.column <= column <= self.last_column


class Square(Block):
    """A block as high as it is wide, which every receptive field is."""

    def __init__(self, row: int, column: int, side: int) -> None:
        super().__init__(row, column, side, side)

    @property
    def side(self) -> int:
        return self.height


@dataclass(frozen=True)
class Layer:
    """One layer: the paper's choices, and what they imply for a 32x32 input.

    ``reads[k]`` names the maps of the layer before that map k takes its input from.
    """

    name: str
    kind: Kind
    maps: int
    kernel: int
    stride: int
    reads: tuple[tuple[int, ...], ...]
    before: Layer | None

    @property
    def key(self) -> str:
        """The layer's name in code: module, trace attribute, address parameter."""
        return self.name.lower()

    @property
    def squashed(self) -> bool:
        """Whether the layer's sums go through the squashing function ("up to F6")."""
        return self.kind not in ("input", "RBF")

    def output_size(self, input_size: int) -> int:
        """Rows (or columns) of a map when the layer before has ``input_size``."""
        return (input_size - self.kernel) // self.stride + 1

    @cached_property
    def size(self) -> int:
        """Rows and columns of each map for a 32x32 input."""
        return self.output_size(self.before.size) if self.before else INPUT_SIZE

    @property
    def units_per_map(self) -> int:
        return self.size**2

    @property
    def units(self) -> int:
        """Neurons in the layer."""
        return self.maps * self.units_per_map

    @property
    def kernels(self) -> int:
        """Pairs (map read, map) that are joined: 60 in C3."""
        return sum(map(len, self.reads))

    @cached_property
    def parameters(self) -> int:
        """Trainable parameters: the RBF's codes are fixed, so it has none."""
        match self.kind:
            case "convolution" | "full connection":
                return self.kernels * self.kernel**2 + self.maps
            case "sub-sampling":
                return 2 * self.maps  # one coefficient and one bias per map
        return 0

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The layer's trainable tensors by name, in the order in which they are stored.

        Only the kernels that exist are stored: all of a full convolution's, and in C3 those of
        Table I, one after another.
        """
        kernel = (self.kernel, self.kernel)
        match self.kind:
            case "convolution" | "full connection":
                full = self.before is not None and self.kernels == self.maps * self.before.maps
                pairs = (self.maps, len(self.reads[0])) if full else (self.kernels,)
                return {"weight": (*pairs, *kernel), "bias": (self.maps,)}
            case "sub-sampling":
                return {"coefficient": (self.maps,), "bias": (self.maps,)}
        return {}

    @cached_property
    def connections(self) -> int:
        """Connections as the paper counts them: one for every use of a weight or a bias."""
        match self.kind:
            case "convolution" | "full connection":
                return self.parameters * self.units_per_map
            case "sub-sampling":
                return self.units * (self.kernel**2 + 1)
            case "RBF":
                return self.kernels
        return 0

    @cached_property
    def receptive_field(self) -> int:
        """Side, in input pixels, of the square that one unit can see."""
        if self.before is None:
            return 1
        return self.before.receptive_field + (self.kernel - 1) * self.before.jump

    @cached_property
    def jump(self) -> int:
        """Input pixels between the fields of two neighbouring units."""
        return self.before.jump * self.stride if self.before else 1

    def centre(self, index: int) -> float:
        """Pixel index of the centre of the receptive field of row (or column) ``index``."""
        return (self.receptive_field - 1) / 2 + index * self.jump

    def sees(self, row: int, column: int, earlier: Layer | None = None) -> Square:
        """The units of ``earlier`` (the input if not named) that a unit depends on.

        For a layer that is not earlier, raises ValueError.
        """
        earlier = earlier or INPUT
        first_row, first_column, side, layer = row, column, 1, self
        while layer is not earlier:
            if layer.before is None:
                raise ValueError(f"{earlier.name} does not come before {self.name}.")
            first_row, first_column = first_row * layer.stride, first_column * layer.stride
            side = (side - 1) * layer.stride + layer.kernel
            layer = layer.before
        return Square(first_row, first_column, side)

    def sees_maps(self, map_: int, earlier: Layer) -> tuple[int, ...]:
        """The maps of ``earlier`` that a unit of map ``map_`` depends on."""
        maps, layer = {map_}, self
        while layer is not earlier:
            if layer.before is None:
                raise ValueError(f"{earlier.name} does not come before {self.name}.")
            maps = {read for k in maps for read in layer.reads[k]}
            layer = layer.before
        return tuple(sorted(maps))

    def feeds(self, row: int, column: int, later: Layer) -> Block:
        """The units of ``later`` that depend on a unit: what has it in its receptive field.

        A block rather than a square: near an edge of the map fewer units have it in sight.
        For a layer that is not later, raises ValueError.
        """
        rows, columns = (row, row), (column, column)
        for layer in self._until(later):
            rows, columns = layer._reached(rows), layer._reached(columns)
        (top, bottom), (left, right) = rows, columns
        return Block(top, left, bottom - top + 1, right - left + 1)

    def feeds_maps(self, map_: int, later: Layer) -> tuple[int, ...]:
        """The maps of ``later`` that depend on a unit of map ``map_``."""
        maps = {map_}
        for layer in self._until(later):
            maps = {k for k, reads in enumerate(layer.reads) if maps.intersection(reads)}
        return tuple(sorted(maps))

    def _until(self, later: Layer) -> list[Layer]:
        """The layers after this one up to and including ``later``, in their order."""
        path: list[Layer] = []
        layer = later
        while layer is not self:
            if layer.before is None:
                raise ValueError(f"{later.name} does not come after {self.name}.")
            path.append(layer)
            layer = layer.before
        return path[::-1]

    def _reached(self, span: tuple[int, int]) -> tuple[int, int]:
        """First and last row (or column) that reads any of ``span`` in the layer before.

        Row i reads stride * i to stride * i + kernel - 1.
        """
        first, last = span
        first_reached = -((self.kernel - 1 - first) // self.stride)
        return max(0, first_reached), min(self.size - 1, last // self.stride)


def _everything(maps: int, before: Layer) -> tuple[tuple[int, ...], ...]:
    return (tuple(range(before.maps)),) * maps


def _one_to_one(before: Layer) -> tuple[tuple[int, ...], ...]:
    return tuple((k,) for k in range(before.maps))


INPUT = Layer("Input", "input", 1, 1, 1, ((),), None)
C1 = Layer("C1", "convolution", 6, 5, 1, _everything(6, INPUT), INPUT)
S2 = Layer("S2", "sub-sampling", 6, 2, 2, _one_to_one(C1), C1)
C3 = Layer("C3", "convolution", 16, 5, 1, C3_READS, S2)
S4 = Layer("S4", "sub-sampling", 16, 2, 2, _one_to_one(C3), C3)
C5 = Layer("C5", "convolution", 120, 5, 1, _everything(120, S4), S4)
F6 = Layer("F6", "full connection", CODE_UNITS, 1, 1, _everything(CODE_UNITS, C5), C5)
OUTPUT = Layer("Output", "RBF", len(CLASSES), 1, 1, _everything(len(CLASSES), F6), F6)

LAYERS: tuple[Layer, ...] = (C1, S2, C3, S4, C5, F6, OUTPUT)
"""The paper's seven layers ("not counting the input")."""

SQUASHED: tuple[Layer, ...] = tuple(layer for layer in LAYERS if layer.squashed)

BY_KEY: dict[str, Layer] = {layer.key: layer for layer in (INPUT, *LAYERS)}

SHAPES: dict[str, tuple[int, ...]] = {
    f"{layer.key}.{name}": shape for layer in LAYERS for name, shape in layer.shapes.items()
}
"""Every trainable tensor of the network: its name in files and in the model, and its shape."""

PARAMETERS = sum(layer.parameters for layer in LAYERS)
CONNECTIONS = sum(layer.connections for layer in LAYERS)
UNITS = sum(layer.units for layer in (INPUT, *LAYERS))
"""Every number on the screen: the input's pixels and the units of all seven layers."""


def outputs(pixels: int) -> int:
    """How many output columns (or rows) an input that wide (or tall) gives."""
    for layer in LAYERS:
        pixels = layer.output_size(pixels)
    return pixels


def c3_kernels() -> Iterator[tuple[int, int]]:
    """(C3 map, S2 map) of each of the 60 kernels, in the order in which they are stored."""
    return ((c3, s2) for c3, reads in enumerate(C3_READS) for s2 in reads)


def unit_name(layer: Layer, map_: int, row: int = 0, column: int = 0) -> str:
    """How a unit is called everywhere: ``C3[9] (4,7)``; ``C5[17]`` where a map is one unit."""
    return f"{layer.name}[{map_}]" if layer.size == 1 else f"{layer.name}[{map_}] ({row},{column})"
