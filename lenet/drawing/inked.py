"""Where the ink of digits is in a picture, told from paper, desk, shadow, frame and ruled lines.

A stroke has paper on both of its sides, the edge of a shadow, a sheet or a frame on one only. A
morphological closing wider than a stroke therefore gives the paper under it, and leaves all such
edges as they are, however they are lit. How wide strokes are, whether they are dark or light, and
how much darker than what else is printed is not known beforehand: every combination is tried on a
reduced picture, and the one whose ink looks most like writing is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

_SEARCHED = 320
"""Pixels of the longer side of the picture that is searched."""

_WIDTHS = (0.75, 0.4, 0.2, 0.1, 0.05)
"""Widths of the closing, in shares of the picture's shorter side."""

_SHARES = (0.25, 0.45, 0.65)
"""Shares of the strongest ink from which a pixel counts as inked."""

_LEAST_CONTRAST = 0.1
"""Of ink to its paper, black on white being 1."""

_LEAST_SCORE = 0.17
"""What looks less like writing is none."""

_TINY = 64
"""Pixels of the longer side up to which a picture is taken for a scan of one character."""

_FILLED = 24
"""Pixels of the longer side up to which the character may fill the picture to its border."""

_PARTS = 25
"""The most parts that are looked at; whatever has more is a texture."""


@dataclass(frozen=True)
class _Part:
    """Connected ink: its number in the labels, its box, and the sum of its strength."""

    label: int
    left: int
    top: int
    right: int
    bottom: int
    mass: float

    @property
    def size(self) -> int:
        return max(self.right - self.left, self.bottom - self.top)


@dataclass(frozen=True)
class _Way:
    """How ink is told from paper: darker or lighter, by a closing of a width in pixels."""

    light: bool
    width: int
    """0: the paper is the same everywhere, as in the scan of one character."""

    continued: bool
    """Whether the picture goes on beyond its border as it ends there; else nothing is there."""


@dataclass(frozen=True)
class _Writing:
    """What one way finds: the parts of each digit among the labels, and how likely it is one."""

    way: _Way
    labels: np.ndarray
    digits: list[list[_Part]]
    line_width: float
    score: float


def coverages(grey: np.ndarray) -> list[np.ndarray]:
    """Of each digit in a picture the coverage by ink, (h, w) from 0 (paper) to 1 (full ink).

    ``grey`` is (h, w) from 0 (black) to 1 (white). Empty where no digit can be told from the
    paper.
    """
    import cv2

    height, width = grey.shape
    scale = min(1.0, _SEARCHED / max(height, width))
    small: np.ndarray = grey.astype(np.float32)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = cv2.resize(small, size, interpolation=cv2.INTER_AREA)
    writings = list(_writings(small))
    best = max(writings, key=lambda writing: writing.score, default=None)
    if best is None or (best.way.width and best.score < _LEAST_SCORE):
        return []
    # Another way that does about as well, and finds more, has not overlooked a broader pen.
    more = [w for w in writings if w.score >= 0.8 * best.score and w.way.light == best.way.light]
    best = max(more, key=lambda writing: (len(writing.digits), writing.score))
    strength, noise = _strength_of(grey, best, scale)
    grow = 2 if max(height, width) <= _TINY else max(2, round(0.5 * best.line_width / scale))
    around = np.ones((2 * grow + 1, 2 * grow + 1), np.uint8)
    found = []
    for parts in best.digits:
        mask = _mask(best.labels, parts)
        if scale < 1:
            mask = cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST)
        ink = np.where(cv2.dilate(mask, around) > 0, strength, 0)
        if not ink.any():
            continue
        # Full ink is what most of a stroke's inside shows, not its one darkest pixel.
        full = float(np.percentile(ink[ink >= ink.max() / 2], 80 if best.way.width else 100))
        floor = min(noise, full / 2) if best.way.width else 0.0
        nearby = (
            _full_nearby(ink, full, best.line_width / scale)
            if best.way.width and best.way.light
            else full
        )
        found.append(np.clip((ink - floor) / (nearby - floor), 0, 1))
    return found


def _full_nearby(ink: np.ndarray, full: float, line_width: float) -> np.ndarray:
    """(h, w): what full ink is hereabouts, for light ink of which a part lies in a shadow."""
    import cv2

    reach = int(line_width) | 1
    ridge = ((ink > 0.7 * cv2.dilate(ink, np.ones((reach, reach)))) & (ink > 0.2 * full)) * 1.0
    spread = 0.7 * line_width + 1
    weight = cv2.GaussianBlur(ridge, (0, 0), spread)
    nearby = cv2.GaussianBlur(ridge * ink, (0, 0), spread) / np.maximum(weight, 1e-6)
    shaded = (weight > 1e-3) & (nearby < 0.8 * full)
    return np.where(shaded, nearby, full).clip(0.25 * full, full)


def _strength_of(grey: np.ndarray, writing: _Writing, scale: float) -> tuple[np.ndarray, float]:
    """The strength of ink in the whole picture, by a closing just wider than the strokes; noise."""
    way = writing.way
    levels = _levels(grey, way.light)
    size = way.width and max(5, int(3.5 * writing.line_width / scale)) | 1
    strength = _strength(levels, _Way(way.light, size, way.continued))
    return strength, _noise(strength, 4)


def _writings(grey: np.ndarray) -> Iterator[_Writing]:
    """What every way of telling ink from paper finds."""
    short, long = sorted(grey.shape)
    for light in (False, True):
        levels = _levels(grey, light)
        if long <= _TINY:
            way = _Way(light, 0, False)
            if long > _FILLED or _paper_is_dark(grey) == light:
                yield from _readings(_strength(levels, way), levels, way)
            if long <= _FILLED or _is_even(_border(levels)):
                continue
        for share in _WIDTHS:
            width = int(share * short) | 1
            for continued in (True, False):
                if width < 3 or (not continued and share < 0.4 and long > _TINY):
                    continue
                way = _Way(light, width, continued)
                yield from _readings(_strength(levels, way), levels, way)


def _levels(grey: np.ndarray, light: bool) -> np.ndarray:
    """(h, w) uint8 in which ink is dark, without the noise of single pixels."""
    import cv2

    levels = (grey.astype(np.float32) * 255).clip(0, 255)
    if max(grey.shape) > 2 * _TINY:
        levels = cv2.GaussianBlur(levels, (0, 0), 0.0022 * max(grey.shape))
    levels = np.rint(levels).astype(np.uint8)
    return 255 - levels if light else levels


def _strength(levels: np.ndarray, way: _Way) -> np.ndarray:
    """(h, w) float32 from 0 (paper) to 1 (ink): how far the levels lie below the paper's."""
    paper: np.ndarray | int
    if way.width:
        paper = _closed(levels, way.width, way.continued)
        off = (paper - levels).astype(np.float32)
    else:
        border = _border(levels)
        paper = int(np.median(border) if _is_even(border) else np.percentile(levels, 95))
        off = (paper - levels.astype(np.float32)).clip(0, None)
    # Ink takes a share of the light that falls on the paper; chalk on a black board adds to it.
    return off / 255 if way.light else off / np.maximum(paper, 38)


def _paper_is_dark(grey: np.ndarray) -> bool:
    """Whether most of the border is nearer to the darkest than to the lightest there is."""
    return float(np.median(_border(grey))) < (float(grey.min()) + float(grey.max())) / 2


def _border(levels: np.ndarray) -> np.ndarray:
    """The levels of the outermost pixels."""
    return np.concatenate([levels[0], levels[-1], levels[:, 0], levels[:, -1]])


def _is_even(border: np.ndarray) -> bool:
    """Whether paper of one level is all round, but for a stroke or two that end there."""
    off = np.abs(border.astype(np.float32) - np.median(border))
    return bool((off <= 8).mean() >= 0.8)


def _closed(levels: np.ndarray, width: int, continued: bool) -> np.ndarray:
    """The closing by a square: what is darker than all around it, and narrower, is filled.

    As ``cv2.morphologyEx`` gives it, whose time grows with the width where this one's does not.
    """
    half = width // 2
    if continued:
        high = _extreme(np.pad(levels, 2 * half, mode="edge"), width, np.maximum)
        return _extreme(high, width, np.minimum)
    high = _extreme(np.pad(levels, half), width, np.maximum)
    return _extreme(np.pad(high, half, constant_values=255), width, np.minimum)


def _extreme(levels: np.ndarray, width: int, of: np.ufunc) -> np.ndarray:
    """The largest or smallest level of each square that fits, by doubling what is compared."""
    for _axis in range(2):
        reach = 1
        while reach < width:
            step = min(reach, width - reach)
            levels = of(levels[:-step], levels[step:])
            reach += step
        levels = levels.T
    return levels


def _noise(strength: np.ndarray, times: float) -> float:
    """What the paper's own unevenness stays below."""
    middle = float(np.median(strength))
    return middle + times * 1.4826 * float(np.median(np.abs(strength - middle)))


def _readings(strength: np.ndarray, levels: np.ndarray, way: _Way) -> Iterator[_Writing]:
    """What is writing, for each share of the strongest ink that counts as inked."""
    import cv2

    noise = _noise(strength, 5) if way.width else 0.0
    inked = strength[strength > max(_LEAST_CONTRAST, noise)]
    if inked.size < 4:
        return
    strongest = float(np.percentile(inked, 98))
    for share in _SHARES if way.width else (0.1,):
        threshold = max(share * strongest, noise, 0.8 * _LEAST_CONTRAST)
        count, labels, boxes, _ = cv2.connectedComponentsWithStats(
            (strength > threshold).astype(np.uint8), connectivity=8
        )
        masses = np.bincount(labels.ravel(), weights=strength.ravel(), minlength=count)
        masses[0] = 0
        heaviest = np.argsort(-masses)[:_PARTS]
        parts = [
            _Part(int(label), int(x), int(y), int(x + w), int(y + h), float(masses[label]))
            for label in heaviest[masses[heaviest] >= 0.02 * masses.max()]
            for x, y, w, h, _area in boxes[label : label + 1]
            if label
        ]
        if parts:
            yield _reading(strength, levels, way, labels, parts, float(masses.sum()))


def _reading(
    strength: np.ndarray,
    levels: np.ndarray,
    way: _Way,
    labels: np.ndarray,
    parts: list[_Part],
    everything: float,
) -> _Writing:
    """The digits among the parts."""
    height, width = strength.shape
    inside = [p for p in parts if p.left and p.top and p.right < width and p.bottom < height]
    heaviest = max(part.mass for part in parts)
    # What enters from outside is a shadow or the table, unless there is nothing else.
    crossing = max((part.mass for part in inside), default=0.0) < 0.15 * heaviest
    digits = _digits(parts if crossing else inside) if way.width else [parts]
    chosen = [part for digit in digits for part in digit]
    quality, line_width = _quality(strength, levels, _mask(labels, chosen), _box(chosen))
    alone = sum(part.mass for part in chosen) / everything
    score = quality * alone**0.7 * (0.55 if crossing else 1) / (1 + 0.15 * (len(digits) - 1))
    return _Writing(way, labels, digits, line_width, score)


def _digits(parts: list[_Part]) -> list[list[_Part]]:
    """The parts that belong together; specks, and what is small beside the largest, left out."""
    main = max(parts, key=lambda part: part.mass)
    digits = [[p] for p in parts if p.mass >= 0.03 * main.mass and p.size >= 0.1 * main.size]
    while joined := next(
        (pair for pair in combinations(digits, 2) if _one_digit(*map(_box, pair))), None
    ):
        one, other = joined
        one += other
        digits.remove(other)
    return [digit for digit in digits if any(part.size >= 0.4 * main.size for part in digit)]


def _one_digit(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Whether two boxes are parts of one digit: near, or a stroke apart above one another."""
    heights = sorted((one[3] - one[1], other[3] - other[1]))
    widths = sorted((one[2] - one[0], other[2] - other[0]))
    across = max(one[0], other[0]) - min(one[2], other[2])
    down = max(one[1], other[1]) - min(one[3], other[3])
    high = heights[1]
    slight = heights[0] < 0.35 * high
    if across <= -0.4 * widths[0]:
        return down < (0.45 if slight else 0.2) * high
    return across < (0.12 if slight else 0.06) * high and down < (0.15 if slight else 0.1) * high


def _box(parts: list[_Part]) -> tuple[int, int, int, int]:
    return (
        min(part.left for part in parts),
        min(part.top for part in parts),
        max(part.right for part in parts),
        max(part.bottom for part in parts),
    )


def _mask(labels: np.ndarray, parts: list[_Part]) -> np.ndarray:
    """(h, w) uint8: 1 where one of the parts is."""
    wanted = np.zeros(int(labels.max()) + 1, np.uint8)
    wanted[[part.label for part in parts]] = 1
    return wanted[labels]


def _quality(
    strength: np.ndarray, levels: np.ndarray, mask: np.ndarray, box: tuple[int, int, int, int]
) -> tuple[float, float]:
    """How much ink looks like writing, 0 to 1, and how wide its lines are in pixels."""
    import cv2

    left, top, right, bottom = box
    size = max(right - left, bottom - top)
    margin = max(3, int(0.12 * size))
    near = np.s_[max(0, top - margin) : bottom + margin, max(0, left - margin) : right + margin]
    large = min(1.0, size / (0.45 * min(mask.shape))) ** 0.5  # of two, the larger is the digit
    mask, strength, levels = mask[near], strength[near], levels[near]
    square = np.ones((3, 3), np.uint8)

    # Lines are about as wide everywhere, and long.
    padded = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    depth = cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1]
    ridge = (mask > 0) & (depth >= cv2.dilate(depth, square) - 1e-3)
    widths = 2 * depth[ridge] - 0.5
    line = max(1.0, float(np.median(widths)))
    even = min(1.0, 1.6 * line / float(np.percentile(widths, 90))) ** 1.5
    long = min(1.0, size / line / 4.5) ** 2

    # Ink is strong inside its outline, and paper is just outside.
    outline = cv2.dilate(mask, square)
    beside = cv2.dilate(outline, square, iterations=round(line / 2) + 1) > outline
    contrast = float(strength[mask > 0].mean())
    around = float(strength[beside].mean()) if beside.any() else 0.0
    clean = max(0.0, 1 - around / contrast) ** 1.5

    # Where as dark as ink is also what is none, the "ink" is the paper between strokes.
    alike = 0.0
    off = cv2.dilate(outline, square) == 0
    if off.any() and beside.any():
        ink, paper = np.median(levels[mask > 0]), np.median(levels[beside])
        alike = float((levels[off] < 0.6 * ink + 0.4 * paper).mean())

    return contrast**0.5 * (1 - alike) ** 2 * even * long * clean * large, line
