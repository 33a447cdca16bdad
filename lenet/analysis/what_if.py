"""The network with another connection table between S2 and C3; the original stays as it is.

A connection that Table I has keeps the kernel it learned; one that is switched off is gone. A
connection that Table I does not have was never trained, so it gets a kernel as training would
have started it: uniform within +-1/sqrt(fan-in) of the new table, always the same for a pair.
"""

from __future__ import annotations

import torch

from lenet import spec
from lenet.analysis.connection_table import TABLE_I, Table
from lenet.model import Network

_SEED = 1998


@torch.no_grad()
def with_table(model: Network, table: Table) -> Network:
    """A network with the weights of ``model``, whose C3 is connected as ``table`` (6, 16) says.

    Raises ValueError for a table of another shape.
    """
    if table.shape != TABLE_I.shape:
        raise ValueError(f"A table has shape {TABLE_I.shape}, not {table.shape}.")
    reads = tuple(tuple(map(int, column.nonzero()[0])) for column in table.T)
    changed = Network(model.architecture.changed("what-if", spec.C3.key, reads=reads))
    weights = model.state_dict()
    connected = torch.from_numpy(table.T.copy())[:, :, None, None]
    learned = torch.from_numpy(TABLE_I.T.copy())[:, :, None, None]
    kernels = torch.where(learned, model.sums_of(spec.C3).dense(), _untrained(connected))
    stored = changed.sums_of(changed.architecture.layer(spec.C3.key)).weight
    weights["c3.weight"] = kernels[connected[:, :, 0, 0]].reshape(stored.shape)
    changed.load_state_dict(weights)
    return changed.eval().requires_grad_(False)


def _untrained(connected: torch.Tensor) -> torch.Tensor:
    """(16, 6, 5, 5) kernels as ``Network.initialise`` draws them for so many inputs."""
    shape = (spec.C3.maps, spec.S2.maps, spec.C3.kernel, spec.C3.kernel)
    generator = torch.Generator().manual_seed(_SEED)
    drawn = torch.empty(shape).uniform_(-1, 1, generator=generator)
    fan_in = connected.sum(1, keepdim=True).clamp(min=1) * spec.C3.kernel**2
    return drawn / fan_in.sqrt()
