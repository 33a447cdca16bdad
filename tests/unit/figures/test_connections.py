"""What the figures of Table I tell a reader who points at every cell."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from lenet.analysis import similarity
from lenet.analysis.partial_maps import PartialMaps
from lenet.analysis.what_if import with_table
from lenet.figures import connections, two_answers
from lenet.figures import similarity as similarity_figures
from lenet.figures.pictures import largest, term
from lenet.model import LeNet5
from lenet.trace import Trace
from tests.support import plain_lenet, told


@pytest.fixture
def partial(network: LeNet5, image: torch.Tensor) -> PartialMaps:
    return PartialMaps.of(network, Trace.of(network, image))


def shown(value: float) -> str:
    return f"{value:.4f}".replace("-", "−")


def test_a_cell_is_shown_with_its_kernel_and_its_partial_map(partial: PartialMaps) -> None:
    cells = told.values(connections.connection(partial, s2=3, c3=9))
    assert cells["3→9 (2,4)"] == {shown(partial.kernels[3, 9, 2, 4])}
    assert cells["partial map (7,1)"] == {shown(partial.maps[3, 9, 7, 1])}
    assert cells["S2[3] (13,0)"] == {shown(partial.s2[3, 13, 0])}
    assert cells["C3[9] (7,1)"] == {shown(partial.c3[9, 7, 1])}


def test_the_terms_of_a_cell_add_up(partial: PartialMaps) -> None:
    cells = told.values(connections.connection(partial, s2=3, c3=9))

    def number(name: str) -> float:
        (text,) = cells[name]
        return float(text.replace("−", "-"))

    terms = number("partial map (4,4)") + number("other terms (4,4)")
    assert terms == pytest.approx(number("sum + bias (4,4)"), abs=2e-4)


@pytest.mark.parametrize("c3", range(16))
def test_a_column_shows_exactly_the_maps_that_table_i_gives_it(
    partial: PartialMaps, c3: int
) -> None:
    titles = {name.partition(" (")[0] for name in told.values(connections.column(partial, c3))}
    assert titles == {f"S2[{s2}]" for s2 in plain_lenet.TABLE_I[c3]} | {"sum + bias", f"C3[{c3}]"}


def test_a_map_that_reads_nothing_is_its_bias(network: LeNet5, image: torch.Tensor) -> None:
    alone = with_table(network, np.zeros((6, 16), bool))
    partial = PartialMaps.of(alone, Trace.of(alone, image))
    cells = told.values(connections.column(partial, 4))
    assert cells["sum + bias (3,3)"] == {shown(float(network.c3.bias[4]))}
    assert not any(name.startswith("S2") for name in cells)


@pytest.mark.parametrize("s2", range(6))
def test_a_row_shows_the_ten_maps_that_an_s2_map_feeds(partial: PartialMaps, s2: int) -> None:
    titles = {name.partition(" (")[0] for name in told.values(connections.row(partial, s2))}
    fed = [c3 for c3, column in enumerate(plain_lenet.TABLE_I) if str(s2) in column]
    assert len(fed) == 10
    expected = {f"{s2}→{c3}" for c3 in fed} | {f"C3[{c3}]" for c3 in fed} | {f"S2[{s2}]"}
    assert titles == expected


def test_a_picture_is_coloured_by_its_own_limit_and_says_so() -> None:
    values = np.array([[1.0, -4.0], [0.0, 2.0]])
    picture = term("one", values, largest(values), magnify=3)
    assert picture.limits == (-4.0, 4.0)
    assert (picture.title, picture.note) == ("one", "±4.00")


def test_both_answers_have_their_ten_distances_and_their_digit() -> None:
    published, changed = np.arange(10.0) + 1, 10 - np.arange(10.0)
    figure = two_answers.distances(published, changed, (0, 9), 40.0)
    before, after = figure.data
    (line,) = figure.layout.shapes
    assert line.x0 == line.x1 == 40
    np.testing.assert_array_equal(before.x, published)
    np.testing.assert_array_equal(after.x, changed)
    assert (before.name, after.name) == ("as published: 0", "changed: 9")


def test_where_a_network_recognises_nothing_no_bar_stands_out() -> None:
    distances = np.arange(10.0) + 30
    figure = two_answers.distances(distances, distances, (3, None), math.inf)
    known, unknown = figure.data
    assert (known.name, unknown.name) == ("as published: 3", "changed: no digit")
    assert known.marker.opacity[3] == max(known.marker.opacity) > unknown.marker.opacity[3]
    assert len(set(unknown.marker.opacity)) == 1
    assert not figure.layout.shapes


def test_every_c3_map_stands_above_its_changed_self() -> None:
    maps = np.random.default_rng(1).normal(size=(2, 16, 10, 10))
    cells = told.values(two_answers.c3_maps(maps[0], maps[1]))
    assert all(cells[f"C3[{c3}] (9,9)"] == {shown(maps[0, c3, 9, 9])} for c3 in range(16))
    assert cells["now (9,9)"] == {shown(maps[1, c3, 9, 9]) for c3 in range(16)}


def test_the_similarity_figures_hold_every_pair() -> None:
    alike = np.random.default_rng(1).uniform(-1, 1, (16, 16))
    (heatmap,) = similarity_figures.between_maps(alike).data
    np.testing.assert_array_equal(heatmap.z, alike)
    groups = similarity.by_shared_inputs(alike)
    figure = similarity_figures.by_shared_inputs(groups)
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    means = [trace for trace in figure.data if trace.mode == "lines"]
    assert sum(len(trace.y) for trace in dots) == 120
    assert [trace.y[0] for trace in means] == [group.mean() for group in groups.values()]
