"""Stochastic diagonal Levenberg-Marquardt: a step size for every weight (appendix C, eq. 21).

Each weight moves by -eta / (mu + h) times its gradient, h its curvature. The browser's twin is
``assets/engine/optimise.js``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor

PRINTED_MU = 0.02
"""The paper's mu, which keeps steps from growing where the loss is flat."""


class DiagonalLM(torch.optim.Optimizer):
    """The optimiser; ``curvatures`` has to be given new ones from time to time.

    Args:
        named: the parameters by name.
        eta: the global rate.
        mu: what is added to every curvature; above 0.

    Raises ValueError for a rate below 0, or a mu that is not above 0.
    """

    def __init__(
        self, named: Iterable[tuple[str, Tensor]], eta: float, mu: float = PRINTED_MU
    ) -> None:
        if not eta >= 0:
            raise ValueError(f"eta must be at least 0, not {eta}.")
        if not mu > 0:
            raise ValueError(f"mu must be above 0, not {mu}.")
        pairs = list(named)
        super().__init__([parameter for _, parameter in pairs], {"eta": eta, "mu": mu})
        self.names = {parameter: name for name, parameter in pairs}
        self.damped: list[Tensor] = []  # mu + h of each, as long as the curvatures stay

    def set_curvatures(self, curvatures: Mapping[str, Tensor]) -> None:
        """Take new curvatures by the names of the parameters, each of its shape."""
        for parameter, name in self.names.items():
            self.state[parameter]["curvature"] = curvatures[name]
        self.damped = []

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Move every weight; all must have gradients. Raises RuntimeError without curvatures."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        (group,) = self.param_groups
        parameters = group["params"]
        if not self.damped:
            if not all("curvature" in self.state[parameter] for parameter in parameters):
                raise RuntimeError("DiagonalLM needs set_curvatures() before its first step.")
            curvatures = [self.state[parameter]["curvature"] for parameter in parameters]
            self.damped = [curvature + group["mu"] for curvature in curvatures]
        for parameter, damped in zip(parameters, self.damped, strict=True):
            parameter.addcdiv_(parameter.grad, damped, value=-group["eta"])
        return loss
