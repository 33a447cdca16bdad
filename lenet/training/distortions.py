"""Random planar maps of a whole batch: the paper's distortions, and a small rotation.

Section III.A names translation, scaling, squeezing and horizontal shearing and gives no ranges;
those here were chosen on held-back digits.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from lenet.spec import BACKGROUND
from lenet.training.recipes import Ranges


def distort(x: Tensor, ranges: Ranges, generator: torch.Generator) -> Tensor:
    """(N, 1, H, W) network inputs -> the same digits, each mapped in its own way.

    Values between pixels are interpolated; what comes in from outside is paper.
    """

    def within(limit: float) -> Tensor:
        return (2 * torch.rand(len(x), generator=generator) - 1) * limit

    scale, squeeze = within(ranges.scale).exp(), within(ranges.squeeze).exp()
    shear, turn = within(ranges.shear), within(math.radians(ranges.rotation))
    cosine, sine = turn.cos(), turn.sin()
    # From a place in the new image to its source, as grid_sample asks for it.
    across, down = 1 / (scale * squeeze), squeeze / scale
    rows = [
        [cosine * across, (cosine * shear - sine) * across, 2 * within(ranges.shift) / x.shape[3]],
        [sine * down, (sine * shear + cosine) * down, 2 * within(ranges.shift) / x.shape[2]],
    ]
    maps = torch.stack([torch.stack(row, 1) for row in rows], 1)
    grid = F.affine_grid(maps, list(x.shape), align_corners=False)
    # grid_sample fills with zeros, so paper is made zero for its sake.
    return F.grid_sample(x - BACKGROUND, grid, align_corners=False) + BACKGROUND
