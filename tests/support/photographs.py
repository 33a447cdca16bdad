"""Photographs of digits as people take and send them, synthesised, each knowing what it shows.

A digit is drawn with one of many pens on one of many papers, lit, held a little askew, blurred,
noisy and saved as JPEG; that is ``taken``. What befalls such pictures in real life is in ``KINDS``:
the desk beside the sheet, shadows, frames, ruled paper, a crop that cuts ink. For evaluation only:
nothing is tuned on or trained with the same random numbers.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from PIL import Image

from tests.support import pens

Random = np.random.Generator


@dataclass(frozen=True)
class Photograph:
    """``levels`` is (h, w, 3) uint8; ``digits`` are what it shows, from left to right."""

    levels: np.ndarray
    digits: tuple[int, ...]


def of_strokes(
    drawing: pens.Drawing, random: Random, side: int = 360, pen: float | None = None
) -> np.ndarray:
    """(side, side) float32 from 0 to 1: the strokes as a round pen draws them, filling the box.

    ``pen`` is its width as a share of the side.
    """
    points = np.concatenate([np.array(stroke) for stroke in drawing.strokes])
    width = side * (pen or float(np.exp(random.uniform(np.log(0.025), np.log(0.15)))))
    low = points.min(axis=0)
    scale = 4 * (side - width) / np.ptp(points, axis=0).max()
    room = (4 * side - np.ptp(points, axis=0) * scale) / 2
    canvas = np.zeros((4 * side, 4 * side), np.uint8)
    for stroke in drawing.strokes:
        path = np.round((np.array(stroke) - low) * scale + room).astype(np.int32)
        cv2.polylines(canvas, [path[:, None]], False, 255, max(1, round(4 * width)), cv2.LINE_8)
    return cv2.resize(canvas, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def of_scan(image: np.ndarray, side: int = 360) -> np.ndarray:
    """(side, side) float32 from 0 to 1: an MNIST image enlarged, its edges made crisp."""
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    ink = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32) / 255
    ink = np.pad(ink, 1)
    scale = side / max(ink.shape)
    large = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    crisp = np.clip((cv2.GaussianBlur(large, (0, 0), scale / 3) - 0.4) * 6 + 0.5, 0, 1)
    box = np.zeros((side, side), np.float32)
    height, width = (min(side, n) for n in crisp.shape)
    top, left = (side - height) // 2, (side - width) // 2
    box[top : top + height, left : left + width] = crisp[:height, :width]
    return box


INKS = {
    "black": (25, 25, 30),
    "blue": (35, 45, 120),
    "light blue": (60, 90, 190),
    "red": (190, 35, 45),
    "green": (30, 110, 60),
    "pencil": (105, 105, 110),
    "hard pencil": (150, 150, 152),
}


def taken(
    coverages: list[np.ndarray], random: Random, ink: str | None = None, far: bool = False
) -> np.ndarray:
    """(h, w, 3) float32 from 0 to 255: digits side by side on something, under some light."""
    high = int(random.uniform(220, 700))
    fill = random.uniform(0.1, 0.25) if far else random.uniform(0.35, 0.85)
    spread = random.uniform(1.0, 1.6)
    pieces = []
    for coverage in coverages:
        if len(coverages) > 1:
            columns = np.flatnonzero(coverage.any(axis=0))
            coverage = coverage[:, max(0, columns[0] - 4) : columns[-1] + 4]
        pieces.append(
            cv2.resize(
                coverage,
                None,
                fx=high * fill / coverage.shape[0],
                fy=high * fill / coverage.shape[0],
                interpolation=cv2.INTER_AREA,
            )
        )
    gap = int(high * fill * random.uniform(0.12, 0.5))
    total = sum(piece.shape[1] for piece in pieces) + gap * (len(pieces) - 1)
    alone = len(coverages) == 1
    wide = int(high * random.uniform(0.85, 1.3) if alone else total * spread / fill**0.5)
    wide = max(wide, total + 8)
    inked = np.zeros((high, wide), np.float32)
    x = int(random.uniform(0.25, 0.75) * (wide - total))
    for piece in pieces:
        y = int(random.uniform(0.3, 0.7) * (high - piece.shape[0]))
        inked[y : y + piece.shape[0], x : x + piece.shape[1]] = piece
        x += piece.shape[1] + gap
    inked = _askew(inked, random)
    style = random.choice(
        ["paper", "paper", "paper", "paper", "scan", "board", "clean", "clean light"]
    )
    if ink is not None and style in ("board", "clean", "clean light"):
        style = "paper"
    if style == "clean":
        return np.repeat((255 * (1 - inked))[:, :, None], 3, axis=2)
    if style == "clean light":
        return np.repeat((255 * inked)[:, :, None], 3, axis=2)
    if style == "board":
        ground = np.array([1.0, random.uniform(0.95, 1.15), 1.0]) * random.uniform(25, 75)
        colour = np.array([1.0, 1.0, random.uniform(0.8, 1.0)]) * random.uniform(190, 250)
    else:
        warm = random.uniform(0.88, 1.0)
        ground = np.array([1.0, (1 + warm) / 2, warm]) * random.uniform(170, 250)
        names = list(INKS)
        weights = np.array([6, 5, 2, 1, 1, 3, 1.0])
        name = ink or names[random.choice(len(names), p=weights / weights.sum())]
        colour = np.array(INKS[name], float) + random.normal(0, 8, 3)
    picture = ground + (colour - ground) * inked[:, :, None] * random.uniform(0.85, 1)
    picture = picture * _grain(inked.shape, random, 0.015)[:, :, None]
    if style != "scan":
        picture = picture * _light(inked.shape, random)[:, :, None]
        blur = high / 500 * random.uniform(0.3, 2.2)
        picture = cv2.GaussianBlur(picture, (0, 0), blur)
    return picture.astype(np.float32)


def finished(picture: np.ndarray, random: Random) -> np.ndarray:
    """What the camera adds: noise and JPEG. (h, w, 3) uint8."""
    noisy = picture + random.normal(0, random.uniform(0.3, 4.5), picture.shape)
    return _jpeg(noisy, int(random.uniform(60, 95)))


def _jpeg(picture: np.ndarray, quality: int) -> np.ndarray:
    content = io.BytesIO()
    levels = picture.clip(0, 255).round().astype(np.uint8)
    Image.fromarray(levels).save(content, "JPEG", quality=quality)
    return np.asarray(Image.open(content).convert("RGB"))


def _askew(inked: np.ndarray, random: Random) -> np.ndarray:
    height, width = inked.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + random.normal(0, 0.025, (4, 2)) * (width, height)
    turn = np.radians(random.normal(0, 3))
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    middle = np.array([width / 2, height / 2])
    moved = ((moved - middle) @ spin.T * 0.97 + middle).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, moved)
    return cv2.warpPerspective(inked, matrix, (width, height))


def _grain(shape: tuple[int, ...], random: Random, strength: float) -> np.ndarray:
    """Brightness about 1 that varies as paper does: fibres, stains and waves."""
    field = np.zeros(shape, np.float32)
    for fineness in (2, 8, 40):
        coarse = random.normal(0, 1, [max(2, side // fineness + 1) for side in shape])
        field += cv2.resize(coarse.astype(np.float32), shape[::-1], interpolation=cv2.INTER_CUBIC)
    return 1 + strength * random.uniform(0.2, 1) * field / 1.7


def _light(shape: tuple[int, ...], random: Random) -> np.ndarray:
    """Soft light from somewhere: 1 at its brightest."""
    y, x = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    angle = random.uniform(0, 2 * np.pi)
    along = (x * np.cos(angle) + y * np.sin(angle)) / 1.42
    field = 1 - random.uniform(0, 0.35) * (along + 1) / 2 - random.uniform(0, 0.12) * (x**2 + y**2)
    return field.astype(np.float32)


# What happens to pictures. Each takes (h, w, 3) float32 and gives it back altered.


def as_taken(picture: np.ndarray, random: Random) -> np.ndarray:
    return picture


def tight_crop(picture: np.ndarray, random: Random) -> np.ndarray:
    left, top, right, bottom = _inked_box(picture)
    most = max(right - left, bottom - top)
    margin = random.uniform(0.02, 0.12, 4) * most
    return _crop(picture, left - margin[0], top - margin[1], right + margin[2], bottom + margin[3])


def cut(picture: np.ndarray, random: Random) -> np.ndarray:
    """A crop that cuts a sliver of the ink off, on one to three sides."""
    left, top, right, bottom = _inked_box(picture)
    most = max(right - left, bottom - top)
    inset = random.uniform(-0.1, 0.035, 4) * np.array([most] * 4)
    return _crop(picture, left + inset[0], top + inset[1], right - inset[2], bottom - inset[3])


def _crop(picture: np.ndarray, left: float, top: float, right: float, bottom: float) -> np.ndarray:
    height, width = picture.shape[:2]
    return picture[
        max(0, round(top)) : min(height, round(bottom)),
        max(0, round(left)) : min(width, round(right)),
    ]


def _inked_box(picture: np.ndarray) -> tuple[int, int, int, int]:
    """Where the ink is, in a picture whose light is soft: far from the local median."""
    grey = picture.mean(axis=2)
    ground = cv2.GaussianBlur(grey, (0, 0), max(grey.shape) / 2)
    apart = np.abs(grey - np.median(grey)) if np.ptp(ground) < 40 else np.abs(grey - ground)
    strong = cv2.GaussianBlur(apart, (0, 0), 1) > 0.5 * apart.max()
    rows, columns = np.flatnonzero(strong.any(axis=1)), np.flatnonzero(strong.any(axis=0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


def _desk(shape: tuple[int, int], random: Random, like: float) -> np.ndarray:
    """(h, w, 3): a desk's top, plain or with a grain, darker than paper of level ``like``."""
    wood = np.array([1.0, random.uniform(0.6, 1), random.uniform(0.35, 1)])
    level = like * random.uniform(0.12, 0.6) if like > 90 else random.uniform(120, 220)
    desk = np.ones((*shape, 3), np.float32) * wood * level
    kind = random.choice(["plain", "grain", "wood"])
    if kind == "grain":
        desk *= _grain(shape, random, 0.12)[:, :, None]
    if kind == "wood":
        lines: np.ndarray = random.normal(0, 1, (max(2, shape[0] // 5), 4)).astype(np.float32)
        lines = cv2.resize(lines, shape[::-1], interpolation=cv2.INTER_CUBIC)
        if random.random() < 0.5 and shape[0] > 4:
            other = random.normal(0, 1, (4, max(2, shape[1] // 5))).astype(np.float32)
            lines = cv2.resize(other, shape[::-1], interpolation=cv2.INTER_CUBIC)
        desk *= 1 + 0.15 * random.uniform(0.3, 1) * lines[:, :, None]
    return desk


def _sheet_edges(picture: np.ndarray, random: Random, sides: str) -> np.ndarray:
    """The picture as a sheet on a desk that shows at these sides (of l, r, t, b)."""
    height, width = picture.shape[:2]
    margin = {side: int(random.uniform(0.06, 0.35) * min(height, width)) for side in sides}
    left, right, top, bottom = (margin.get(side, 0) for side in "lrtb")
    shape = (height + top + bottom, width + left + right)
    paper = float(np.median(picture))
    desk = _desk(shape, random, paper)
    slope = random.normal(0, 0.03) if random.random() < 0.5 else 0.0
    turn = np.array([[np.cos(slope), -np.sin(slope)], [np.sin(slope), np.cos(slope)]])
    beyond = 0.2 * max(shape)
    mask: np.ndarray = np.zeros(shape, np.float32)
    outline = np.array(
        [
            [left if left else -beyond, top if top else -beyond],
            [shape[1] - right if right else shape[1] + beyond, top if top else -beyond],
            [
                shape[1] - right if right else shape[1] + beyond,
                shape[0] - bottom if bottom else shape[0] + beyond,
            ],
            [left if left else -beyond, shape[0] - bottom if bottom else shape[0] + beyond],
        ]
    )
    middle = np.array([shape[1] / 2, shape[0] / 2])
    outline = (outline - middle) @ turn.T + middle
    cv2.fillPoly(mask, [np.round(outline * 16).astype(np.int32)], 1.0, cv2.LINE_AA, 4)
    if random.random() < 0.3:
        radius = 0.08 * min(height, width)
        mask = np.clip((cv2.GaussianBlur(mask, (0, 0), radius) - 0.5) * 12 + 0.5, 0, 1)
    mask = cv2.GaussianBlur(mask, (0, 0), min(height, width) / 500 * random.uniform(0.3, 2))
    whole = cv2.copyMakeBorder(picture, top, bottom, left, right, cv2.BORDER_REPLICATE)
    if random.random() < 0.4:  # the sheet's own shadow on the desk
        shade = cv2.GaussianBlur(mask, (0, 0), 0.02 * min(shape))
        desk *= 1 - 0.4 * shade[:, :, None]
    return whole * mask[:, :, None] + desk * (1 - mask[:, :, None])


def desk_on_one_side(picture: np.ndarray, random: Random) -> np.ndarray:
    return _sheet_edges(picture, random, str(random.choice(list("lrtb"))))


def desk_on_two_sides(picture: np.ndarray, random: Random) -> np.ndarray:
    return _sheet_edges(picture, random, str(random.choice(["lt", "lb", "rt", "rb", "lr", "tb"])))


def desk_all_round(picture: np.ndarray, random: Random) -> np.ndarray:
    return _sheet_edges(picture, random, "lrtb")


def several_sheets(picture: np.ndarray, random: Random) -> np.ndarray:
    """Another, empty sheet of another white lies beside or under this one."""
    picture = _sheet_edges(picture, random, str(random.choice(["l", "r", "t", "b", "lt", "rb"])))
    height, width = picture.shape[:2]
    side = random.choice(list("lrtb"))
    width_of = int(random.uniform(0.05, 0.2) * min(height, width))
    strip: Any = {
        "l": np.s_[:, :width_of],
        "r": np.s_[:, -width_of:],
        "t": np.s_[:width_of],
        "b": np.s_[-width_of:],
    }[str(side)]
    picture = picture.copy()
    shape = picture[strip].shape[:2]
    picture[strip] = random.uniform(150, 250) * _grain(shape, random, 0.02)[:, :, None]
    return picture


def _edge(shape: tuple[int, ...], random: Random, through: tuple[float, float]) -> np.ndarray:
    """Signed distance, in shares of the shorter side, from a line at a random angle."""
    height, width = shape[:2]
    y, x = np.mgrid[:height, :width]
    angle = random.uniform(0, 2 * np.pi)
    off = (x - through[0] * width) * np.cos(angle) + (y - through[1] * height) * np.sin(angle)
    return (off / min(height, width)).astype(np.float32)


def _shaded(picture: np.ndarray, share: np.ndarray, strength: float) -> np.ndarray:
    return picture * (1 - strength * share[:, :, None])


def soft_shadow(picture: np.ndarray, random: Random) -> np.ndarray:
    off = _edge(picture.shape, random, (0.5, 0.5))
    return _shaded(picture, 1 / (1 + np.exp(-off * 6)), random.uniform(0.2, 0.5))


def hard_shadow(picture: np.ndarray, random: Random) -> np.ndarray:
    """The shadow of a hand or a phone, its edge through the digit or beside it."""
    off = _edge(picture.shape, random, tuple(random.uniform(0.25, 0.75, 2)))
    width = random.uniform(0.004, 0.06)
    share = np.clip(off / width + 0.5, 0, 1)
    if random.random() < 0.3:  # a finger: both sides have an edge
        share *= np.clip((random.uniform(0.2, 0.5) - off) / width + 0.5, 0, 1)
    return _shaded(picture, share, random.uniform(0.3, 0.6))


def dark_corner(picture: np.ndarray, random: Random) -> np.ndarray:
    height, width = picture.shape[:2]
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    x = x if random.random() < 0.5 else 1 - x
    y = y if random.random() < 0.5 else 1 - y
    off = random.uniform(0.35, 0.75) - x - y * random.uniform(0.6, 1.6)
    return _shaded(
        picture, np.clip(off / random.uniform(0.01, 0.15) + 0.5, 0, 1), random.uniform(0.35, 0.7)
    )


def lamp_spot(picture: np.ndarray, random: Random) -> np.ndarray:
    height, width = picture.shape[:2]
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    centre = random.uniform(0.1, 0.9, 2)
    squared = (x - centre[0]) ** 2 + (y - centre[1]) ** 2
    spot = np.exp(-squared / 2 / random.uniform(0.12, 0.35) ** 2)
    low = random.uniform(0.3, 0.6)
    return picture * (low + (1 - low) * spot[:, :, None]).astype(np.float32)


def _framed(picture: np.ndarray, sides: str, share: float, level: float) -> np.ndarray:
    by = max(2, int(share * min(picture.shape[:2])))
    left, right, top, bottom = (by if side in sides else 0 for side in "lrtb")
    return cv2.copyMakeBorder(
        picture, top, bottom, left, right, cv2.BORDER_CONSTANT, value=(level,) * 3
    )


def white_bars(picture: np.ndarray, random: Random) -> np.ndarray:
    return _framed(picture, str(random.choice(["lr", "tb"])), random.uniform(0.05, 0.4), 255)


def white_margin(picture: np.ndarray, random: Random) -> np.ndarray:
    return _framed(picture, "lrtb", random.uniform(0.03, 0.25), 255)


def black_bars(picture: np.ndarray, random: Random) -> np.ndarray:
    return _framed(picture, str(random.choice(["lr", "tb"])), random.uniform(0.05, 0.4), 0)


def black_frame(picture: np.ndarray, random: Random) -> np.ndarray:
    return _framed(picture, "lrtb", random.uniform(0.004, 0.06), random.uniform(0, 30))


def _ruled(
    picture: np.ndarray, random: Random, strength: float, both: bool, pitch: float
) -> np.ndarray:
    """Printed lines under the writing, their ink multiplied with what is there."""
    height, width = picture.shape[:2]
    step = pitch * min(height, width)
    slope = random.normal(0, 0.012)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    thickness = max(0.8, step * random.uniform(0.02, 0.05))
    rows = np.abs((y + slope * x + random.uniform(0, step)) % step - step / 2)
    inked = np.clip((thickness + 1) / 2 - rows, 0, 1)
    if both:
        columns = np.abs((x - slope * y + random.uniform(0, step)) % step - step / 2)
        inked = np.maximum(inked, np.clip((thickness + 1) / 2 - columns, 0, 1))
    colour = np.array([[1, 0.75, 0.4], [1, 1, 1], [0.5, 1, 1]])[random.integers(3)]
    printed = 1 - strength * inked[:, :, None] * colour
    if np.median(picture) > 100:
        return picture * printed
    return 255 - (255 - picture) * printed


def squared_light(picture: np.ndarray, random: Random) -> np.ndarray:
    return _ruled(picture, random, random.uniform(0.1, 0.25), True, random.uniform(0.08, 0.25))


def squared_mid(picture: np.ndarray, random: Random) -> np.ndarray:
    return _ruled(picture, random, random.uniform(0.25, 0.42), True, random.uniform(0.08, 0.25))


def squared_dark(picture: np.ndarray, random: Random) -> np.ndarray:
    return _ruled(picture, random, random.uniform(0.42, 0.65), True, random.uniform(0.08, 0.25))


def ruled(picture: np.ndarray, random: Random) -> np.ndarray:
    return _ruled(picture, random, random.uniform(0.2, 0.6), False, random.uniform(0.12, 0.5))


def small(picture: np.ndarray, random: Random) -> np.ndarray:
    side = random.uniform(28, 90) / max(picture.shape[:2])
    return cv2.resize(picture, None, fx=side, fy=side, interpolation=cv2.INTER_AREA)


def inverted(picture: np.ndarray, random: Random) -> np.ndarray:
    return 255 - picture


def far_away(picture: np.ndarray, random: Random) -> np.ndarray:
    """Nothing more; the digit is small in it already."""
    return picture


KINDS: dict[str, Callable[[np.ndarray, Random], np.ndarray]] = {
    "as taken": as_taken,
    "tight crop": tight_crop,
    "soft shadow": soft_shadow,
    "light and dark exchanged": inverted,
    "small": small,
    "desk on one side": desk_on_one_side,
    "desk on two sides": desk_on_two_sides,
    "desk on all sides": desk_all_round,
    "several sheets": several_sheets,
    "hard shadow": hard_shadow,
    "dark corner": dark_corner,
    "lamp's spot": lamp_spot,
    "white bars": white_bars,
    "white margin": white_margin,
    "black bars": black_bars,
    "black frame": black_frame,
    "squared paper, light": squared_light,
    "squared paper, mid": squared_mid,
    "squared paper, dark": squared_dark,
    "ruled paper": ruled,
    "crop that cuts ink": cut,
    "far away": far_away,
}


def nothing(random: Random) -> np.ndarray:
    """Paper without a digit, altered as others are: desks, shadows, frames, ruled lines."""
    blank = np.zeros((int(random.uniform(220, 600)), int(random.uniform(220, 600))), np.float32)
    picture = taken([blank], random, ink="black")
    chosen = [name for name in KINDS if "crop" not in name and name != "small"]
    return KINDS[chosen[random.integers(len(chosen))]](picture, random)


def altered(
    coverages: list[tuple[int, np.ndarray]], kind: str, random: Random, ink: str | None = None
) -> Photograph:
    """One photograph of these digits (digit, coverage), altered as ``kind`` of ``KINDS`` says."""
    picture = taken([coverage for _, coverage in coverages], random, ink, kind == "far away")
    picture = KINDS[kind](picture, random)
    return Photograph(finished(picture, random), tuple(digit for digit, _ in coverages))
