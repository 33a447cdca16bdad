"""How S2 becomes C3: every partial map, kernel by kernel, before they are added up.

A feature map of C3 is the sum of one partial map for each S2 map that it reads, plus a bias,
squashed (section II.B, Table I). The partial maps are kept apart here, so that each connection
can be looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch.nn import functional as F

from lenet.model import Network
from lenet.trace import Trace
from lenet.units import Numbers


@dataclass(frozen=True, eq=False)
class PartialMaps:
    """The connections between S2 and C3 at work on one input, in float64.

    ``s2`` (6, 14, 14) and ``c3`` (16, 10, 10) are the squashed maps, ``kernels`` (6, 16, 5, 5)
    has zeros where nothing is connected, ``maps`` (6, 16, 10, 10) holds each S2 map convolved
    with its kernel, and ``bias`` (16,) belongs to the C3 maps. The first two indices are Table
    I's: S2 map, C3 map.
    """

    s2: Numbers
    kernels: Numbers
    maps: Numbers
    bias: Numbers
    c3: Numbers

    @classmethod
    @torch.no_grad()
    def of(cls, model: Network, trace: Trace) -> PartialMaps:
        """Take the trace of one input apart; ``model`` is the network that made it."""
        kernels = model.c3.dense().double()
        s2 = trace.s2[0].double()
        # A group for each S2 map keeps the products of different S2 maps apart.
        apart = F.conv2d(s2[None], kernels.transpose(0, 1).flatten(0, 1)[:, None], groups=len(s2))
        return cls(
            s2=s2.numpy(),
            kernels=kernels.transpose(0, 1).numpy(),
            maps=apart[0].unflatten(0, (kernels.shape[1], kernels.shape[0])).numpy(),
            bias=model.c3.bias.double().numpy(),
            c3=trace.c3[0].double().numpy(),
        )

    @cached_property
    def norms(self) -> Numbers:
        """(6, 16): the kernels' Euclidean lengths, how strong a connection can be."""
        return np.sqrt((self.kernels**2).sum((2, 3)))

    @cached_property
    def contributions(self) -> Numbers:
        """(6, 16): the mean size of each partial map, how strong it is on this input."""
        return np.abs(self.maps).mean((2, 3))

    @cached_property
    def sums(self) -> Numbers:
        """(16, 10, 10): the partial maps added up with the bias, before squashing."""
        return self.maps.sum(0) + self.bias[:, None, None]
