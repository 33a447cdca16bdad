"""The sentences and tables of the receptive fields page; every number in them is computed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lenet import mnist, spec
from lenet.analysis import fields
from lenet.analysis.effective_field import share_in_the_middle
from lenet.analysis.top_activations import Patch
from lenet.drawing.size_normalisation import BOX_SIZE
from lenet.spec import Layer, Square
from lenet.units import Unit

INPUTS = (spec.INPUT_SIZE, mnist.FILES["train"].images.shape[-1])
"""The paper's input, and a digit of MNIST without the margin that makes it one."""


def shares(unit: Unit, field: Square, here: np.ndarray, average: np.ndarray, count: int) -> str:
    """How much of the gradient lies in the middle of the field, and how much of the area."""
    drawn, mean = (share_in_the_middle(values, field) for values in (here, average))
    return _paragraph(
        f"The middle of {unit.name}'s field is {drawn.area:.0%} of its area and holds "
        f"<b>{drawn.mass:.0%}</b> of the gradient on this drawing, <b>{mean.mass:.0%}</b> "
        f"averaged over {count} digits."
    )


def favourites(unit: Unit, most: Sequence[Patch], least: Sequence[Patch], whole: bool) -> str:
    """Between which values the favourites lie."""
    name = f"{unit.layer.name}[{unit.map}], wherever it looks" if whole else unit.name
    return _paragraph(
        f"Above: the samples that give {name} its highest values, "
        f"from {_number(most[0].value)}. Below: the lowest, from {_number(least[0].value)}."
    )


def audience(row: int, column: int) -> dict[str, list[str | int]]:
    """A table: of each layer, how many units see the pixel, and how that number comes about."""
    seen = fields.who_sees(row, column)
    return {
        f"Layers above pixel ({row},{column})": [item.layer.name for item in seen],
        "units that see it": [f"{item.units:,}" for item in seen],
        "maps \u00d7 units of each": [f"{item.maps} \u00d7 {item.per_map}" for item in seen],
        "of all": [f"{item.layer.units:,}" for item in seen],
    }


def growth() -> dict[str, list[str | int]]:
    """The recursion that gives the sides, as a table."""
    steps = fields.growth()
    return {
        "layer": [step.layer.name for step in steps],
        "field = before + (kernel \u2212 1) \u00d7 step before": [
            f"{step.side_before} + ({step.layer.kernel} \u2212 1) \u00d7 {step.jump_before}"
            f" = {step.side}"
            for step in steps
        ],
        "step = before \u00d7 stride": [
            f"{step.jump_before} \u00d7 {step.layer.stride} = {step.jump}" for step in steps
        ],
    }


def sides() -> str:
    """The fields' sides in a sentence."""
    listed = ", ".join(f"{step.layer.name} {step.side}" for step in fields.growth())
    return f"Squares in squares: the side of a unit's field in pixels, {listed}"


def why_so_large() -> str:
    """The question that the centres answer."""
    return (
        f"Why {spec.INPUT_SIZE}\u00d7{spec.INPUT_SIZE}, when a digit is "
        f"{BOX_SIZE}\u00d7{BOX_SIZE}? Look where the fields' centres lie."
    )


def centres(layer: Layer, pixels: int) -> str:
    """What the centres fill, and whether that is what a digit may fill."""
    first, last = fields.span(layer, pixels)
    start, end = fields.box(pixels)
    filled = f"{last - first:g}\u00d7{last - first:g}"
    ink = f"{end - start:g}\u00d7{end - start:g}"
    if first <= start and end <= last:
        verdict = (
            f"Every place in the {ink} box of a digit can be the centre of a field, so ends and "
            "corners of strokes can lie in the middle of what detects them."
        )
    else:
        verdict = (
            f"That is less than the {ink} box of a digit: what lies near its edge is never in "
            f"the middle of a field of {layer.name}."
        )
    return _paragraph(
        f"On {pixels}\u00d7{pixels} pixels the centres of {layer.name} fill {filled}. {verdict}"
    )


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "\u2212")


def _paragraph(text: str) -> str:
    return f'<p style="margin: 0; font-variant-numeric: tabular-nums">{text}</p>'
