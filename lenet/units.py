"""Any unit: what it sees, what it feeds, and the complete arithmetic behind its value.

>>> import math, torch
>>> from lenet.model import LeNet5
>>> model, x = LeNet5(), torch.zeros(1, 1, 32, 32)
>>> unit = explain(model, x, "c3", map=9, row=4, column=7)
>>> unit.name, unit.reads                     # the S2 maps that Table I gives it
('C3[9] (4,7)', (0, 3, 4, 5))
>>> unit.patches.shape, unit.kernels.shape    # what it sees of each, and with which kernel
((4, 5, 5), (4, 5, 5))
>>> math.isclose(unit.products.sum() + unit.bias, unit.total, abs_tol=1e-12)
True

The arithmetic is done in float64 on the network's own float32 numbers, so the terms add up to
the value to the last digits printed; PyTorch's float32 value is within about 1e-5 of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from lenet.kinds import KINDS
from lenet.kinds.average_pooling import Mean as Mean
from lenet.kinds.base import Numbers as Numbers
from lenet.kinds.base import Unit as Unit
from lenet.kinds.base import numbers
from lenet.kinds.convolution import WeightedSum as WeightedSum
from lenet.kinds.input import Pixel as Pixel
from lenet.kinds.max_pooling import Largest as Largest
from lenet.kinds.rbf import Distance as Distance
from lenet.kinds.response_normalisation import Normalised as Normalised
from lenet.kinds.softmax import Penalty as Penalty
from lenet.kinds.sub_sampling import SubSampled as SubSampled
from lenet.model import Network
from lenet.spec import LENET5, Architecture, Block, Layer
from lenet.trace import Trace
from lenet.unit import unit as unit
from lenet.unit import unit_from_text as unit_from_text
from lenet.unit import unit_from_value as unit_from_value

Explanation = Pixel | WeightedSum | SubSampled | Mean | Largest | Normalised | Distance | Penalty


@dataclass(frozen=True)
class Field:
    """Units of one layer, the same block in each of some of its maps."""

    layer: Layer
    maps: tuple[int, ...]
    block: Block


@torch.no_grad()
def explain(
    model: Network,
    x: Tensor | Trace,
    layer: str | Layer | Unit,
    map: int = 0,
    row: int = 0,
    column: int = 0,
) -> Explanation:
    """The whole arithmetic of one unit.

    Args:
        model: the network.
        x: one input, (1, 1, 32, 32) float32, or its trace where there is one already.
        layer: a unit; or the layer it is in, by its name ("input", "c1", "s2", "c3", "s4", "c5",
            "f6" or "output" of LeNet-5) or itself, with map, row and column.
        map: the map within the layer, from 0; F6's 84 units are maps, 7 * row + column of the
            picture, and so are the outputs.
        row: row within the map, from 0.
        column: column within the map, from 0.

    Raises:
        ValueError: there is no such unit, or x is not one input of the network's size.
        TypeError: as ``Network.forward``.
    """
    if isinstance(layer, Unit):
        meant = layer.check()
    else:
        meant = unit(layer, map, row, column, model.architecture)
    trace = x if isinstance(x, Trace) else Trace.of(model, x)
    source = model.architecture.input
    expected = (1, source.maps, source.size, source.size)
    if trace.input.shape != expected:
        raise ValueError(
            f"One input of shape {expected} can be explained at a time, "
            f"not {tuple(trace.input.shape)}."
        )
    before = meant.layer.before or meant.layer
    sources: Numbers = numbers(trace[before.key][0])
    tensors = model.sums_of(meant.layer).tensors if meant.layer.before else {}
    penalties = numbers(trace[model.architecture.output.key][0])
    explained = KINDS[meant.layer.kind].explain(meant, tensors, sources, penalties)
    assert isinstance(explained, Explanation)
    return explained


def fields(unit: Unit) -> list[Field]:
    """What a unit sees in every earlier layer, the nearest first and the input last.

    Raises ValueError if its layer has no such unit.
    """
    layer, (map_, row, column) = unit.check().layer, unit.place
    seen: list[Field] = []
    earlier = layer.before
    while earlier is not None:
        seen.append(
            Field(earlier, layer.sees_maps(map_, earlier), layer.sees(row, column, earlier))
        )
        earlier = earlier.before
    return seen


def feeds(unit: Unit, architecture: Architecture = LENET5) -> list[Field]:
    """What a unit, or a pixel, feeds in every later layer, the nearest first.

    Raises ValueError if its layer has no such unit.
    """
    layer, (map_, row, column) = unit.check().layer, unit.place
    order = list(architecture.by_key.values())
    return [
        Field(later, layer.feeds_maps(map_, later), layer.feeds(row, column, later))
        for later in order[order.index(layer) + 1 :]
    ]
