"""F6 of the 5,000 packaged digits, laid flat, and which of them are nearest to a drawing.

The digits are those of ``lenet.packaged_digits``, in its order.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import load as parse

from lenet import mnist
from lenet.analysis import results
from lenet.analysis.mistakes import FOLDER
from lenet.analysis.plane import Plane
from lenet.codes import DIGITS as CODES
from lenet.packaged_digits import COUNT
from lenet.spec import AMPLITUDE

if TYPE_CHECKING:
    from lenet.mnist import Digits
    from lenet.model import Network

F6 = "f6.safetensors"
"""The file in ``FOLDER``; ``python -m lenet report --answers`` writes it."""

LEVELS = 255
"""Steps between the limits of the squashing function, in which the values are written."""

_CHUNK = 500


@dataclass(frozen=True, eq=False)
class PackagedF6:
    """F6 of digits that the network has not trained on.

    Args:
        network: the identity of the weights.
        levels: (n, 84) uint8, the values in steps from -1.7159 to 1.7159.
        map: (n, 2), where near digits lie near one another; it has no unit. None without one.
        trustworthiness: of the map, from 0 to 1: how far its ten nearest are nearest in F6 as well.
    """

    network: str
    levels: np.ndarray
    map: np.ndarray | None = None
    trustworthiness: float = 0.0

    @cached_property
    def values(self) -> np.ndarray:
        """(n, 84) float32."""
        return ((self.levels / LEVELS * 2 - 1) * AMPLITUDE).astype(np.float32)

    @cached_property
    def plane(self) -> Plane:
        """The first two principal components."""
        return Plane.through(self.values)

    @cached_property
    def answers(self) -> np.ndarray:
        """(n,): the class of the nearest code."""
        distances = [((self.values - code) ** 2).sum(1) for code in CODES]
        return np.stack(distances, 1).argmin(1)

    def nearest(self, f6: np.ndarray, count: int) -> np.ndarray:
        """Places of the digits whose F6 is nearest to one (84,), the nearest first."""
        return np.argsort(((self.values - f6) ** 2).sum(1), kind="stable")[:count]


def levels_of(f6: np.ndarray) -> np.ndarray:
    """Values of F6 as they are written."""
    return np.rint((f6 / AMPLITUDE + 1) / 2 * LEVELS).clip(0, LEVELS).astype(np.uint8)


def f6_of(model: Network, digits: Digits) -> np.ndarray:
    """(n, 84) after squashing, exactly."""
    import torch

    from lenet.trace import Trace

    images = torch.from_numpy(digits.images.copy())
    with torch.inference_mode():
        parts = [Trace.of(model, mnist.as_input(part)).f6 for part in images.split(_CHUNK)]
        return torch.cat(parts)[:, :, 0, 0].numpy()


def recorded(folder: Path = FOLDER) -> PackagedF6:
    """What is recorded of the shipped network. Raises DataError."""
    return results.read(folder / F6, _recorded)


def _recorded(content: bytes) -> PackagedF6:
    arrays, facts = parse(content), results.metadata(content)
    levels, flat = arrays["f6"], arrays["map"]
    network, trustworthiness = facts["network"], float(facts["trustworthiness"])
    if (
        levels.dtype != np.uint8
        or levels.shape != (COUNT, CODES.shape[1])
        or flat.dtype != np.float16
        or flat.shape != (COUNT, 2)
        or not np.isfinite(flat).all()
        or not math.isfinite(trustworthiness)
        or not 0 <= trustworthiness <= 1
        or not re.fullmatch(r"[0-9a-f]{64}", network)
    ):
        raise ValueError("it does not hold F6 of each digit")
    return PackagedF6(network, levels, flat.astype(np.float32), trustworthiness)
