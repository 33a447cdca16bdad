"""A name of a unit is that unit or refused, wherever it comes from."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from lenet import spec
from lenet.kinds.base import Unit
from lenet.unit import unit, unit_as_value, unit_from_text, unit_from_value
from tests.support.second_network import SECOND


@pytest.mark.parametrize("layer", spec.BY_KEY.values(), ids=lambda layer: layer.name)
def test_the_last_unit_of_a_layer_has_a_name_and_the_next_is_refused(layer: spec.Layer) -> None:
    last = layer.size - 1
    found = unit(layer.key, layer.maps - 1, last, last)
    assert found == Unit(layer, layer.maps - 1, last, last)
    assert unit_from_text(found.key) == found
    assert unit_from_value(unit_as_value(found)) == found
    for place in [(layer.maps, 0, 0), (0, layer.size, 0), (0, 0, layer.size), (-1, 0, 0)]:
        with pytest.raises(ValueError, match=f"{layer.name} has"):
            unit(layer, *place)
        with pytest.raises(ValueError, match=r"has|not a unit"):
            unit_from_text(".".join(map(str, (layer.key, *place))))


@pytest.mark.parametrize(
    "text",
    ["", "c3", "c3.9.4", "c3.9.4.7.1", "c9.0.0.0", "c3.-1.4.7", "c3.9.4.7 ",
     "c3.\u0663.4.7", "c3.00009.4.7", "c3.1e1.0.0", "m2.0.0.0"],
)  # fmt: skip
def test_no_other_text_is_a_unit(text: str) -> None:
    with pytest.raises(ValueError, match=r"unit|no layer"):
        unit_from_text(text)


@pytest.mark.parametrize(
    "changed",
    [{"layer": "c9"}, {"layer": None}, {"layer": ["c3"]}, {"map": True}, {"map": 9.0}, {"row": "4"},
     {"column": None}, {"column": 10}],
)  # fmt: skip
def test_no_other_value_is_a_unit(changed: dict[str, Any]) -> None:
    value = {"layer": "c3", "map": 9, "row": 4, "column": 7}
    assert unit_from_value(value).key == "c3.9.4.7"
    with pytest.raises(ValueError, match=r"expected|has|no layer"):
        unit_from_value({**value, **changed})
    others: list[object] = [None, [], "c3.9.4.7", 3]
    for other in others:
        with pytest.raises(ValueError, match="expected"):
            unit_from_value(other)


def test_another_network_has_units_of_its_own() -> None:
    assert unit_from_text("m2.3.13.0", SECOND).layer is SECOND.layer("m2")
    with pytest.raises(ValueError, match="no layer"):
        unit_from_text("s2.0.0.0", SECOND)


def test_names_are_read_without_torch() -> None:
    source = "import sys, lenet.unit; print('torch' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
