"""One forward pass with every activation kept, by the name of its layer."""

from __future__ import annotations

from dataclasses import dataclass, field

from torch import Tensor

from lenet.model import LeNet5, penalties_of
from lenet.spec import BY_KEY


@dataclass(frozen=True)
class Trace:
    """What the network thought: each layer after squashing, and ``before`` it.

    For a 32x32 input: ``input`` (N, 1, 32, 32), ``c1`` (N, 6, 28, 28), ``s2`` (N, 6, 14, 14),
    ``c3`` (N, 16, 10, 10), ``s4`` (N, 16, 5, 5), ``c5`` (N, 120, 1, 1), ``f6`` (N, 84, 1, 1),
    all but the input within +-1.7159; ``output`` (N, 10) penalties >= 0, the smallest wins.
    ``before[key]`` has the same shapes for the six squashed layers. Made in one pass without
    hooks, so a shared model stays untouched; gradients are kept when they are enabled.
    """

    input: Tensor
    c1: Tensor
    s2: Tensor
    c3: Tensor
    s4: Tensor
    c5: Tensor
    f6: Tensor
    output: Tensor
    before: dict[str, Tensor] = field(repr=False)

    @classmethod
    def of(cls, model: LeNet5, x: Tensor) -> Trace:
        """Run ``model`` on ``x`` (N, 1, 32, 32) or larger and keep everything.

        Raises what ``LeNet5.forward`` raises for an input it cannot take.
        """
        after: dict[str, Tensor] = {}
        before: dict[str, Tensor] = {}
        for layer, sums, values in model.steps(x):
            after[layer.key] = values
            if layer.squashed:
                before[layer.key] = sums
        after["output"] = penalties_of(after["output"])
        return cls(input=x, before=before, **after)

    def __getitem__(self, key: str) -> Tensor:
        """The activations of a layer by its key, ``trace["c3"]``; KeyError for no such layer."""
        if key not in BY_KEY:
            raise KeyError(f"no layer {key!r}; the layers are {', '.join(BY_KEY)}")
        return getattr(self, key)
