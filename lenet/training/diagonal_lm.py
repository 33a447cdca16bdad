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

    def set_curvatures(self, curvatures: Mapping[str, Tensor]) -> None:
        """Take new curvatures by the names of the parameters, each of its shape."""
        for parameter, name in self.names.items():
            self.state[parameter]["curvature"] = curvatures[name]

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Move every weight that has a gradient. Raises RuntimeError without curvatures."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    parameter.addcdiv_(
                        parameter.grad, self._damped(parameter, group["mu"]), value=-group["eta"]
                    )
        return loss

    def _damped(self, parameter: Tensor, mu: float) -> Tensor:
        if "curvature" not in self.state[parameter]:
            raise RuntimeError("DiagonalLM needs set_curvatures() before its first step.")
        damped: Tensor = self.state[parameter]["curvature"] + mu
        return damped
