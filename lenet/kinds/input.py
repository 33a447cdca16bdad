"""The input: pixels, coded linearly from paper to ink (section II.B)."""

from __future__ import annotations

from dataclasses import dataclass

from lenet.kinds.base import Kind, Numbers, Tensors, Unit

BACKGROUND, INK = -0.1, 1.175
"""Input value of white paper and of full ink; grey levels are linear in between (II.B)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Pixel(Unit):
    """A unit of the input: its value and the grey level it stands for, 0 paper to 255 ink."""

    value: float

    @property
    def grey(self) -> float:
        return 255 * (self.value - BACKGROUND) / (INK - BACKGROUND)


class Input(Kind):
    """Nothing is computed here; ``sources`` of ``explain`` are the input's own pixels."""

    def explain(self, unit: Unit, tensors: Tensors, sources: Numbers, output: Numbers) -> Pixel:
        return Pixel(unit.layer, *unit.place, value=float(sources[unit.place]))
