"""A third network, for tests alone: the kinds of layers and squashing functions of no other.

Among them a smaller input, padding, and maps that read half of those before. Its weights are
random, so it reads no digits.
"""

from __future__ import annotations

from dataclasses import replace

from lenet.model import Network
from lenet.spec import CLASSES, INPUT, Architecture, Filters, Layer, everything, one_to_one
from tests.support.second_network import random_network

FILTERS: Filters = tuple(
    tuple(
        tuple(((3 * row + 7 * column + 5 * k) % 11 - 5) / 10 for column in range(5))
        for row in range(5)
    )
    for k in range(4)
)

IMAGE = replace(INPUT, pixels=28)
C1 = Layer(
    "C1", "fixed convolution", 4, 5, 1, everything(4, IMAGE), IMAGE, 0, "sigmoid", filters=FILTERS
)
A2 = Layer("A2", "average pooling", 4, 2, 2, one_to_one(C1), C1)
N2 = Layer("N2", "response normalisation", 4, 1, 1, ((0, 1), (0, 1, 2), (1, 2, 3), (2, 3)), A2)
L3 = Layer("L3", "local connection", 6, 5, 1, everything(6, N2), N2, padding=1, squash="relu")
A4 = Layer("A4", "average pooling", 6, 3, 2, one_to_one(L3), L3, padding=1)
HALVES = ((0, 1, 2),) * 4 + ((3, 4, 5),) * 3 + ((0, 2, 5),)
C5 = Layer("C5", "convolution", 8, 5, 1, HALVES, A4, squash="plain tanh")
H6 = Layer("H6", "full connection", 12, 1, 1, everything(12, C5), C5, squash="tanh")
OUTPUT = Layer("Output", "softmax", len(CLASSES), 1, 1, everything(len(CLASSES), H6), H6)

EVERY_KIND = Architecture("every-kind", (C1, A2, N2, L3, A4, C5, H6, OUTPUT))


def every_kind(seed: int = 0) -> Network:
    return random_network(EVERY_KIND, seed)
