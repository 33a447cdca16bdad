"""LeNet-5 as published in 1998: the network, what it needs, and what can be asked of it.

Importing this package imports no torch; the names below resolve on first use.

>>> import lenet
>>> model = lenet.load()                    # the shipped weights, eval mode, CPU
>>> x = lenet.ink.from_strokes([[(90, 60), (190, 60), (130, 220)]], size=(280, 280))
>>> int(model(x).argmin())
7
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "LeNet5": "lenet.model",
    "Network": "lenet.model",
    "Trace": "lenet.trace",
    "load": "lenet.checkpoint",
    "predict": "lenet.model",
}
_MODULES = (
    "checkpoint",
    "codes",
    "ink",
    "mnist",
    "model",
    "samples",
    "spec",
    "trace",
    "units",
    "variants",
)

__all__ = [*_HOMES, *_MODULES]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in _MODULES:
        return import_module(f"lenet.{name}")
    raise AttributeError(f"module 'lenet' has no attribute {name!r}")
