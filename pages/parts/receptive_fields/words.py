"""The sentences and tables of the receptive fields page; every number in them is computed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from lenet import mnist, spec
from lenet.analysis import fields
from lenet.analysis.effective_field import share_in_the_middle
from lenet.analysis.top_activations import Patch
from lenet.catalogue import as_list, number, percent
from lenet.catalogue import gettext as _
from lenet.drawing.size_normalisation import BOX_SIZE
from lenet.spec import Layer, Square
from lenet.units import Unit

INPUTS = (spec.INPUT_SIZE, mnist.FILES["train"].images.shape[-1])
"""The paper's input, and a digit of MNIST without the margin that makes it one."""


def shares(unit: Unit, field: Square, here: np.ndarray, average: np.ndarray, count: int) -> str:
    """How much of the gradient lies in the middle of the field, and how much of the area."""
    drawn, mean = (share_in_the_middle(values, field) for values in (here, average))
    return _paragraph(
        _(
            "The middle of {unit}'s field is {area} of its area and holds {here} of the gradient "
            "on this drawing, {average} averaged over {count} digits."
        ).format(
            unit=escape(unit.title),
            area=percent(drawn.area),
            here=f"<b>{percent(drawn.mass)}</b>",
            average=f"<b>{percent(mean.mass)}</b>",
            count=number(count),
        )
    )


def top_activations(
    unit: Unit, most: Sequence[Patch], least: Sequence[Patch], whole_map: bool
) -> str:
    """The highest and the lowest value, of the unit or anywhere in its map."""
    values = {"most": number(most[0].value, 2), "least": number(least[0].value, 2)}
    if whole_map:
        return _paragraph(
            _(
                "Above: the samples that give {map}, wherever it looks, its highest values, "
                "from {most}. Below: the lowest, from {least}."
            ).format(map=escape(map_name(unit)), **values)
        )
    return _paragraph(
        _(
            "Above: the samples that give {unit} its highest values, from {most}. "
            "Below: the lowest, from {least}."
        ).format(unit=escape(unit.title), **values)
    )


def map_name(unit: Unit) -> str:
    """The unit's map, as in ``C3[9]``."""
    return f"{unit.layer.title}[{unit.map}]"


def who_sees(row: int, column: int) -> dict[str, list[str | int]]:
    """A table: of each layer, how many units see the pixel, and how that number comes about."""
    seen = fields.who_sees(row, column)
    return {
        _("Layers above pixel ({row},{column})").format(row=row, column=column): [
            item.layer.title for item in seen
        ],
        _("units that see it"): [number(item.units) for item in seen],
        _("maps \u00d7 units of each"): [
            f"{number(item.maps)} \u00d7 {number(item.per_map)}" for item in seen
        ],
        _("of all"): [number(item.layer.units) for item in seen],
    }


def growth() -> dict[str, list[str | int]]:
    """The recursion that gives the sides, as a table."""
    steps = fields.growth()
    return {
        _("layer"): [step.layer.title for step in steps],
        _("field = before + (kernel \u2212 1) \u00d7 step before"): [
            f"{step.side_before} + ({step.layer.kernel} \u2212 1) \u00d7 {step.jump_before}"
            f" = {step.side}"
            for step in steps
        ],
        _("step = before \u00d7 stride"): [
            f"{step.jump_before} \u00d7 {step.layer.stride} = {step.jump}" for step in steps
        ],
    }


def sides() -> str:
    """The fields' sides in a sentence."""
    listed = as_list(f"{step.layer.title} {step.side}" for step in fields.growth())
    return _("Squares in squares: the side of a unit's field in pixels, {sides}").format(
        sides=listed
    )


def why_so_large() -> str:
    """The question that the centres answer."""
    return _("Why {input}, when a digit is {digit}? Look where the fields' centres lie.").format(
        input=square(spec.INPUT_SIZE), digit=square(BOX_SIZE)
    )


def centres(layer: Layer, pixels: int) -> str:
    """What the centres fill, and whether that is what a digit may fill."""
    first, last = fields.span(layer, pixels)
    start, end = fields.box(pixels)
    if first <= start and end <= last:
        text = _(
            "On {input} pixels the centres of {layer} fill {filled}. Every place in the {box} box "
            "of a digit can be the centre of a field, so ends and corners of strokes can lie in "
            "the middle of what detects them."
        )
    else:
        text = _(
            "On {input} pixels the centres of {layer} fill {filled}. That is less than the {box} "
            "box of a digit: what lies near its edge is never in the middle of a field of {layer}."
        )
    return _paragraph(
        text.format(
            input=square(pixels),
            layer=escape(layer.title),
            filled=square(last - first),
            box=square(end - start),
        )
    )


def square(side: float) -> str:
    """As in ``32\u00d732``."""
    return f"{number(side)}\u00d7{number(side)}"


def _paragraph(text: str) -> str:
    return f'<p style="margin: 0; font-variant-numeric: tabular-nums">{text}</p>'
