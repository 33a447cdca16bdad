"""How good a network is, and how far from every code an image may be and still be a digit."""

from __future__ import annotations

import torch
from torch import Tensor

from lenet import mnist
from lenet.model import Network
from lenet.training.dataset import LabelledImages

ACCEPTED_PERCENT = 99.0
"""Share of rightly read digits that the rejection distance must let through.

Stricter costs more real digits than it gains: with the shipped weights 98 % would turn down 74 %
of scribbles instead of 58, and 99.5 % only 44.
"""

_CHUNK = 1_000


@torch.inference_mode()
def penalties(model: Network, images: LabelledImages) -> Tensor:
    """(n, 10): the network's answer to every image."""
    return torch.cat([model(mnist.as_input(part)) for part in images.images.split(_CHUNK)])


def error_percent(model: Network, images: LabelledImages) -> float:
    """Share of the images whose smallest penalty is not that of their label."""
    wrong = int((penalties(model, images).argmin(1) != images.labels).sum())
    return 100 * wrong / len(images)


def rejection_distance(model: Network, *sets: LabelledImages) -> float:
    """The smallest distance that accepts ``ACCEPTED_PERCENT`` of each set's right answers."""
    needed = []
    for images in sets:
        nearest, digits = penalties(model, images).min(1)
        needed.append(nearest[digits == images.labels].quantile(ACCEPTED_PERCENT / 100))
    return float(torch.stack(needed).max())
