"""What is no digit: something to put into the "rubbish" class of eq. 9.

Section II.C of the paper gives that class a constant penalty and no examples. Examples are cheap:
letters and signs (``glyphs.txt``, ``non_digit_styles.txt``), scribbles, several digits at once,
digits lying on their side, filled shapes and textures.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F

from lenet.training import glyphs, synthetic
from lenet.training.strokes import SIDE, Segments, grey_levels, render

_ROTATED = (2, 3, 4)
"""Digits that are none when they lie on their side; others can still look like one."""

_ROUND = 60
"""Positions along an arc."""

_PAIRS = 60
"""Pairs of styles that are drawn side by side."""

Maker = Callable[[int, Tensor, Tensor, float, torch.Generator], Tensor]


def draw(
    count: int, images: Tensor, labels: Tensor, radius: float, generator: torch.Generator
) -> Tensor:
    """About ``count`` images of no digit, (N, 28, 28) uint8 grey levels, ink 255.

    Args:
        count: how many, spread over the kinds as ``KINDS`` says.
        images: (n, 28, 28) uint8 digits to make some of them from.
        labels: (n,) int64, their digits.
        radius: half the pen's width in pixels.
        generator: the source of all chance.
    """
    made = [
        kind(math.ceil(count * share), images, labels, radius, generator)
        for kind, share in KINDS.items()
    ]
    return torch.cat(made)


def characters(
    count: int, images: Tensor, labels: Tensor, radius: float, generator: torch.Generator
) -> Tensor:
    """Letters and signs of the vector fonts, each bent by a hand."""
    found = glyphs.read_glyphs()
    each = math.ceil(count / len(found))
    drawn = []
    for glyph in found:
        hand = synthetic.hand(each, generator)
        strokes = []
        for line in glyph:
            place = 0.025 * torch.randn((each, 1, 2), generator=generator)
            strokes.append(hand(line + place))
        drawn.append(render(Segments.of_curves(strokes), radius))
    return grey_levels(torch.cat(drawn))


def styles(
    count: int, images: Tensor, labels: Tensor, radius: float, generator: torch.Generator
) -> Tensor:
    """Letters, signs and drawings in the ways people draw them."""
    known = synthetic.read_styles("non_digit_styles.txt")
    return synthetic.draw(known, count, radius, generator)[0]


def scribbles(
    count: int, images: Tensor, labels: Tensor, radius: float, generator: torch.Generator
) -> Tensor:
    """A stroke through six to twenty random positions, in curves or with corners."""
    drawn = []
    for corners in range(6, 21):
        for curved in (False, True):
            number = math.ceil(count / 30)
            points = torch.rand((number, corners, 2), generator=generator)
            curve = synthetic.smooth(points) if curved else synthetic.straight(points)
            drawn.append(render(Segments.of_curves([curve]), radius))
    return grey_levels(torch.cat(drawn))


def compositions(
    count: int, images: Tensor, labels: Tensor, radius: float, generator: torch.Generator
) -> Tensor:
    """Four to eight lines, arcs and rings at random places: objects, and what looks like some."""
    random = _uniform(generator)
    drawn = []
    for parts in range(4, 9):
        for lines in range(1, parts):
            number = math.ceil(count / 25)
            curves = [synthetic.straight(random(number, 2, 2)) for _ in range(lines)]
            for _ in range(parts - lines):
                sweep = math.tau * (0.25 + random(number, 1)).clamp_max(1)  # a quarter are rings
                angle = math.tau * random(number, 1) + sweep * torch.linspace(0, 1, _ROUND)
                circle = torch.stack([angle.cos(), angle.sin()], 2)
                size = 0.06 + 0.4 * random(number, 1, 1) ** 2 * (1 + 0.3 * random(number, 1, 2))
                curves.append(random(number, 1, 2) + size * circle)
            drawn.append(render(Segments.of_curves(curves), radius))
    return grey_levels(torch.cat(drawn))


def outlines(
    count: int, images: Tensor, labels: Tensor, radius: float, generator: torch.Generator
) -> Tensor:
    """Closed lines with three to seven bulges or corners too deep for a 0, half with a stalk."""
    random = _uniform(generator)
    drawn = []
    for bulges in range(3, 8):
        for line in (synthetic.smooth, synthetic.straight):
            for stalk in (False, True):
                number, corners = math.ceil(count / 20), 2 * bulges
                angle = torch.linspace(0, math.tau, corners + 1) + math.tau * random(number, 1)
                inner = (0.4 + 0.35 * random(number, 1)) * (0.7 + 0.6 * random(number, 1))
                distance = 1 - inner * (torch.arange(corners + 1) % 2)  # out and in by turns
                distance = distance * (0.85 + 0.3 * random(number, corners + 1))
                distance[:, -1] = distance[:, 0]
                width = 0.7 + 0.3 * random(number, 1)
                points = torch.stack([width * distance * angle.cos(), distance * angle.sin()], 2)
                curves = [line(points)]
                if stalk:
                    bulge = points[:, :1]
                    ends = torch.cat([bulge, bulge * (0.1 + 2 * random(number, 1, 1))], 1)
                    curves.append(synthetic.straight(ends))
                drawn.append(render(Segments.of_curves(curves), radius))
    return grey_levels(torch.cat(drawn))


def lattices(
    count: int, images: Tensor, labels: Tensor, radius: float, generator: torch.Generator
) -> Tensor:
    """Two to four parallel lines, crossed by up to three: ruled and squared paper, fences."""
    random = _uniform(generator)
    drawn = []
    for along in range(2, 5):
        for across in range(4):
            number = math.ceil(count / 12)
            turn = math.pi * random(number, 1) * (random(number, 1) < 0.5).float()
            turn = turn + math.pi / 2 * (random(number, 1) < 0.5).float()
            curves = []
            for lines, direction in ((along, turn), (across, turn + math.pi / 2)):
                for line in range(lines):
                    off = (line + 0.5 + 0.3 * (random(number, 1) - 0.5)) / lines - 0.5
                    ends = torch.tensor([-0.5, 0.5]) * (1 + 0.3 * random(number, 2))
                    x = ends * direction.cos() - off * direction.sin()
                    y = ends * direction.sin() + off * direction.cos()
                    curves.append(synthetic.straight(torch.stack([x, y], 2)))
            drawn.append(render(Segments.of_curves(curves), radius))
    return grey_levels(torch.cat(drawn))


def pairs(
    count: int, images: Tensor, labels: Tensor, radius: float, generator: torch.Generator
) -> Tensor:
    """Two digits side by side, reduced until both fit the box of one; half of them by pen."""
    half = count // 2
    left, right = _chosen(images, half, generator), _chosen(images, half, generator)
    both = torch.cat([left[:, :, 3:25], right[:, :, 3:25]], 2)  # 28 rows, 44 columns
    reduced = F.interpolate(both[:, None].float(), (16, 26), mode="area")[:, 0]
    paper = torch.zeros(half, SIDE, SIDE)
    paper[:, 6:22, 1:27] = reduced
    brightest = paper.amax((1, 2), keepdim=True).clamp_min(1)
    drawn = [paper / brightest]
    known, number = synthetic.read_styles(), math.ceil((count - half) / _PAIRS)
    for _ in range(_PAIRS):
        one, other = (known[int(i)] for i in torch.randint(len(known), (2,), generator=generator))
        gap = 0.75 + 0.4 * torch.rand((number, 1, 1), generator=generator)
        moved = [
            curve + gap * torch.tensor([1.0, 0.0])
            for curve in synthetic.curves(other, number, generator)
        ]
        strokes = [*synthetic.curves(one, number, generator), *moved]
        drawn.append(render(Segments.of_curves(strokes), radius))
    return grey_levels(torch.cat(drawn))


def overlays(
    count: int, images: Tensor, labels: Tensor, radius: float, generator: torch.Generator
) -> Tensor:
    """Two different digits, neither of them a 1, one over the other."""
    usable = torch.nonzero(labels != 1)[:, 0]
    one = usable[torch.randint(len(usable), (3 * count,), generator=generator)]
    other = usable[torch.randint(len(usable), (3 * count,), generator=generator)]
    different = labels[one] != labels[other]
    one, other = one[different][:count], other[different][:count]
    return torch.maximum(images[one], images[other])


def lying(
    count: int, images: Tensor, labels: Tensor, radius: float, generator: torch.Generator
) -> Tensor:
    """Digits turned by a quarter, to the left or to the right."""
    usable = torch.nonzero(torch.isin(labels, torch.tensor(_ROTATED)))[:, 0]
    some = images[usable[torch.randint(len(usable), (count,), generator=generator)]]
    half = count // 2
    return torch.cat([some[:half].rot90(1, (1, 2)), some[half:].rot90(-1, (1, 2))])


def surfaces(
    count: int, images: Tensor, labels: Tensor, radius: float, generator: torch.Generator
) -> Tensor:
    """Discs, blocks, stripes and noise, softened to different degrees."""
    random = _uniform(generator)
    row, column = torch.arange(SIDE)[:, None] - 13.5, torch.arange(SIDE)[None] - 13.5
    quarter = math.ceil(count / 4)
    width = 4 + 7 * random(quarter, 1, 1)
    height = width * (0.3 + 0.9 * random(quarter, 1, 1))  # a narrow block would be a thick 1
    disc = ((column / width) ** 2 + (row / height) ** 2 < 1).float()
    block = ((column.abs() < width) & (row.abs() < height)).float()
    angle, pitch = math.pi * random(quarter, 1, 1), 0.5 + 1.5 * random(quarter, 1, 1)
    stripes = ((column * angle.cos() + row * angle.sin()) * pitch).sin().clamp_min(0)
    coarse = random(quarter, 1, 7, 7)
    noise = F.interpolate(coarse, (SIDE, SIDE), mode="bilinear", align_corners=False)[:, 0]
    noise = ((noise + 0.5 * random(quarter, SIDE, SIDE)) - 0.3).clamp(0, 1)
    return grey_levels(torch.cat([disc, block, stripes, noise]))[:count]


KINDS: dict[Maker, float] = {
    characters: 0.31,
    styles: 0.28,
    compositions: 0.12,
    outlines: 0.05,
    lattices: 0.03,
    scribbles: 0.05,
    pairs: 0.05,
    overlays: 0.03,
    lying: 0.04,
    surfaces: 0.04,
}
"""What makes each kind, and its share."""


def _uniform(generator: torch.Generator) -> Callable[..., Tensor]:
    """A function that makes a tensor of a shape, evenly spread from 0 to 1."""

    def random(*shape: int) -> Tensor:
        return torch.rand(shape, generator=generator)

    return random


def _chosen(images: Tensor, count: int, generator: torch.Generator) -> Tensor:
    return images[torch.randint(len(images), (count,), generator=generator)]
