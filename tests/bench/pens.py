"""How many pen-drawn digits the shipped weights read, as drawn, small, large and in corners.

The digits are those of ``tests/support/pens.py``, prepared by ``lenet.ink``. Prints one JSON
object, in percent.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import torch

import lenet
from lenet import ink
from tests.support import pens

FRACTIONS = (0.3, 0.5, 0.7, 0.9)
CORNERS = {"top left": (0, 0), "top right": (1, 0), "bottom left": (0, 1), "bottom right": (1, 1)}
PENS = (8, 14, 20, 28, 36)


def right(model: lenet.LeNet5, drawn: Sequence[pens.Drawing], pen: int = 20) -> torch.Tensor:
    """(n,) bool: whether each drawing's nearest code is that of its digit."""
    size = (pens.CANVAS, pens.CANVAS)
    inputs = [ink.from_strokes(drawing.strokes, size, pen) for drawing in drawn]
    prepared = torch.cat([x for x in inputs if x is not None])
    with torch.inference_mode():
        answers = model(prepared).argmin(1)
    return answers == torch.tensor([drawing.digit for drawing in drawn])


def percent(correct: torch.Tensor) -> float:
    return round(100 * correct.float().mean().item(), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=160)
    parser.add_argument("--checkpoint", type=Path, help="other weights than the shipped ones")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model = lenet.load(arguments.checkpoint)
    drawn = pens.drawings(arguments.writers)
    correct = right(model, drawn)
    digits = torch.tensor([drawing.digit for drawing in drawn])
    print(
        json.dumps(
            {
                "measure": "pen-drawn digits read right, percent",
                "drawings": len(drawn),
                "as drawn": percent(correct),
                "per digit": {str(d): percent(correct[digits == d]) for d in range(10)},
                "at a size": {
                    f"{fraction:.0%}": percent(right(model, [d.resized(fraction) for d in drawn]))
                    for fraction in FRACTIONS
                },
                "in a corner at 30%": {
                    name: percent(right(model, [d.resized(0.3, place) for d in drawn]))
                    for name, place in CORNERS.items()
                },
                "per pen": {str(pen): percent(right(model, drawn, pen)) for pen in PENS},
            }
        )
    )


if __name__ == "__main__":
    main()
