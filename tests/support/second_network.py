"""A second network, for tests alone: what is true of LeNet-5 only does not pass with it.

It has fewer maps, a full connection in C3, max pooling without parameters, no F6 and no codes:
its outputs are softmax penalties. Its weights are random, so it reads no digits.
"""

from __future__ import annotations

from pathlib import Path

import torch

from lenet import checkpoint
from lenet.model import Network
from lenet.spec import CLASSES, INPUT, Architecture, Layer, everything, one_to_one

C1 = Layer("C1", "convolution", 4, 5, 1, everything(4, INPUT), INPUT, squash="tanh")
M2 = Layer("M2", "max pooling", 4, 2, 2, one_to_one(C1), C1)
C3 = Layer("C3", "convolution", 8, 5, 1, everything(8, M2), M2, squash="tanh")
M4 = Layer("M4", "max pooling", 8, 3, 2, one_to_one(C3), C3, padding=1)
C5 = Layer("C5", "convolution", 24, 5, 1, everything(24, M4), M4, squash="tanh")
OUTPUT = Layer("Output", "softmax", len(CLASSES), 1, 1, everything(len(CLASSES), C5), C5)

SECOND = Architecture("second", (C1, M2, C3, M4, C5, OUTPUT))
"""Overlapping pooling with padding in M4: 10x10 -> 5x5 by windows of three."""


def random_network(architecture: Architecture, seed: int = 0) -> Network:
    """A network with random weights and biases, in eval mode, like ``checkpoint.load``."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = Network(architecture)
        for name, parameter in model.named_parameters():
            if name.endswith("bias"):
                torch.nn.init.uniform_(parameter, -0.5, 0.5)
    return model.eval().requires_grad_(False)


def second_network(seed: int = 0) -> Network:
    return random_network(SECOND, seed)


def save_second_network(path: Path, seed: int = 0) -> Path:
    """Its weights and their card at ``path``; returns the path."""
    checkpoint.save(second_network(seed), path, {"recipe": "random", "seed": seed})
    return path
