"""What is no digit: scribbles, letters and a blank page, to see what a network makes of them."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from lenet import ink, spec
from lenet.catalogue import gettext as _

_LETTERS = """
A: 60,240 140,40 220,240
A: 90,165 190,165
H: 70,40 70,240
H: 210,40 210,240
H: 70,140 210,140
K: 80,40 80,240
K: 200,40 80,150 210,240
M: 50,240 70,40 140,180 210,40 230,240
W: 40,40 90,240 140,90 190,240 240,40
X: 60,40 220,240
X: 220,40 60,240
"""
"""Strokes as (x, y) on a canvas of 280 by 280; letters that no digit resembles."""


def strokes() -> dict[str, list[list[tuple[float, float]]]]:
    """Name, for a reader -> strokes of the scribbles and letters."""
    drawn: dict[str, list[list[tuple[float, float]]]] = {
        _("zigzag"): [[(20 + 240 * (step % 2), 20 + 12 * step) for step in range(21)]],
        _("spiral"): [
            [
                (140 + 1.2 * t * math.cos(t / 14), 140 + 1.2 * t * math.sin(t / 14))
                for t in range(100)
            ]
        ],
        _("grid"): [
            line
            for at in (60.0, 110.0, 160.0, 210.0)
            for line in ([(at, 40.0), (at, 230.0)], [(40.0, at), (230.0, at)])
        ],
    }
    for line in _LETTERS.strip().splitlines():
        letter, points = line.split(": ")
        stroke = [(float(x), float(y)) for x, y in (point.split(",") for point in points.split())]
        drawn.setdefault(_("letter {letter}").format(letter=letter), []).append(stroke)
    return drawn


def inputs() -> tuple[list[str], Tensor]:
    """The names, and (n, 1, 32, 32) inputs: a blank page, then scribbles and letters."""
    side = spec.INPUT_SIZE
    blank = torch.full((1, spec.INPUT.maps, side, side), spec.BACKGROUND)
    drawn = strokes()
    prepared = [ink.from_strokes(lines) for lines in drawn.values()]
    return [_("blank page"), *drawn], torch.cat([blank, *(x for x in prepared if x is not None)])
