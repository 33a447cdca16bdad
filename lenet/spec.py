"""Architectures as data, and everything that follows from them; ``LENET5`` is one.

Source of LeNet-5: LeCun, Bottou, Bengio, Haffner, "Gradient-Based Learning Applied to Document
Recognition", Proc. IEEE 86(11), 1998; section II.B, Fig. 2 and Table I.

Only what a designer *chooses* is written down here: which layer is of which kind, how many maps
it has, its kernel, stride and padding, what each map reads, what squashes it. Sizes,
parameters, connections, receptive fields and centres are computed from those choices. What is
particular to a kind of layer stands in ``lenet.kinds``. Importing this module imports no torch,
so pages, tests and the browser's copy can all read the same facts.

Units are counted from zero and written ``C3[9] (4,7)``: layer, map, row, column.

>>> LENET5.parameters, LENET5.connections
(60000, 340908)
>>> LENET5.layer("c3").receptive_field
14
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from lenet.catalogue import gettext as _
from lenet.codes import CLASSES as CLASSES
from lenet.codes import COLUMNS, ROWS
from lenet.kinds import KINDS
from lenet.kinds.input import BACKGROUND as BACKGROUND
from lenet.kinds.input import INK as INK
from lenet.squashing import AMPLITUDE as AMPLITUDE
from lenet.squashing import SLOPE as SLOPE
from lenet.squashing import SQUASHINGS, Squashing

INPUT_SIZE = 32
"""Rows and columns of the input image in pixels."""

CODE_ROWS, CODE_COLUMNS = ROWS, COLUMNS
"""Rows and columns of the pictures that F6 is compared with; unit index = 7 * row + column."""

CODE_UNITS = CODE_ROWS * CODE_COLUMNS
"""Units of F6, one for each place of a code."""

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

Kind = Literal[
    "input", "convolution", "fixed convolution", "local connection", "full connection",
    "sub-sampling", "average pooling", "max pooling", "response normalisation", "RBF", "softmax",
]  # fmt: skip
"""The names in ``lenet.kinds.KINDS``."""

Reads = tuple[tuple[int, ...], ...]
"""For each map, the maps of the layer before that it reads."""

Filters = tuple[tuple[tuple[float, ...], ...], ...]
"""For each map a kernel that is given and not trained, row by row."""


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
    """One layer: what its designer chose, and what that implies.

    ``reads[k]`` names the maps of the layer before that map k takes its input from. ``padding``
    is in units of the layer before, on every side. ``squash`` names a squashing function, or is
    None. ``dropout`` is the share of its values that training sets to zero. ``pixels`` is the
    side of the image, for the input alone, and ``filters`` are a fixed convolution's kernels.
    """

    name: str
    kind: Kind
    maps: int
    kernel: int
    stride: int
    reads: Reads = field(repr=False)
    before: Layer | None = field(repr=False)
    padding: int = 0
    squash: str | None = None
    dropout: float = 0.0
    pixels: int = INPUT_SIZE
    filters: Filters = field(default=(), repr=False)

    @property
    def key(self) -> str:
        """The layer's name in code: module, trace attribute, address parameter."""
        return self.name.lower()

    @property
    def title(self) -> str:
        """The name for readers: in their language where it is a word."""
        return {"input": _("Input"), "output": _("Output")}.get(self.key, self.name)

    @property
    def squashed(self) -> bool:
        """Whether the layer's sums go through a squashing function ("up to F6")."""
        return self.squash is not None

    @property
    def squashing(self) -> Squashing | None:
        return None if self.squash is None else SQUASHINGS[self.squash]

    def squashed_number(self, total: float) -> float:
        """The value that a sum becomes."""
        return total if self.squashing is None else self.squashing.of_number(total)

    def output_size(self, input_size: int) -> int:
        """Rows (or columns) of a map when the layer before has ``input_size``."""
        return (input_size + 2 * self.padding - self.kernel) // self.stride + 1

    @cached_property
    def size(self) -> int:
        """Rows and columns of each map for an input of the architecture's own size."""
        return self.output_size(self.before.size) if self.before else self.pixels

    @property
    def units_per_map(self) -> int:
        return self.size**2

    @property
    def units(self) -> int:
        """Neurons in the layer."""
        return self.maps * self.units_per_map

    @property
    def maps_before(self) -> int:
        """Maps of the layer before; none for the input."""
        return self.before.maps if self.before else 0

    @property
    def kernels(self) -> int:
        """Pairs (map read, map) that are joined: 60 in C3."""
        return sum(map(len, self.reads))

    @property
    def reads_all(self) -> bool:
        """Whether every map reads every map of the layer before."""
        return self.kernels == self.maps * self.maps_before

    def pairs(self) -> Iterator[tuple[int, int]]:
        """(map, map read) of each kernel, in the order in which kernels are stored."""
        return ((k, n) for k, reads in enumerate(self.reads) for n in reads)

    @cached_property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The layer's trainable tensors by name, in the order in which they are stored."""
        return KINDS[self.kind].shapes(self)

    @cached_property
    def parameters(self) -> int:
        """Trainable parameters: the RBF's codes are fixed, so it has none."""
        return KINDS[self.kind].parameters(self)

    @cached_property
    def connections(self) -> int:
        """Connections as the paper counts them: one for every use of a weight or a bias."""
        return KINDS[self.kind].connections(self)

    @property
    def multiply_adds(self) -> int:
        """Inputs that are multiplied, added or compared: connections other than to biases."""
        return self.connections - (self.units if "bias" in self.shapes else 0)

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

    @cached_property
    def offset(self) -> int:
        """Pixel index of the first row of the first unit's field, negative with padding."""
        return self.before.offset - self.padding * self.before.jump if self.before else 0

    def centre(self, index: int) -> float:
        """Pixel index of the centre of the receptive field of row (or column) ``index``."""
        return self.offset + (self.receptive_field - 1) / 2 + index * self.jump

    def sees(self, row: int, column: int, earlier: Layer | None = None) -> Square:
        """The units of ``earlier`` (the input if not named) that a unit depends on.

        With padding a field can reach beyond the edge of the map: rows and columns below zero,
        or beyond the last, are padding. For a layer that is not earlier, raises ValueError.
        """
        first_row, first_column, side = row, column, 1
        for layer in self._back_to(earlier or self.input):
            first_row = first_row * layer.stride - layer.padding
            first_column = first_column * layer.stride - layer.padding
            side = (side - 1) * layer.stride + layer.kernel
        return Square(first_row, first_column, side)

    def sees_maps(self, map_: int, earlier: Layer) -> tuple[int, ...]:
        """The maps of ``earlier`` that a unit of map ``map_`` depends on."""
        maps = {map_}
        for layer in self._back_to(earlier):
            maps = {read for k in maps for read in layer.reads[k]}
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

    @property
    def input(self) -> Layer:
        """The input of the layer's network."""
        return self.before.input if self.before else self

    def _back_to(self, earlier: Layer) -> Iterator[Layer]:
        """This layer and those before it, down to the one that reads ``earlier``."""
        layer = self
        while layer is not earlier:
            if layer.before is None:
                raise ValueError(f"{earlier.name} does not come before {self.name}.")
            yield layer
            layer = layer.before

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

        Row i reads stride * i - padding to stride * i - padding + kernel - 1.
        """
        first, last = (place + self.padding for place in span)
        first_reached = -((self.kernel - 1 - first) // self.stride)
        return max(0, first_reached), min(self.size - 1, last // self.stride)


@dataclass(frozen=True)
class Architecture:
    """A network without its weights: a name, and the layers after the input in their order."""

    name: str
    layers: tuple[Layer, ...]
    classes: tuple[str, ...] = CLASSES

    @property
    def input(self) -> Layer:
        return self.layers[0].input

    @property
    def output(self) -> Layer:
        """The layer whose values are the penalties; the smallest wins."""
        return self.layers[-1]

    @property
    def has_codes(self) -> bool:
        """Whether the penalties are squared distances to codes, as LeNet-5's are."""
        return self.output.kind == "RBF"

    @cached_property
    def by_key(self) -> dict[str, Layer]:
        """Every layer by its key, the input first."""
        return {layer.key: layer for layer in (self.input, *self.layers)}

    def layer(self, key: str) -> Layer:
        """A layer by its name in either case; ValueError names those that exist."""
        try:
            return self.by_key[key.lower()]
        except KeyError:
            known = ", ".join(self.by_key)
            raise ValueError(f"There is no layer {key!r}; the layers are {known}.") from None

    @cached_property
    def squashed(self) -> tuple[Layer, ...]:
        return tuple(layer for layer in self.layers if layer.squashed)

    @cached_property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Every trainable tensor: its name in files and in the model, and its shape."""
        return {
            f"{layer.key}.{name}": shape
            for layer in self.layers
            for name, shape in layer.shapes.items()
        }

    @cached_property
    def parameters(self) -> int:
        return sum(layer.parameters for layer in self.layers)

    @cached_property
    def connections(self) -> int:
        return sum(layer.connections for layer in self.layers)

    @cached_property
    def multiply_adds(self) -> int:
        return sum(layer.multiply_adds for layer in self.layers)

    @cached_property
    def units(self) -> int:
        """Every number on the screen: the input's pixels and the units of all layers."""
        return sum(layer.units for layer in (self.input, *self.layers))

    def outputs(self, pixels: int) -> int:
        """How many output columns (or rows) an input that wide (or tall) gives."""
        for layer in self.layers:
            pixels = layer.output_size(pixels)
        return pixels

    def changed(self, name: str, key: str, **choices: Any) -> Architecture:
        """The same architecture but for one layer, and the name; ``choices`` are its fields.

        >>> LENET5.changed("full-c3", "c3", reads=everything(16, S2)).parameters
        60900
        """
        layers = (replace(layer, **(choices if layer.key == key else {})) for layer in self.layers)
        return Architecture(name, chained(layers), self.classes)


def chained(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """The layers, each with the one before it in this order as what it reads."""
    chain: list[Layer] = []
    for layer in layers:
        chain.append(replace(layer, before=chain[-1]) if chain else layer)
    return tuple(chain)


def everything(maps: int, before: Layer) -> Reads:
    """Every map reads all maps of the layer before."""
    return (tuple(range(before.maps)),) * maps


def one_to_one(before: Layer) -> Reads:
    """Every map reads the map of the same number."""
    return tuple((k,) for k in range(before.maps))


INPUT = Layer("Input", "input", 1, 1, 1, ((),), None)
C1 = Layer("C1", "convolution", 6, 5, 1, everything(6, INPUT), INPUT, squash="tanh")
S2 = Layer("S2", "sub-sampling", 6, 2, 2, one_to_one(C1), C1, squash="tanh")
C3 = Layer("C3", "convolution", 16, 5, 1, C3_READS, S2, squash="tanh")
S4 = Layer("S4", "sub-sampling", 16, 2, 2, one_to_one(C3), C3, squash="tanh")
C5 = Layer("C5", "convolution", 120, 5, 1, everything(120, S4), S4, squash="tanh")
F6 = Layer("F6", "full connection", CODE_UNITS, 1, 1, everything(CODE_UNITS, C5), C5, squash="tanh")
OUTPUT = Layer("Output", "RBF", len(CLASSES), 1, 1, everything(len(CLASSES), F6), F6)

LENET5 = Architecture("lenet5", (C1, S2, C3, S4, C5, F6, OUTPUT))
"""The network of the paper."""

LAYERS = LENET5.layers
"""The paper's seven layers ("not counting the input")."""

SQUASHED = LENET5.squashed
BY_KEY = LENET5.by_key
SHAPES = LENET5.shapes
PARAMETERS = LENET5.parameters
CONNECTIONS = LENET5.connections
UNITS = LENET5.units
"""The same facts of LeNet-5 under names of their own, for what is about LeNet-5 alone."""
