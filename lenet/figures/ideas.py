"""The paper's three ideas at work: local fields, shared weights, sub-sampling."""

from __future__ import annotations

import numpy as np

from lenet import spec
from lenet.catalogue import gettext as _
from lenet.figures.pictures import Sheet, alone, inked, largest, term
from lenet.spec import Block
from lenet.units import WeightedSum


def one_kernel(drawing: np.ndarray, unit: WeightedSum, c1_map: np.ndarray) -> Sheet:
    """A C1 unit: its field on the drawing (32, 32), patch times kernel, and its place in the map.

    ``c1_map`` (28, 28) is what the same kernel makes of the whole drawing.
    """
    field = unit.layer.sees(unit.row, unit.column)
    patch, kernel, products = unit.patches[0], unit.kernels[0], unit.products[0]
    name, place = f"{unit.layer.title}[{unit.map}]", Block(unit.row, unit.column, 1, 1)
    return alone(
        [
            inked(_("input"), drawing, outlines=(field,)),
            term(name, c1_map, spec.AMPLITUDE, sign="→", outlines=(place,)),
        ],
        [
            inked(_("patch"), patch, magnify=3),
            term(_("kernel"), kernel, largest(kernel), magnify=3, sign="×"),
            term(_("products"), products, largest(products), magnify=3, sign="="),
        ],
        cell=8,
        least=4,
    )


def gates(c1_map: np.ndarray, learned: np.ndarray, turned: np.ndarray, map_: int) -> Sheet:
    """A C1 map (28, 28), and S2's map (14, 14) of it as learned and with other parameters."""
    as_learned = _("{map} as learned").format(map=f"S2[{map_}]")
    return alone(
        [
            term(f"C1[{map_}]", c1_map, spec.AMPLITUDE),
            term(as_learned, learned, spec.AMPLITUDE, magnify=2, sign="→"),
            term(_("with the sliders"), turned, spec.AMPLITUDE, magnify=2),
        ],
        cell=7,
        least=4,
    )
