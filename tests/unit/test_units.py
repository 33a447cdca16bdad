"""Every unit's arithmetic, against the network in plain loops and against PyTorch."""

from __future__ import annotations

import doctest
import re
from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from lenet import codes, spec, units
from lenet.model import LeNet5
from lenet.trace import Trace
from lenet.units import (
    Distance,
    Pixel,
    SubSampled,
    Unit,
    WeightedSum,
    explain,
    feeds,
    fields,
)
from tests.support import plain_lenet

Where = tuple[str, int, int, int]
LAYERS = [spec.INPUT, *spec.LAYERS]


def random_units(count: int, kinds: list[spec.Layer] = LAYERS) -> list[Where]:
    """The same units every time, as many of each layer."""
    draw = np.random.default_rng(1998).integers
    return [
        (layer.key, int(draw(layer.maps)), int(draw(layer.size)), int(draw(layer.size)))
        for layer in (kinds[i % len(kinds)] for i in range(count))
    ]


@pytest.fixture
def oracle(network: LeNet5, image: Tensor) -> dict[str, np.ndarray]:
    """Every layer's maps in float64, by loops that share nothing with the library."""
    parameters = {name: value.detach().numpy() for name, value in network.named_parameters()}
    return plain_lenet.run(parameters, codes.DIGITS, image[0, 0].numpy())


def test_a_hundred_units_of_all_layers_have_the_right_value(
    network: LeNet5, image: Tensor, oracle: dict[str, np.ndarray]
) -> None:
    trace = Trace.of(network, image)
    for key, map_, row, column in random_units(104):
        unit = explain(network, trace, key, map_, row, column)
        by_loops = oracle[key][map_, row, column]
        by_torch = trace[key][0].reshape(oracle[key].shape)[map_, row, column].item()
        tolerance = 1e-5 * (1 + abs(by_loops))
        assert unit.value == pytest.approx(by_loops, abs=tolerance), unit.name
        assert unit.value == pytest.approx(by_torch, abs=tolerance), unit.name


def test_the_terms_of_a_weighted_sum_add_up(
    network: LeNet5, image: Tensor, oracle: dict[str, np.ndarray]
) -> None:
    for where in random_units(40, [spec.C1, spec.C3, spec.C5, spec.F6]):
        unit = explain(network, image, *where)
        assert isinstance(unit, WeightedSum)
        assert unit.layer.before is not None
        earlier = oracle[unit.layer.before.key]
        side = unit.layer.kernel
        assert unit.patches.shape == unit.kernels.shape == (len(unit.reads), side, side)
        added = 0.0
        for place, read in enumerate(unit.reads):
            partial = 0.0
            for i in range(side):
                for j in range(side):
                    seen = earlier[read, unit.row + i, unit.column + j]
                    assert unit.patches[place, i, j] == pytest.approx(seen, abs=1e-5)
                    assert unit.products[place, i, j] == (
                        unit.patches[place, i, j] * unit.kernels[place, i, j]
                    )
                    partial += unit.products[place, i, j]
            assert unit.partial_sums[place] == pytest.approx(partial, abs=1e-12)
            added += partial
        assert unit.sum == pytest.approx(added, abs=1e-12)
        assert unit.total == pytest.approx(added + unit.bias, abs=1e-12)
        before = oracle[f"{unit.layer.key} before"][unit.map, unit.row, unit.column]
        assert unit.total == pytest.approx(before, abs=1e-5)


def test_a_c3_unit_reads_its_column_of_table_i_with_its_own_kernels(
    network: LeNet5, image: Tensor
) -> None:
    kernels = iter(network.c3.weight.detach().numpy())
    for map_, column in enumerate(plain_lenet.TABLE_I):
        unit = explain(network, image, "C3", map_, 4, 7)
        assert isinstance(unit, WeightedSum)
        assert unit.reads == tuple(int(read) for read in column)
        for kernel in unit.kernels:
            np.testing.assert_array_equal(kernel, next(kernels))


def test_the_largest_contributions_come_first(network: LeNet5, image: Tensor) -> None:
    unit = explain(network, image, "f6", 30)
    assert isinstance(unit, WeightedSum)
    ranked = np.abs(unit.partial_sums[unit.largest_first()])
    assert sorted(unit.largest_first()) == list(range(120))
    assert (np.diff(ranked) <= 0).all()
    assert ranked[0] > ranked[-1]


def test_the_terms_of_a_sub_sampling_unit_add_up(
    network: LeNet5, image: Tensor, oracle: dict[str, np.ndarray]
) -> None:
    for key, map_, row, column in random_units(20, [spec.S2, spec.S4]):
        unit = explain(network, image, key, map_, row, column)
        assert isinstance(unit, SubSampled)
        maps = oracle["c1" if key == "s2" else "c3"]
        four = [maps[map_, 2 * row + i, 2 * column + j] for i in (0, 1) for j in (0, 1)]
        assert unit.inputs.flatten().tolist() == pytest.approx(four, abs=1e-5)
        assert unit.sum == pytest.approx(sum(four), abs=1e-5)
        assert unit.coefficient == network.get_parameter(f"{key}.coefficient")[map_].item()
        assert unit.bias == network.get_parameter(f"{key}.bias")[map_].item()
        assert unit.product == unit.coefficient * unit.sum
        assert unit.total == unit.product + unit.bias
        assert unit.total == pytest.approx(oracle[f"{key} before"][map_, row, column], abs=1e-5)


@pytest.mark.parametrize("digit", range(10))
def test_an_output_is_84_squared_differences_and_says_why_not_another_digit(
    network: LeNet5, image: Tensor, oracle: dict[str, np.ndarray], digit: int
) -> None:
    unit = explain(network, image, "output", digit)
    assert isinstance(unit, Distance)
    penalties = oracle["output"][:, 0, 0]
    assert unit.squares.shape == unit.advantage.shape == (12, 7)
    for j in range(84):
        difference = oracle["f6"][j, 0, 0] - codes.DIGITS[digit, j]
        assert unit.squares[j // 7, j % 7] == pytest.approx(difference**2, abs=1e-4)
    assert unit.value == pytest.approx(penalties[digit], rel=1e-5)

    others = [other for other in range(10) if other != digit]
    assert unit.rival == min(others, key=lambda other: penalties[other])
    assert unit.rival_value == pytest.approx(penalties[unit.rival], rel=1e-5)
    assert unit.gap == pytest.approx(penalties[unit.rival] - penalties[digit], abs=1e-3)
    assert unit.advantage.sum() == pytest.approx(unit.gap, abs=1e-12)
    agree = codes.DIGITS[digit] == codes.DIGITS[unit.rival]
    assert (unit.advantage.flatten()[agree] == 0).all()
    assert (unit.advantage.flatten()[~agree] != 0).all()


def test_the_winner_s_rival_is_the_runner_up_and_everyone_else_s_the_winner(
    network: LeNet5, image: Tensor
) -> None:
    ranked = network(image)[0].argsort().tolist()
    for digit in range(10):
        unit = explain(network, image, "output", digit)
        assert isinstance(unit, Distance)
        assert unit.rival == (ranked[1] if digit == ranked[0] else ranked[0])
        assert (unit.gap > 0) == (digit == ranked[0])


@pytest.mark.parametrize(("value", "grey"), [(-0.1, 0), (1.175, 255), (0.4, 100)])
def test_a_pixel_says_which_grey_it_stands_for(network: LeNet5, value: float, grey: float) -> None:
    unit = explain(network, torch.full((1, 1, 32, 32), value), "input", 0, 31, 0)
    assert isinstance(unit, Pixel)
    assert unit.value == pytest.approx(value)
    assert unit.grey == pytest.approx(grey, abs=1e-4)


every_unit = st.sampled_from(LAYERS).flatmap(
    lambda layer: st.tuples(
        st.just(layer),
        st.integers(0, layer.maps - 1),
        st.integers(0, layer.size - 1),
        st.integers(0, layer.size - 1),
    )
)


@given(every_unit)
def test_fields_and_feeds_cover_every_other_layer_once(
    unit: tuple[spec.Layer, int, int, int],
) -> None:
    layer, map_, row, column = unit
    seen = fields(Unit(layer, map_, row, column))
    fed = feeds(Unit(layer, map_, row, column))
    names = [field.layer.name for field in (*reversed(seen), *fed)]
    assert names == [other.name for other in LAYERS if other is not layer]
    for field in seen:
        assert field.block == layer.sees(row, column, field.layer)
        assert field.maps == layer.sees_maps(map_, field.layer)
    for field in fed:
        assert field.block == layer.feeds(row, column, field.layer)
        assert field.maps == layer.feeds_maps(map_, field.layer)


def test_changing_a_pixel_changes_what_it_feeds_and_nothing_else(
    network: LeNet5, image: Tensor
) -> None:
    row, column = 5, 30
    changed = image.clone()
    changed[0, 0, row, column] += 0.5
    before, after = Trace.of(network, image), Trace.of(network, changed)
    for field in feeds(Unit(spec.INPUT, 0, row, column)):
        key, block = field.layer.key, field.block
        expected = torch.zeros(field.layer.maps, field.layer.size, field.layer.size).bool()
        rows = slice(block.row, block.last_row + 1)
        expected[list(field.maps), rows, block.column : block.last_column + 1] = True
        moved = (before[key] != after[key]).reshape(expected.shape)
        assert not (moved & ~expected).any(), field.layer.name
        assert moved.any(), field.layer.name


def test_a_trace_that_exists_already_is_used(network: LeNet5, image: Tensor) -> None:
    with torch.inference_mode():
        trace = Trace.of(network, image)
        for where in random_units(16):
            assert explain(network, trace, *where).value == explain(network, image, *where).value


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda m, x: explain(m, x, "c7", 0), "There is no layer 'c7'; the layers are input, c1"),
        (lambda m, x: explain(m, x, "c3", 16), "C3 has map 0 to 15, not 16"),
        (lambda m, x: explain(m, x, "c3", 0, 10), "C3 has row 0 to 9, not 10"),
        (lambda m, x: explain(m, x, "s2", 0, 0, -1), "S2 has column 0 to 13, not -1"),
        (lambda m, x: explain(m, x, "f6", 0, 1), "F6 has row 0 to 0, not 1"),
        (lambda m, x: fields(Unit(spec.F6, 84)), "F6 has map 0 to 83, not 84"),
        (lambda m, x: feeds(Unit(spec.INPUT, 0, 32)), "Input has row 0 to 31, not 32"),
        (lambda m, x: explain(m, x.repeat(2, 1, 1, 1), "c1", 0), "not (2, 1, 32, 32)"),
        (lambda m, x: explain(m, torch.zeros(1, 1, 32, 64), "c1", 0), "not (1, 1, 32, 64)"),
        (lambda m, x: explain(m, torch.zeros(1, 1, 28, 28), "c1", 0), "not (1, 1, 28, 28)"),
    ],
)
def test_what_does_not_exist_is_refused_in_a_sentence(
    network: LeNet5, image: Tensor, ask: Callable[[LeNet5, Tensor], object], said: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        ask(network, image)


def test_the_example_in_the_documentation_runs() -> None:
    results = doctest.testmod(units)
    assert results.attempted > 0
    assert results.failed == 0
