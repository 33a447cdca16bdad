"""How good a network is, and how far from every code an image may be and still be a digit."""

from __future__ import annotations

import torch
from torch import Tensor

from lenet import mnist
from lenet.model import Network
from lenet.training.dataset import Pool

ACCEPTED_PERCENT = 99.0
"""Share of rightly read digits that the rejection distance must let through.

Stricter costs more real digits than it gains: with the shipped weights 98 % would turn down 74 %
of scribbles instead of 58, and 99.5 % only 44.
"""

_AT_ONCE = 1_000


@torch.inference_mode()
def penalties(model: Network, pool: Pool) -> Tensor:
    """(n, 10): the network's answer to every image of a pool."""
    return torch.cat([model(mnist.as_input(some)) for some in pool.images.split(_AT_ONCE)])


def error_percent(model: Network, pool: Pool) -> float:
    """Share of the images whose smallest penalty is not that of their label."""
    wrong = int((penalties(model, pool).argmin(1) != pool.labels).sum())
    return 100 * wrong / len(pool)


def rejection_distance(model: Network, *pools: Pool) -> float:
    """The smallest distance that accepts ``ACCEPTED_PERCENT`` of each pool's right answers."""
    needed = []
    for pool in pools:
        nearest, digits = penalties(model, pool).min(1)
        needed.append(nearest[digits == pool.labels].quantile(ACCEPTED_PERCENT / 100))
    return float(torch.stack(needed).max())
