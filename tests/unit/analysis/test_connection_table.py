"""Tables other than Table I: how they are counted, drawn at random, and written down."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lenet.analysis import connection_table as tables

ANY_TABLE = arrays.arrays(bool, (6, 16))


def test_table_i_is_grouped_as_the_paper_groups_it() -> None:
    found = [(len(group.columns), group.reads, group.contiguous) for group in tables.groups()]
    assert found == [(6, 3, True), (6, 4, True), (3, 4, False), (1, 6, True)]
    assert [column for group in tables.groups() for column in group.columns] == list(range(16))


def test_the_groups_name_what_their_maps_read() -> None:
    titles = [group.title for group in tables.groups()]
    assert titles == ["3 neighbours", "4 neighbours", "4 not in a row", "all 6"]


def test_counts_of_the_paper_and_of_a_fully_connected_c3() -> None:
    published, full = tables.layer(tables.TABLE_I), tables.layer(tables.full())
    assert (published.kernels, published.parameters, published.connections) == (60, 1516, 151_600)
    assert (full.kernels, full.parameters, full.connections) == (96, 2416, 241_600)


@given(ANY_TABLE)
def test_the_counts_follow_from_the_connections_whatever_the_table(table: np.ndarray) -> None:
    layer = tables.layer(table)
    assert layer.parameters == 25 * table.sum() + 16
    assert layer.connections == 100 * layer.parameters


@given(st.integers(0, 10_000))
def test_a_random_table_has_as_many_connections_and_leaves_no_map_without(seed: int) -> None:
    table = tables.at_random(seed)
    assert table.sum() == 60
    assert table.any(0).all()


def test_another_seed_is_another_table_and_the_same_seed_the_same() -> None:
    assert (tables.at_random(1) == tables.at_random(1)).all()
    assert (tables.at_random(1) != tables.at_random(2)).any()


@given(ANY_TABLE)
def test_a_table_survives_its_way_through_an_address(table: np.ndarray) -> None:
    text = tables.to_text(table)
    found = tables.from_text(text)
    assert found is not None
    assert (found == table).all()
    assert len(text) == 24


@pytest.mark.parametrize("text", ["", "xyz", "ff", "f" * 23, "f" * 26, "-" * 24, "é" * 24])
def test_what_is_no_table_is_none(text: str) -> None:
    assert tables.from_text(text) is None


def test_the_papers_table_cannot_be_changed_by_accident() -> None:
    with pytest.raises(ValueError, match="read-only"):
        tables.TABLE_I[0, 0] = False
