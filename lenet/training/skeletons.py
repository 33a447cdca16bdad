"""Skeletons: handwritten digits thinned to a line, to be redrawn with a pen of one width.

People who draw in the app use such a pen; the writers of MNIST used ball-points and felt tips,
scanned. Shapes are MNIST's, the stroke is the app's.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from lenet.training.strokes import Segments

FINER = 2
"""Lines are found on a grid this many times finer than the image."""


def thin(ink: np.ndarray) -> np.ndarray:
    """(N, H, W) bool -> the same, worn down to lines one pixel wide.

    Zhang and Suen, "A fast parallel algorithm for thinning digital patterns", Comm. ACM 27(3),
    1984, all images at once: a pixel goes when its eight neighbours say that it is on an edge
    and that nothing falls apart without it.
    """
    image = np.pad(ink, ((0, 0), (1, 1), (1, 1))).astype(np.uint8)
    active = np.arange(len(image))
    while len(active):
        part = image[active]
        before = part.sum((1, 2), dtype=np.int64)
        for stays in _STAYS:
            part[:, 1:-1, 1:-1] &= stays[_neighbours(part)]
        image[active] = part
        active = active[part.sum((1, 2), dtype=np.int64) < before]
    return image[:, 1:-1, 1:-1].astype(bool)


# The neighbours in the paper's order P2 ... P9: north, then clockwise.
_AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


def _neighbours(image: np.ndarray) -> np.ndarray:
    """(N, H+2, W+2) of 0 and 1 -> (N, H, W): the eight neighbours of each pixel as bits."""
    height, width = image.shape[1] - 2, image.shape[2] - 2
    bits = np.zeros((len(image), height, width), np.uint8)
    for bit, (dy, dx) in enumerate(_AROUND):
        bits |= image[:, 1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width] << bit
    return bits


def _goes(bits: int, second: bool) -> bool:
    around = [bool(bits >> place & 1) for place in range(8)]
    north, east, south, west = around[0::2]
    changes = sum(not a and b for a, b in zip(around, around[1:] + around[:1], strict=True))
    if second:
        on_edge = not (north and west and (east or south))
    else:
        on_edge = not (east and south and (north or west))
    return 2 <= sum(around) <= 6 and changes == 1 and on_edge


_STAYS = [
    np.array([not _goes(bits, second) for bits in range(256)], np.uint8) for second in (False, True)
]


def without_specks(grid: Tensor) -> Tensor:
    """(N, H, W) bool without the pixels that touch no other, unless there are only such."""
    alone = grid & (F.avg_pool2d(grid[:, None].float(), 3, 1, 1, divisor_override=1)[:, 0] == 1)
    cleaned = grid & ~alone
    return torch.where(cleaned.any((1, 2))[:, None, None], cleaned, grid)


def lines(images: Tensor) -> Segments:
    """(N, 28, 28) uint8 -> the lines of each, as segments in units of its pixels.

    Neighbouring pixels of the thinned image are joined, after each has moved to the mean of
    the line's pixels around it, which takes the staircase out.
    """
    fine = F.interpolate(images[:, None].float(), scale_factor=FINER, mode="bilinear")[:, 0]
    grid = torch.from_numpy(thin((fine > 127).numpy()))
    # An image so faint that nothing passes the threshold keeps its darkest pixel.
    lost = ~grid.any((1, 2))
    darkest = fine.flatten(1).argmax(1)
    grid.view(len(grid), -1)[lost, darkest[lost]] = True
    grid = without_specks(grid)
    mask = grid.float()
    near = F.avg_pool2d(mask[:, None], 5, 1, 2)[:, 0]
    size = mask.shape[1]
    x = torch.arange(size).float().expand(size, size)
    smooth = [
        F.avg_pool2d((mask * c)[:, None], 5, 1, 2)[:, 0] / near.clamp_min(1e-6) for c in (x, x.T)
    ]
    points = (torch.stack(smooth, -1) + 0.5) / FINER - 0.5
    starts, ends, owners = [], [], []
    # Each with itself, so that a lone pixel is a dot, and with half of its eight neighbours.
    for dy, dx in ((0, 0), (0, 1), (1, -1), (1, 0), (1, 1)):
        first = (slice(0, size - dy), slice(max(0, -dx), size - max(0, dx)))
        second = (slice(dy, size), slice(max(0, dx), size - max(0, -dx)))
        joined = grid[:, *first] & grid[:, *second]
        starts.append(points[:, *first][joined])
        ends.append(points[:, *second][joined])
        owners.append(joined.nonzero()[:, 0])
    return Segments(torch.cat(starts), torch.cat(ends), torch.cat(owners), len(images))
