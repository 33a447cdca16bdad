"""What the figures of the architecture hold: areas, positions, changes and every weight."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from lenet import spec, units
from lenet.catalogue import number
from lenet.figures import ideas, weights
from lenet.model import LeNet5
from lenet.spec import Block
from lenet.trace import Trace
from tests.support import plain_lenet, told


def test_a_kernel_is_shown_at_its_place(network: LeNet5, image: torch.Tensor) -> None:
    trace = Trace.of(network, image)
    unit = units.explain(network, trace, "c1", map=2, row=20, column=3)
    assert isinstance(unit, units.WeightedSum)
    c1_map = trace.c1[0, 2].detach().numpy()
    sheet = ideas.one_kernel(image[0, 0].numpy(), unit, c1_map)
    hover = told.values(sheet)
    assert len([name for name in hover if name.startswith("input")]) == 1024
    assert len([name for name in hover if name.startswith("products")]) == 25
    (value,) = hover["C1[2] (20,3)"]
    assert float(value.replace("−", "-")) == pytest.approx(unit.value, abs=1e-4)
    drawing, map_, *_ = sheet.pictures()
    assert drawing.outlines == (spec.C1.sees(20, 3),)
    assert map_.outlines == (Block(20, 3, 1, 1),)


def test_the_ink_of_the_input_is_grey_and_the_map_is_not(
    network: LeNet5, image: torch.Tensor
) -> None:
    trace = Trace.of(network, image)
    unit = units.explain(network, trace, "c1", map=0)
    assert isinstance(unit, units.WeightedSum)
    sheet = ideas.one_kernel(image[0, 0].numpy(), unit, trace.c1[0, 0].detach().numpy())
    found = {picture.title: (picture.colours, picture.limits) for picture in sheet.pictures()}
    paper_to_ink = ("ink", (spec.BACKGROUND, spec.INK))
    assert found["input"] == found["patch"] == paper_to_ink
    assert found["C1[0]"] == ("values", (-spec.AMPLITUDE, spec.AMPLITUDE))


def test_every_kernel_of_c3_stands_at_its_x(network: LeNet5) -> None:
    kernels = network.c3.dense().detach().numpy()
    sheet = weights.c3_kernels(kernels)
    hover = told.values(sheet)
    assert len(hover) == 60 * 25
    assert hover["S2[3]→C3[9] (2,4)"] == {number(kernels[9, 3, 2, 4], 4)}
    for s2, row in enumerate(sheet.rows):
        for c3, stack in enumerate(row):
            assert len(stack) == (str(s2) in plain_lenet.TABLE_I[c3]), "a kernel where an X is"


def test_every_other_weight_is_on_view(network: LeNet5) -> None:
    p = {name: value.numpy() for name, value in network.state_dict().items()}
    c1 = list(weights.c1_kernels(p["c1.weight"][:, 0]).pictures())
    np.testing.assert_array_equal([kernel.values for kernel in c1], p["c1.weight"][:, 0])
    (limits,) = {kernel.limits for kernel in c1}
    assert limits[1] == pytest.approx(abs(p["c1.weight"]).max()), "all on one scale"
    c5 = weights.c5_units(p["c5.weight"])
    together = np.hstack([picture.values for picture in c5.pictures()])
    np.testing.assert_array_equal(together, p["c5.weight"].reshape(120, 400))
    last = list(c5.pictures())[-1]
    weight = number(float(p["c5.weight"][119, 15, 4, 4]), 4)
    assert last.tell(119, 24) == f"C5 unit 119, input from S4 399 = {weight}"
    (f6,) = weights.f6_units(p["f6.weight"].reshape(84, 120)).pictures()
    np.testing.assert_array_equal(f6.values, p["f6.weight"].reshape(84, 120))
    assert len(told.values(weights.c5_unit(p["c5.weight"][7]))) == 16 * 25
    coefficient, bias = weights.coefficients(p["s4.coefficient"], p["s4.bias"]).data
    np.testing.assert_array_equal(coefficient.y, p["s4.coefficient"])
    np.testing.assert_array_equal(bias.y, p["s4.bias"])


def test_the_gate_figure_has_both_versions_of_a_map() -> None:
    learned, turned = np.full((14, 14), 0.5), np.full((14, 14), -0.25)
    c1, as_learned, as_turned = ideas.gates(np.zeros((28, 28)), learned, turned, 3).pictures()
    assert (as_learned.values is learned, as_turned.values is turned) == (True, True)
    assert {p.limits for p in (c1, as_learned, as_turned)} == {(-spec.AMPLITUDE, spec.AMPLITUDE)}
    assert as_learned.magnify * 14 == c1.magnify * 28, "both as large as what they are made of"
