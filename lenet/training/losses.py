"""The two losses of section II.C, on the network's penalties."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F


def mle_loss(penalties: Tensor, target: Tensor) -> Tensor:
    """Eq. 8: the mean penalty of the right class. (N, 10), (N,) int64 -> scalar."""
    return penalties.gather(1, target[:, None]).mean()


def map_loss(penalties: Tensor, target: Tensor, j: float) -> Tensor:
    """Eq. 9: the right penalty, plus log of the competition with every class and "rubbish".

    (N, 10), (N,) int64 -> scalar >= 0. ``j`` is the rubbish class's constant penalty: wrong
    classes already further away than that are hardly pushed any more. The paper gives no
    value. Equals cross-entropy over the logits (-y_0 ... -y_9, -j).
    """
    rubbish = penalties.new_full((len(penalties), 1), -j)
    return F.cross_entropy(torch.cat([-penalties, rubbish], 1), target)
