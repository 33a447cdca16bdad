"""The diagonal of the Gauss-Newton Hessian of a network's loss (appendix C, eqs. 22 to 27).

Second derivatives are propagated back like first ones, with squared weights and squared slopes;
the terms with the second derivative of the squashing function are dropped, so none is negative. A
shared weight has the sum over its uses. Its twin in the browser is ``assets/engine/curvature.js``.

>>> import torch
>>> from lenet.model import LeNet5
>>> found = curvatures(LeNet5(), torch.zeros(3, 1, 32, 32), torch.tensor([1, 2, 3]), Loss())
>>> found["c1.weight"].shape, bool((found["c1.weight"] >= 0).all())
(torch.Size([6, 1, 5, 5]), True)
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from lenet import codes
from lenet.kinds import KINDS
from lenet.model import Network
from lenet.squashing import Squashing
from lenet.training.losses import map_loss, mle_loss


@dataclass(frozen=True)
class Loss:
    """Eq. 8, or with a ``rubbish`` penalty j eq. 9; of a softmax's penalties always eq. 8."""

    rubbish: float | None = None

    def of(self, penalties: Tensor, labels: Tensor) -> Tensor:
        """(N, 10), (N,) -> the mean loss."""
        if self.rubbish is None:
            return mle_loss(penalties, labels)
        return map_loss(penalties, labels, self.rubbish)

    def second_derivatives(self, f6: Tensor, penalties: Tensor) -> Tensor:
        """(N, units, 1, 1): those of each pattern's loss with respect to what the codes are
        compared with.

        For eq. 8 they are 2 whatever the pattern. For eq. 9, with p the posterior of each class
        and r that of "rubbish", 2 r + 4 (sum of p (x - c)^2 - (sum of p (x - c))^2).
        """
        if self.rubbish is None:
            return torch.full_like(f6, 2.0)
        rubbish = penalties.new_full((len(penalties), 1), -self.rubbish)
        posterior = torch.cat([-penalties, rubbish], 1).softmax(1)
        share = posterior[:, :-1, None]
        apart = f6.flatten(1)[:, None] - _codes(f6)
        spread = (share * apart**2).sum(1) - (share * apart).sum(1) ** 2
        return (2 * posterior[:, -1:] + 4 * spread).reshape(f6.shape)


@torch.no_grad()
def curvatures(model: Network, x: Tensor, labels: Tensor, loss: Loss) -> dict[str, Tensor]:
    """Second derivatives of the mean loss by the name of each parameter, all at least 0.

    Args:
        model: any network; it stays as it is.
        x: (N, 1, 32, 32) patterns.
        labels: (N,) their classes.
        loss: what is minimised.
    """
    steps = list(model.steps(x))
    reads = [model.read(x), *(values for _, _, values in steps)]
    layers = model.architecture.layers
    if model.architecture.has_codes:
        penalties = steps[-1][2].flatten(1)
        h, last = loss.second_derivatives(reads[-2], penalties), len(layers) - 1
    else:
        shares = (-steps[-1][2]).exp()  # penalties are -log p
        h, last = shares * (1 - shares), len(layers)
    found: dict[str, Tensor] = {}
    for place in reversed(range(last)):
        layer, sums, _ = steps[place]
        if layer.squashing is not None:
            h = h * _slope(layer.squashing, sums) ** 2
        tensors = model.sums_of(layer).tensors
        own, h = KINDS[layer.kind].curvature(layer, tensors, reads[place], h)
        found |= {f"{layer.key}.{name}": value / len(x) for name, value in own.items()}
    return {name: found[name] for name in model.architecture.shapes}


def _slope(squashing: Squashing, sums: Tensor) -> Tensor:
    with torch.enable_grad():
        a = sums.detach().requires_grad_()
        (slope,) = torch.autograd.grad(squashing.of_tensor(a).sum(), a)
    return slope


def _codes(like: Tensor) -> Tensor:
    """(1, 10, 84)"""
    return torch.tensor(codes.DIGITS, dtype=like.dtype).reshape(1, len(codes.DIGITS), -1)
