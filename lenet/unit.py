"""One unit by its place: named in code, in an address, or by a click.

Pure Python, so that an address can be read before torch has loaded.
"""

from __future__ import annotations

import re
from typing import Any

from lenet.kinds.base import Unit
from lenet.spec import LENET5, Architecture, Layer

_TEXT = re.compile(r"(\w{1,20})\.(\d{1,4})\.(\d{1,4})\.(\d{1,4})", re.ASCII)


def unit(
    layer: str | Layer,
    map: int,
    row: int = 0,
    column: int = 0,
    architecture: Architecture = LENET5,
) -> Unit:
    """A unit by its layer (or the layer's name), map, row and column, counted from zero.

    Raises ValueError if there is no such unit.
    """
    found = architecture.layer(layer) if isinstance(layer, str) else layer
    return Unit(found, map, row, column).check()


def unit_in_the_middle(layer: Layer, map: int = 0) -> Unit:
    """The unit in the middle of a map."""
    return Unit(layer, map, layer.size // 2, layer.size // 2)


def unit_from_text(text: str, architecture: Architecture = LENET5) -> Unit:
    """The unit that ``Unit.key`` writes, ``c3.9.4.7``. Raises ValueError for any other text."""
    parts = _TEXT.fullmatch(text)
    if parts is None:
        raise ValueError(f"{text!r} is not a unit: layer.map.row.column expected")
    key, *place = parts.groups()
    map_, row, column = (int(number) for number in place)
    return unit(key, map_, row, column, architecture)


def unit_from_value(value: object, architecture: Architecture = LENET5) -> Unit:
    """The unit that a component sends: {"layer": "c3", "map": 9, "row": 4, "column": 7}.

    Raises ValueError for anything else, whatever it is.
    """
    if not isinstance(value, dict) or not isinstance(value.get("layer"), str):
        raise ValueError("a layer with a map, a row and a column expected")
    place: list[Any] = [value.get(name) for name in ("map", "row", "column")]
    if not all(type(number) is int for number in place):
        raise ValueError("whole numbers for map, row and column expected")
    map_, row, column = place
    return unit(value["layer"], map_, row, column, architecture)


def unit_as_value(unit: Unit) -> dict[str, str | int]:
    """What ``unit_from_value`` reads."""
    return {"layer": unit.layer.key, "map": unit.map, "row": unit.row, "column": unit.column}
