"""One forward pass with every activation kept, by the name of its layer."""

from __future__ import annotations

from dataclasses import dataclass, field

from torch import Tensor

from lenet.model import Network, penalties_of
from lenet.spec import LENET5, Architecture


@dataclass(frozen=True)
class Trace:
    """The activations of every layer, and the sums before squashing.

    For LeNet-5 and a 32x32 input: ``trace.input`` (N, 1, 32, 32), ``c1`` (N, 6, 28, 28), ``s2``
    (N, 6, 14, 14), ``c3`` (N, 16, 10, 10), ``s4`` (N, 16, 5, 5), ``c5`` (N, 120, 1, 1), ``f6``
    (N, 84, 1, 1), all but the input within +-1.7159; ``output`` (N, 10) penalties >= 0, the
    smallest wins. ``trace["c3"]`` is the same as ``trace.c3``. ``before[key]`` has the same
    shapes for the layers whose values are not their sums. Made in one pass without hooks, so a
    shared model stays untouched; gradients are kept when they are enabled.
    """

    values: dict[str, Tensor] = field(repr=False)
    before: dict[str, Tensor] = field(repr=False)
    architecture: Architecture = LENET5

    @classmethod
    def of(cls, model: Network, x: Tensor) -> Trace:
        """Run ``model`` on ``x`` (N, 1, 32, 32) or larger and keep everything.

        Raises what ``Network.forward`` raises for an input it cannot take.
        """
        values: dict[str, Tensor] = {"input": model.read(x)}
        before: dict[str, Tensor] = {}
        for layer, sums, after in model.steps(x):
            values[layer.key] = after
            if after is not sums:
                before[layer.key] = sums
        output = model.architecture.output.key
        values[output] = penalties_of(values[output])
        return cls(values, before, model.architecture)

    def __getitem__(self, key: str) -> Tensor:
        """The activations of a layer by its key, ``trace["c3"]``; KeyError for no such layer."""
        if key not in self.values:
            raise KeyError(f"no layer {key!r}; the layers are {', '.join(self.values)}")
        return self.values[key]

    def __getattr__(self, key: str) -> Tensor:
        """The activations of a layer, ``trace.c3``."""
        values: dict[str, Tensor] = object.__getattribute__(self, "values")
        if key in values:
            return values[key]
        raise AttributeError(f"no layer {key!r}; the layers are {', '.join(values)}")
