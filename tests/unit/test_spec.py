"""The architecture, against the paper's own numbers and against what PyTorch really connects.

The numbers of the paper are typed here and nowhere else.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lenet import catalogue, spec
from lenet.model import LeNet5
from lenet.spec import Block, Layer, Square
from lenet.units import Unit as AnyUnit
from tests.support.plain_lenet import TABLE_I

PAPER = {  # layer: maps, rows, trainable parameters, connections (section II.B)
    "C1": (6, 28, 156, 122_304),
    "S2": (6, 14, 12, 5_880),
    "C3": (16, 10, 1_516, 151_600),
    "S4": (16, 5, 32, 2_000),
    "C5": (120, 1, 48_120, 48_120),
    "F6": (84, 1, 10_164, 10_164),
    "Output": (10, 1, 0, 840),
}
GEOMETRY = {  # layer: receptive field, jump, centre of unit 0
    "C1": (5, 1, 2),
    "S2": (6, 2, 2.5),
    "C3": (14, 2, 6.5),
    "S4": (16, 4, 7.5),
    "C5": (32, 4, 15.5),
    "F6": (32, 4, 15.5),
    "Output": (32, 4, 15.5),
}


def test_every_layer_has_the_size_and_the_counts_that_the_paper_prints() -> None:
    derived = {
        layer.name: (layer.maps, layer.size, layer.parameters, layer.connections)
        for layer in spec.LAYERS
    }
    assert derived == PAPER


def test_the_network_has_60_000_parameters_and_340_908_connections() -> None:
    assert spec.PARAMETERS == 60_000
    assert spec.CONNECTIONS == 340_908


def test_the_screen_shows_9118_numbers() -> None:
    pixels = 32 * 32
    assert pixels + sum(maps * rows**2 for maps, rows, *_ in PAPER.values()) == 9_118
    assert spec.UNITS == 9_118


def test_each_layer_reads_the_one_before() -> None:
    assert [layer.before for layer in spec.LAYERS] == [spec.INPUT, *spec.LAYERS[:-1]]
    assert [layer.name for layer in spec.SQUASHED] == ["C1", "S2", "C3", "S4", "C5", "F6"]


def test_receptive_fields_jumps_and_centres_are_the_paper_s() -> None:
    derived = {
        layer.name: (layer.receptive_field, layer.jump, layer.centre(0)) for layer in spec.LAYERS
    }
    assert derived == GEOMETRY


def test_c3_fields_are_centred_on_the_middle_20_by_20_pixels() -> None:
    centres = [spec.C3.centre(index) for index in range(spec.C3.size)]
    assert (centres[0], centres[-1]) == (6.5, 24.5)
    assert {after - before for before, after in pairwise(centres)} == {2}


def test_table_i_is_the_printed_one_in_all_three_forms() -> None:
    assert ["".join(map(str, reads)) for reads in spec.C3_READS] == TABLE_I
    for s2, row in enumerate(spec.C3_TABLE):
        for c3, fed in enumerate(row):
            assert fed == (str(s2) in TABLE_I[c3])
            assert fed == (c3 in spec.S2_FEEDS[s2])
            assert fed == (s2 in spec.C3_READS[c3])


def test_table_i_has_60_kernels_and_every_s2_map_feeds_ten_c3_maps() -> None:
    assert spec.C3.kernels == 60
    assert [len(feeds) for feeds in spec.S2_FEEDS] == [10] * 6
    assert list(spec.C3.pairs()) == [
        (c3, int(s2)) for c3, column in enumerate(TABLE_I) for s2 in column
    ]


def test_a_64_pixel_wide_input_gives_nine_outputs() -> None:
    assert [spec.LENET5.outputs(pixels) for pixels in (32, 35, 36, 64)] == [1, 1, 2, 9]


def test_units_are_named_as_everywhere() -> None:
    assert AnyUnit(spec.C3, 9, 4, 7).name == "C3[9] (4,7)"
    assert AnyUnit(spec.C5, 17).name == "C5[17]"


units = st.sampled_from(spec.LAYERS).flatmap(
    lambda layer: st.tuples(
        st.just(layer),
        st.integers(0, layer.maps - 1),
        st.integers(0, layer.size - 1),
        st.integers(0, layer.size - 1),
    )
)
Unit = tuple[Layer, int, int, int]


def gradient_reach(unit: Unit) -> dict[str, torch.Tensor]:
    """Which units of each earlier layer a unit's value depends on: (maps, rows, columns) bool.

    The oracle knows nothing of the specification: it runs the network and asks autograd where
    the gradient is not zero. Weights are drawn positive and signals kept small, so that no
    contribution cancels and no unit saturates.
    """
    layer, map_, row, column = unit
    network = LeNet5().double()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.uniform_(0.01, 0.02)
    pixels = torch.zeros(1, 1, 32, 32, dtype=torch.float64, requires_grad=True)
    values = {"input": pixels}
    for step, _, after in network.steps(pixels):
        values[step.key] = after
        if step.key == layer.key:
            break
    earlier = {key: value for key, value in values.items() if key != layer.key}
    gradients = torch.autograd.grad(values[layer.key][0, map_, row, column], list(earlier.values()))
    return {key: gradient[0] != 0 for key, gradient in zip(earlier, gradients, strict=True)}


def as_mask(layer: Layer, maps: tuple[int, ...], block: Block) -> torch.Tensor:
    mask = torch.zeros(layer.maps, layer.size, layer.size, dtype=torch.bool)
    rows = slice(block.row, block.last_row + 1)
    mask[list(maps), rows, block.column : block.last_column + 1] = True
    return mask


@given(units)
def test_what_a_unit_sees_is_where_its_gradient_is_not_zero(unit: Unit) -> None:
    layer, map_, row, column = unit
    for key, reached in gradient_reach(unit).items():
        earlier = spec.BY_KEY[key]
        seen = as_mask(earlier, layer.sees_maps(map_, earlier), layer.sees(row, column, earlier))
        assert torch.equal(seen, reached), f"{layer.name} in {earlier.name}"


@given(units)
def test_the_field_in_the_input_has_the_stated_side_and_centre(unit: Unit) -> None:
    layer, _, row, column = unit
    field = layer.sees(row, column)
    assert field.side == layer.receptive_field
    assert (field.row + field.last_row) / 2 == layer.centre(row)
    assert (field.column + field.last_column) / 2 == layer.centre(column)


@given(units, st.data())
def test_a_unit_feeds_exactly_the_units_that_see_it(unit: Unit, data: st.DataObject) -> None:
    later, later_map, later_row, later_column = unit
    earlier = data.draw(st.sampled_from([spec.INPUT, *spec.LAYERS[: spec.LAYERS.index(later)]]))
    map_ = data.draw(st.integers(0, earlier.maps - 1))
    index = st.integers(0, earlier.size - 1)
    row, column = data.draw(index), data.draw(index)

    feeds = earlier.feeds(row, column, later).contains(later_row, later_column)
    sees = later.sees(later_row, later_column, earlier).contains(row, column)
    assert feeds == sees
    assert (later_map in earlier.feeds_maps(map_, later)) == (
        map_ in later.sees_maps(later_map, earlier)
    )


def test_a_pixel_in_the_corner_feeds_fewer_units_than_one_in_the_middle() -> None:
    assert spec.INPUT.feeds(0, 31, spec.C1) == Block(0, 27, 1, 1)
    assert spec.INPUT.feeds(16, 16, spec.C1) == Block(12, 12, 5, 5)
    assert spec.INPUT.feeds(16, 16, spec.C5) == Block(0, 0, 1, 1)


def test_geometry_against_the_direction_of_the_network_is_refused() -> None:
    with pytest.raises(ValueError, match="C3 does not come before C1"):
        spec.C1.sees(0, 0, spec.C3)
    with pytest.raises(ValueError, match="C3 does not come before C1"):
        spec.C1.sees_maps(0, spec.C3)
    with pytest.raises(ValueError, match="C1 does not come after C3"):
        spec.C3.feeds(0, 0, spec.C1)
    with pytest.raises(ValueError, match="C1 does not come after C3"):
        spec.C3.feeds_maps(0, spec.C1)


def test_a_square_is_a_block_with_one_side() -> None:
    square = Square(2, 3, 4)
    assert (square.height, square.width, square.side) == (4, 4, 4)
    assert (square.last_row, square.last_column) == (5, 6)
    assert square.contains(5, 6)
    assert not square.contains(6, 6)
    assert not square.contains(5, 2)


def test_only_names_that_are_words_are_other_ones_in_another_language() -> None:
    for language in catalogue.LANGUAGES:
        with catalogue.in_language(language):
            titles = {layer.name: layer.title for layer in spec.LENET5.by_key.values()}
        same = {name for name, title in titles.items() if name == title}
        words = set() if language == catalogue.SOURCE else {"Input", "Output"}
        assert same == set(titles) - words
    assert catalogue.language() == catalogue.SOURCE
