"""A unit's arithmetic as a few lines of plain PyTorch, with its numbers in them.

>>> import torch
>>> from lenet.model import LeNet5
>>> from lenet.units import explain
>>> text = snippet(explain(LeNet5(), torch.zeros(1, 1, 32, 32), "s2", map=3, row=4, column=7))
>>> print(text.splitlines()[0])
# S2[3] (4,7) of LeNet-5 (1998)

The text runs by itself, without this library, and prints the unit's value.
"""

from __future__ import annotations

import textwrap

import numpy as np

from lenet import spec
from lenet.units import Distance, Explanation, Numbers, Pixel, SubSampled, WeightedSum

_WIDTH = 100


def snippet(unit: Explanation) -> str:
    """Python source that reproduces ``unit.value``: to float32, the network's own precision."""
    return "\n".join([f"# {unit.name} of LeNet-5 (1998)", *_body(unit)]) + "\n"


def _body(unit: Explanation) -> list[str]:
    squashing = f"value = {spec.AMPLITUDE} * torch.tanh({spec.SLOPE} * total)"
    match unit:
        case Pixel():
            return [
                f"grey = {_shortest(unit.grey)}  # 0 is paper, 255 is ink",
                f"value = {spec.BACKGROUND} + ({spec.INK} - {spec.BACKGROUND}) * grey / 255",
                "print(value)",
            ]
        case WeightedSum():
            return [
                "import torch",
                "",
                f"# {_what_it_reads(unit)}",
                f"patches = {_tensor(unit.patches)}",
                f"kernels = {_tensor(unit.kernels)}",
                f"bias = {_shortest(unit.bias)}",
                "total = (patches * kernels).sum() + bias",
                squashing,
                "print(value.item())",
            ]
        case SubSampled():
            return [
                "import torch",
                "",
                f"inputs = {_tensor(unit.inputs)}",
                f"coefficient, bias = {_shortest(unit.coefficient)}, {_shortest(unit.bias)}",
                "total = coefficient * inputs.sum() + bias",
                squashing,
                "print(value.item())",
            ]
        case Distance():
            return [
                "import torch",
                "",
                f"f6 = {_tensor(unit.f6)}",
                f"code = {_tensor(unit.code)}",
                "value = (f6 - code).square().sum()",
                "print(value.item())",
            ]
    raise ValueError(f"There is no snippet for {unit.layer.kind}.")


def _what_it_reads(unit: WeightedSum) -> str:
    before = unit.layer.before
    assert before is not None, "a layer with weights reads another one"
    maps = "all" if len(unit.reads) == before.maps else ", ".join(map(str, unit.reads))
    field = unit.layer.sees(unit.row, unit.column, before)
    where = (
        f"; rows {field.row} to {field.last_row}, columns {field.column} to {field.last_column}"
        if before.size > 1
        else ""
    )
    return f"{before.name}, maps: {maps}{where}"


def _tensor(numbers: Numbers) -> str:
    """A literal with a picture's row on each line; a stack of single numbers as one list."""
    if numbers.shape[1:] == (1, 1):
        items = ", ".join(map(_shortest, numbers.flat))
        lines = textwrap.wrap(items, _WIDTH - 4, break_on_hyphens=False)
        return "\n    ".join(["torch.tensor([", *lines]) + "\n])"
    return f"torch.tensor({_nested(numbers, indent=0)})"


def _nested(numbers: Numbers, indent: int) -> str:
    if numbers.ndim == 1:
        return f"[{', '.join(map(_shortest, numbers))}]"
    inner = " " * (indent + 4)
    rows = "".join(f"{inner}{_nested(row, indent + 4)},\n" for row in numbers)
    return f"[\n{rows}{' ' * indent}]"


def _shortest(number: float) -> str:
    """The fewest digits that give the same float32."""
    return np.format_float_positional(np.float32(number), unique=True, trim="0")
