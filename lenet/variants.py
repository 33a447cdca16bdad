"""LeNet-5's relatives: the choices it was made against and what came after, as architectures.

Each differs from ``LENET5`` in one thing, unless its description says more. All were trained with
one budget (``lenet.training.recipes.BUDGET``), so what they are compared with is ``lenet5-plain``:
LeNet-5 itself, trained like the others. Weights and cards are in ``assets/variants``.

>>> VARIANTS["full-c3"].architecture.parameters
60900
>>> VARIANTS["max-pool"].changed
('s2', 's4')
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.kinds.response_normalisation import NEIGHBOURS
from lenet.spec import (
    C1,
    C3,
    C5,
    CLASSES,
    F6,
    INPUT,
    LENET5,
    OUTPUT,
    S2,
    S4,
    Architecture,
    Filters,
    Layer,
    Reads,
    chained,
    everything,
    one_to_one,
)

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "variants"
"""Weights and cards of all networks but the first."""

MODEL = "lenet5"
"""The network of the paper, whose weights every page but the comparisons works with."""

COMPARED_WITH = "lenet5-plain"
"""The same network, trained like the others: what they are compared with."""


class UnknownNetworkError(ValueError):
    """There is no network of that name; the message names those that there are."""


@dataclass(frozen=True)
class Variant:
    """A network by its name, with what a reader is told of it.

    ``title`` is a few words, ``difference`` a sentence; both are looked up when they are asked
    for, in the reader's language.
    """

    name: str
    architecture: Architecture
    title: Callable[[], str]
    difference: Callable[[], str]

    @property
    def weights(self) -> Path:
        """The file of its weights."""
        folder = FOLDER.parent if self.name == MODEL else FOLDER
        return folder / f"{self.name}.safetensors"

    @property
    def changed(self) -> tuple[str, ...]:
        """Keys of LeNet-5's layers that this network has otherwise, or not at all."""
        return tuple(
            layer.key
            for layer in LENET5.layers
            if layer.key not in self.architecture.by_key
            or _choices(self.architecture.layer(layer.key)) != _choices(layer)
        )

    @property
    def added(self) -> tuple[str, ...]:
        """Keys of layers that LeNet-5 has not."""
        return tuple(key for key in self.architecture.by_key if key not in LENET5.by_key)


def named(name: str) -> Variant:
    """The network of that name. Raises UnknownNetworkError, which names those that there are."""
    try:
        return VARIANTS[name]
    except KeyError:
        raise UnknownNetworkError(
            _("There is no network {name}; there are {known}.").format(
                name=repr(name[:40]), known=", ".join(VARIANTS)
            )
        ) from None


def trainable() -> dict[str, Variant]:
    """The variants by their names, one for each architecture."""
    found: dict[Architecture, Variant] = {}
    for variant in VARIANTS.values():
        found.setdefault(variant.architecture, variant)
    return {variant.name: variant for variant in found.values()}


def _choices(layer: Layer) -> Layer:
    """What was chosen for a layer itself, whatever comes before it."""
    return replace(layer, before=None)


def _pooled(name: str, kind: spec.Kind, kernel: int = 2, padding: int = 0) -> Architecture:
    """LeNet-5 with another way of sub-sampling, which trains and squashes nothing."""
    choices = {"kind": kind, "kernel": kernel, "padding": padding, "squash": None}
    return LENET5.changed(name, "s2", **choices).changed(name, "s4", **choices)


def _squashed(name: str, squash: str, *keys: str) -> Architecture:
    found = LENET5
    for key in keys:
        found = found.changed(name, key, squash=squash)
    return found


def _softmax(before: Layer) -> Layer:
    """The output as logits of a full connection to a layer; its penalties are -log p."""
    reads = everything(len(CLASSES), before)
    return Layer("Output", "softmax", len(CLASSES), before.size, 1, reads, before)


def _neighbours(before: Layer) -> Reads:
    """For each map, itself and two on either side."""
    half = NEIGHBOURS // 2
    return tuple(
        tuple(n for n in range(k - half, k + half + 1) if 0 <= n < before.maps)
        for k in range(before.maps)
    )


def _normalised(name: str) -> Architecture:
    kind: spec.Kind = "response normalisation"
    n2 = Layer("N2", kind, S2.maps, 1, 1, _neighbours(S2), S2)
    n4 = Layer("N4", kind, S4.maps, 1, 1, _neighbours(S4), S4)
    return Architecture(name, chained((C1, S2, n2, C3, S4, n4, C5, F6, OUTPUT)))


def _halves(maps: int, before: Layer) -> Reads:
    """The first half of the maps reads the first half of the maps before, the others the rest."""
    middle = before.maps // 2
    first, second = tuple(range(middle)), tuple(range(middle, before.maps))
    return (first,) * (maps // 2) + (second,) * (maps - maps // 2)


RANDOM_TABLE = """
    X . X X . . . X X X X . X X . .
    X . . X X X X X X X X X X . X .
    X X X X . X X . X X . . . . X X
    X X X X . X X X X X X X . X . .
    . . . X . X X X . . X X . . X .
    . X X . X . X X X X . . X X X .
"""
"""Which S2 map (row) feeds which C3 map (column): as many kernels as Table I, at random places."""


def reads_of(table: str) -> Reads:
    """For each column of a table, the rows in which it has an X."""
    rows = [line.split() for line in table.strip().splitlines()]
    return tuple(
        tuple(n for n, cell in enumerate(column) if cell == "X")
        for column in zip(*rows, strict=True)
    )


def _filters() -> Filters:
    """Edges in four directions and bars in two, each adding up to zero over even paper.

    What is positive adds up to 2, so that ink on all of it and paper elsewhere nearly saturates.
    """

    def edge(down: float, across: float) -> list[list[float]]:
        return [
            [down * (row - 2) + across * (column - 2) for column in range(5)] for row in range(5)
        ]

    def bar(down: float, across: float) -> list[list[float]]:
        # A line of width 2.4, MNIST's own, between its surroundings.
        return [
            [
                1.0 if abs(down * (row - 2) + across * (column - 2)) < 1 else -0.25
                for column in range(5)
            ]
            for row in range(5)
        ]

    def scaled(kernel: list[list[float]]) -> tuple[tuple[float, ...], ...]:
        mean = sum(map(sum, kernel)) / 25
        level = [[value - mean for value in row] for row in kernel]
        positive = sum(value for row in level for value in row if value > 0)
        return tuple(tuple(2 * value / positive for value in row) for row in level)

    kernels = (edge(1, 0), edge(0, 1), edge(1, 1), edge(1, -1), bar(1, 0), bar(0, 1))
    return tuple(map(scaled, kernels))


def _lenet1(name: str) -> Architecture:
    """LeCun et al., "Handwritten Digit Recognition with a Back-Propagation Network", NIPS 1990.

    Two groups of six maps in C3, each group reading two maps of S2: two maps of it one alone, four
    both. Its own outputs were squashed sums; here they are a softmax, trained like the others.
    """
    image = replace(INPUT, pixels=28)
    c1 = Layer("C1", "convolution", 4, 5, 1, everything(4, image), image, squash="tanh")
    s2 = Layer("S2", "sub-sampling", 4, 2, 2, one_to_one(c1), c1, squash="tanh")
    group = ((0,), (0, 1), (0, 1), (1,), (0, 1), (0, 1))
    reads = group + tuple(tuple(n + 2 for n in maps) for maps in group)
    c3 = Layer("C3", "convolution", 12, 5, 1, reads, s2, squash="tanh")
    s4 = Layer("S4", "sub-sampling", 12, 2, 2, one_to_one(c3), c3, squash="tanh")
    return Architecture(name, (c1, s2, c3, s4, _softmax(s4)))


def _textbook(name: str) -> Architecture:
    squash = "plain tanh"
    c1 = replace(C1, squash=squash)
    s2 = replace(S2, kind="average pooling", squash=None)
    c3 = replace(C3, reads=everything(C3.maps, S2), squash=squash)
    s4 = replace(S4, kind="average pooling", squash=None)
    c5, f6 = replace(C5, squash=squash), replace(F6, squash=squash)
    return Architecture(name, chained((c1, s2, c3, s4, c5, f6, _softmax(F6))))


def _fully_connected(name: str, units: int = 300) -> Architecture:
    reads = everything(units, INPUT)
    hidden = Layer("H1", "full connection", units, INPUT.size, 1, reads, INPUT, squash="tanh")
    return Architecture(name, (hidden, _softmax(hidden)))


def _with_dropout(name: str, share: float) -> Architecture:
    return LENET5.changed(name, "c5", dropout=share).changed(name, "f6", dropout=share)


def _two_towers(name: str) -> Architecture:
    halved = LENET5.changed(name, "c3", reads=_halves(C3.maps, S2))
    return halved.changed(name, "c5", reads=_halves(C5.maps, S4))


def _all() -> tuple[Variant, ...]:
    return (
        Variant(
            "lenet5",
            LENET5,
            lambda: _("LeNet-5 (1998)"),
            lambda: _("The network of the paper, with the weights that the app ships."),
        ),
        Variant(
            "lenet5-plain",
            LENET5,
            lambda: _("LeNet-5, trained like the others"),
            lambda: _(
                "The same network, trained with the budget of all others: what they are "
                "compared with."
            ),
        ),
        Variant(
            "softmax",
            Architecture("softmax", (*LENET5.layers[:-1], _softmax(F6))),
            lambda: _("Softmax output"),
            lambda: _("A full connection and cross-entropy in place of the ten codes."),
        ),
        Variant(
            "average-pool",
            _pooled("average-pool", "average pooling"),
            lambda: _("Plain averages"),
            lambda: _("S2 and S4 pass on means: no coefficient, no bias, no squashing."),
        ),
        Variant(
            "max-pool",
            _pooled("max-pool", "max pooling"),
            lambda: _("Max pooling"),
            lambda: _("S2 and S4 pass on maxima: no coefficient, no bias, no squashing."),
        ),
        Variant(
            "overlapping-pool",
            _pooled("overlapping-pool", "max pooling", kernel=3, padding=1),
            lambda: _("Overlapping max pooling"),
            lambda: _("Maxima over windows of 3×3, two units apart, as in AlexNet."),
        ),
        Variant(
            "full-c3",
            LENET5.changed("full-c3", "c3", reads=everything(C3.maps, S2)),
            lambda: _("Full C3"),
            lambda: _("Every map of C3 reads all of S2: 96 kernels in place of Table I's 60."),
        ),
        Variant(
            "random-table",
            LENET5.changed("random-table", "c3", reads=reads_of(RANDOM_TABLE)),
            lambda: _("Random table"),
            lambda: _("As many kernels as in Table I, at random places."),
        ),
        Variant(
            "relu",
            _squashed("relu", "relu", "c1", "s2", "c3", "s4", "c5"),
            lambda: _("ReLU"),
            lambda: _("max(0, a) in C1 to C5; F6 keeps the tanh, because the codes are ±1."),
        ),
        Variant(
            "sigmoid",
            _squashed("sigmoid", "sigmoid", "c1", "s2", "c3", "s4", "c5"),
            lambda: _("Logistic sigmoid"),
            lambda: _(
                "1 / (1 + exp(-a)) in C1 to C5; F6 keeps the tanh, because the codes are ±1."
            ),
        ),
        Variant(
            "textbook",
            _textbook("textbook"),
            lambda: _("The textbooks’ LeNet-5"),
            lambda: _(
                "What most tutorials call LeNet-5: full C3, plain averages, plain tanh, softmax."
            ),
        ),
        Variant(
            "response-norm",
            _normalised("response-norm"),
            lambda: _("Response normalisation"),
            lambda: _("AlexNet’s local response normalisation after S2 and S4."),
        ),
        Variant(
            "dropout",
            _with_dropout("dropout", 0.5),
            lambda: _("Dropout"),
            lambda: _("Half of C5 and F6, others every time, is switched off in training."),
        ),
        Variant(
            "two-towers",
            _two_towers("two-towers"),
            lambda: _("Two towers"),
            lambda: _(
                "C3 and C5 in two halves that do not see each other, as on AlexNet’s two "
                "processors; they meet in F6."
            ),
        ),
        Variant(
            "unshared",
            LENET5.changed("unshared", "c1", kind="local connection"),
            lambda: _("C1 without sharing"),
            lambda: _("Every unit of C1 has a kernel and a bias of its own."),
        ),
        Variant(
            "fully-connected",
            _fully_connected("fully-connected"),
            lambda: _("Fully connected"),
            lambda: _(
                "1024-300-10 with softmax: no maps at all. The paper’s 28×28-300-10, on this input."
            ),
        ),
        Variant(
            "hand-made",
            LENET5.changed("hand-made", "c1", kind="fixed convolution", filters=_filters()),
            lambda: _("Hand-made C1"),
            lambda: _("C1 has edge and bar filters designed by hand; the rest is trained."),
        ),
        Variant(
            "linear",
            Architecture("linear", (_softmax(INPUT),)),
            lambda: _("Linear"),
            lambda: _("1024-10 with softmax: every pixel votes for every digit."),
        ),
        Variant(
            "lenet1",
            _lenet1("lenet1"),
            lambda: _("LeNet-1 (1990)"),
            lambda: _("28×28 input, 4 and 12 maps, no C5 and no F6: 2,578 parameters."),
        ),
    )


VARIANTS: dict[str, Variant] = {variant.name: variant for variant in _all()}
"""Every network by its name, the shipped one first."""
