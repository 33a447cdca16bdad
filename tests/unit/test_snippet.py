"""A copied snippet prints the unit's value when it is run on its own."""

from __future__ import annotations

import contextlib
import doctest
import io
import subprocess
import sys

import pytest
from torch import Tensor

from lenet import snippet as module
from lenet.model import LeNet5
from lenet.snippet import snippet
from lenet.trace import Trace
from lenet.units import explain
from tests.unit.test_units import random_units


def run(source: str) -> float:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source, "snippet", "exec"), {})
    return float(printed.getvalue())


@pytest.mark.parametrize("where", random_units(24), ids=str)
def test_it_reproduces_the_value(
    network: LeNet5, image: Tensor, where: tuple[str, int, int, int]
) -> None:
    unit = explain(network, image, *where)
    source = snippet(unit)
    assert run(source) == pytest.approx(unit.value, abs=1e-5 * (1 + abs(unit.value)))
    by_torch = Trace.of(network, image)[where[0]][0].flatten()
    place = (where[1] * unit.layer.size + where[2]) * unit.layer.size + where[3]
    assert run(source) == pytest.approx(by_torch[place].item(), rel=1e-4, abs=1e-5)
    assert max(map(len, source.splitlines())) <= 100
    assert source.startswith(f"# {unit.name} of LeNet-5")


def test_it_needs_nothing_but_torch(network: LeNet5, image: Tensor) -> None:
    unit = explain(network, image, "c3", 9, 4, 7)
    source = snippet(unit)
    assert "# S2, maps: 0, 3, 4, 5; rows 4 to 8, columns 7 to 11" in source
    ran = subprocess.run(
        [sys.executable, "-I", "-c", source], capture_output=True, text=True, check=True
    )
    assert float(ran.stdout) == pytest.approx(unit.value, abs=1e-5)


def test_the_example_in_the_documentation_runs() -> None:
    results = doctest.testmod(module)
    assert results.attempted > 0
    assert results.failed == 0
