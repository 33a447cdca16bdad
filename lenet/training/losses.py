"""The two losses of section II.C, and one for what is no digit, on the network's penalties."""

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


def non_digit_loss(penalties: Tensor, margin: float) -> Tensor:
    """Eq. 9 for a pattern of the "rubbish" class, whose own penalty is ``margin``.

    (N, 10) -> scalar >= 0: mean of margin + log(e^-margin + sum e^-y_i). It pushes the free
    energy -log(sum e^-y_i), which is just below the smallest penalty, beyond the margin, and
    hardly any further.
    """
    return F.softplus(margin + torch.logsumexp(-penalties, 1)).mean()
