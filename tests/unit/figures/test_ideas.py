"""What the figures of the architecture hold: areas, positions, changes and every weight."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from lenet import spec, units
from lenet.catalogue import number
from lenet.figures import ideas, weights
from lenet.figures.sharing import shared_weights
from lenet.model import LeNet5
from lenet.trace import Trace


def test_areas_are_parameters_and_connections_on_one_scale() -> None:
    areas = {}
    for square in shared_weights().data:
        width, height = (max(side) - min(side) for side in (square.x, square.y))
        assert width == pytest.approx(height)
        areas[square.text] = width * height
    assert len(areas) == 12
    for text, area in areas.items():
        printed = int(text.split(": ")[1].split()[0].replace(",", ""))
        assert area == pytest.approx(printed)
    assert any(text == "C1: 156 parameters" for text in areas)
    assert any(text == "C1: 122,304 connections" for text in areas)


def test_squares_of_different_layers_do_not_overlap() -> None:
    boxes = [
        (min(s.x), max(s.x), min(s.y), max(s.y))
        for s in shared_weights().data
        if "connections" in s.text
    ]
    for i, (left, right, low, high) in enumerate(boxes):
        for other_left, other_right, other_low, other_high in boxes[:i]:
            apart = left >= other_right or other_left >= right
            assert apart or low >= other_high or other_low >= high


def test_a_kernel_is_shown_at_its_place(network: LeNet5, image: torch.Tensor) -> None:
    trace = Trace.of(network, image)
    unit = units.explain(network, trace, "c1", map=2, row=20, column=3)
    assert isinstance(unit, units.WeightedSum)
    c1_map = trace.c1[0, 2].detach().numpy()
    figure = ideas.one_kernel(image[0, 0].numpy(), unit, c1_map)
    hover = {
        name: value
        for heatmap in figure.data
        for name, value in heatmap.customdata.reshape(-1, 2)
        if name
    }
    assert len([name for name in hover if name.startswith("input")]) == 1024
    assert len([name for name in hover if name.startswith("products")]) == 25
    assert float(hover["C1[2] (20,3)"].replace("−", "-")) == pytest.approx(unit.value, abs=1e-4)
    sizes = {(shape.x1 - shape.x0, shape.y1 - shape.y0) for shape in figure.layout.shapes}
    assert {(5, 5), (1, 1)} <= sizes, "field and unit are outlined"


def test_the_ink_of_the_input_is_grey_and_the_map_is_not(
    network: LeNet5, image: torch.Tensor
) -> None:
    trace = Trace.of(network, image)
    unit = units.explain(network, trace, "c1", map=0)
    assert isinstance(unit, units.WeightedSum)
    colours, greys = ideas.one_kernel(
        image[0, 0].numpy(), unit, trace.c1[0, 0].detach().numpy()
    ).data
    assert not (~np.isnan(colours.z) & ~np.isnan(greys.z)).any()
    assert np.nanmin(greys.z) >= -1e-6
    assert np.nanmax(greys.z) <= 1 + 1e-6
    assert (greys.zmin, colours.zmin) == (0, -1)


def test_changes_are_shown_in_percent_for_every_layer() -> None:
    one, two = ideas.changes({1: {"c1": 0.25, "s4": 0.1}, 2: {"c1": 0.5, "s4": 0.2}}).data
    assert (list(one.x), list(one.y)) == (["C1", "S4"], [25, 10])
    assert (one.name, two.name) == ("1 pixel", "2 pixels")
    assert list(two.y) == [50, 20]


def test_each_output_is_a_bar_over_the_pixels_that_it_reads() -> None:
    *line, bars = ideas.positions(pixels=7, kernel=3, stride=2, padding=1, outputs=4).data
    assert [(bar.base[0], bar.x[0]) for bar in line] == [(-1, 1), (0, 7), (7, 1)]
    assert list(bars.base) == [-1, 1, 3, 5]
    assert list(bars.x) == [3, 3, 3, 3]


def test_every_kernel_of_c3_stands_at_its_x(network: LeNet5) -> None:
    kernels = network.c3.dense().detach().numpy()
    (heatmap,) = weights.c3_kernels(kernels).data
    hover = {
        name: (value, text)
        for (name, text), value in zip(
            heatmap.customdata.reshape(-1, 2), heatmap.z.ravel(), strict=True
        )
        if name
    }
    assert len(hover) == 60 * 25
    weight = kernels[9, 3, 2, 4]
    assert hover["S2[3]→C3[9] (2,4)"] == (weight, number(weight, 4))
    assert np.isfinite(heatmap.z).sum() == 60 * 25, "where there is no X there is no kernel"


def test_every_other_weight_is_on_view(network: LeNet5) -> None:
    p = {name: value.numpy() for name, value in network.state_dict().items()}
    (c1,) = weights.c1_kernels(p["c1.weight"][:, 0]).data
    assert np.isfinite(c1.z).sum() == 6 * 25 * 4
    assert np.nanmax(abs(c1.z)) == pytest.approx(1), "all on one scale, that of the largest"
    (c5,) = weights.matrix(p["c5.weight"].reshape(120, -1), "C5 unit", "input").data
    np.testing.assert_array_equal(c5.z, p["c5.weight"].reshape(120, 400))
    (one,) = weights.c5_unit(p["c5.weight"][7]).data
    assert len({name for name in one.customdata[..., 0].ravel() if name}) == 16 * 25
    coefficient, bias = weights.coefficients(p["s4.coefficient"], p["s4.bias"]).data
    np.testing.assert_array_equal(coefficient.y, p["s4.coefficient"])
    np.testing.assert_array_equal(bias.y, p["s4.bias"])


def test_the_gate_figure_has_both_versions_of_a_map() -> None:
    learned, turned = np.full((14, 14), 0.5), np.full((14, 14), -0.25)
    (heatmap,) = ideas.gates(np.zeros((28, 28)), learned, turned, map_=3).data
    assert (heatmap.z == 0.5 / spec.AMPLITUDE).sum() == 28 * 28
    assert (heatmap.z == -0.25 / spec.AMPLITUDE).sum() == 28 * 28
    assert math.isclose(np.nanmax(heatmap.z), 0.5 / spec.AMPLITUDE)
