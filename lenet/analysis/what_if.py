"""The network with another connection table between S2 and C3; the original stays as it is.

A connection that Table I has keeps the kernel it learned; one that is switched off is gone. A
connection that Table I does not have was never trained, so it gets a kernel as training would
have started it: uniform within +-1/sqrt(fan-in) of the new table, always the same for a pair.
"""

from __future__ import annotations

import copy

import torch
from torch import nn

from lenet import spec
from lenet.analysis.connection_table import TABLE_I, Table
from lenet.model import LeNet5, TableConvolution

_SEED = 1998


@torch.no_grad()
def with_table(model: LeNet5, table: Table) -> LeNet5:
    """A copy of ``model`` whose C3 is connected as ``table`` (6, 16) says.

    Raises ValueError for a table of another shape.
    """
    if table.shape != TABLE_I.shape:
        raise ValueError(f"A table has shape {TABLE_I.shape}, not {table.shape}.")
    connected = torch.from_numpy(table.T.copy())[:, :, None, None]
    learned = torch.from_numpy(TABLE_I.T.copy())[:, :, None, None]
    kernels = torch.where(learned, model.c3.dense(), _untrained(connected))
    changed = copy.deepcopy(model)
    changed.c3 = _AnyConvolution(kernels * connected, model.c3.bias)
    return changed.eval().requires_grad_(False)


class _AnyConvolution(TableConvolution):
    """C3 with all its pairs stored, whether they are connected or not."""

    def __init__(self, kernels: torch.Tensor, bias: torch.Tensor) -> None:
        nn.Module.__init__(self)
        self.maps, self.maps_before = kernels.shape[:2]
        self.weight = nn.Parameter(kernels)
        self.bias = nn.Parameter(bias.clone())

    def dense(self) -> torch.Tensor:
        """(16, 6, 5, 5), zeros where nothing is connected."""
        return self.weight


def _untrained(connected: torch.Tensor) -> torch.Tensor:
    """(16, 6, 5, 5) kernels as ``LeNet5.initialise`` draws them for so many inputs."""
    shape = (spec.C3.maps, spec.S2.maps, spec.C3.kernel, spec.C3.kernel)
    generator = torch.Generator().manual_seed(_SEED)
    drawn = torch.empty(shape).uniform_(-1, 1, generator=generator)
    fan_in = connected.sum(1, keepdim=True).clamp(min=1) * spec.C3.kernel**2
    return drawn / fan_in.sqrt()
