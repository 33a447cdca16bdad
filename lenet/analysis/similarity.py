"""How alike the feature maps of a layer are, measured on many digits."""

from __future__ import annotations

import numpy as np
from torch import Tensor

from lenet import spec
from lenet.units import Numbers


def between_maps(layer: Tensor) -> Numbers:
    """(M, M) correlation of the maps of ``layer`` (N, M, rows, columns), unit by unit.

    Two maps have +-1 if one is a multiple of the other plus a constant, and 0 if they are not
    correlated. A map that never changes has 1 with itself and 0 with all others.
    """
    values = layer.transpose(0, 1).flatten(1).double().numpy()
    values = values - values.mean(1, keepdims=True)
    lengths = np.sqrt((values**2).sum(1))
    directions = values / np.where(lengths > 0, lengths, 1)[:, None]
    return np.asarray(directions @ directions.T * (1 - np.eye(len(values))) + np.eye(len(values)))


def by_shared_inputs(similarity: Numbers) -> dict[int, Numbers]:
    """|similarity| of each pair of C3 maps, by the number of S2 maps that both read.

    ``similarity`` is (16, 16); the keys are in rising order.
    """
    found: dict[int, list[float]] = {}
    for one in range(spec.C3.maps):
        for other in range(one):
            shared = len(set(spec.C3_READS[one]) & set(spec.C3_READS[other]))
            found.setdefault(shared, []).append(abs(float(similarity[one, other])))
    return {shared: np.array(found[shared]) for shared in sorted(found)}
