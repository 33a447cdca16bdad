"""Letters and signs of the Hershey vector fonts, drawn as the app draws.

The fonts (A. V. Hershey, 1967) are made of strokes, so they can be drawn with a pen. They come
with the package ``Hershey-Fonts``, which only training needs. ``glyphs.txt`` names the characters
that can be taken for no digit; fonts that it does not name are left for evaluation.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

_STEP = 1 / 24
"""Longest segment, of the longest side: below an input pixel also when a hand
stretches it."""


def read_glyphs() -> tuple[tuple[Tensor, ...], ...]:
    """Every character of ``glyphs.txt`` as strokes of (points, 2) float32, longest side 1.

    Raises ModuleNotFoundError without the package ``Hershey-Fonts``.
    """
    from HersheyFonts import HersheyFonts

    fonts, glyphs = HersheyFonts(), []
    lines = Path(__file__).with_name("glyphs.txt").read_text(encoding="ascii").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            font, characters = line.split(": ", 1)
            fonts.load_default_font(font)
            glyphs += [_strokes(fonts.all_glyphs[character]) for character in characters]
    return tuple(glyphs)


def _strokes(glyph: Any) -> tuple[Tensor, ...]:
    lines = [torch.tensor(list(stroke), dtype=torch.float32) for stroke in glyph.strokes]
    lines = [line for line in lines if len(line) > 1]
    points = torch.cat(lines)
    low, high = points.amin(0), points.amax(0)
    side = (high - low).max()
    return tuple(_divided((line - low) / side) for line in lines)


def _divided(line: Tensor) -> Tensor:
    """The same line with no segment longer than ``_STEP``."""
    parts = [line[:1]]
    for start, end in pairwise(line):
        steps = max(1, int(torch.linalg.vector_norm(end - start) / _STEP + 1))
        along = torch.arange(1, steps + 1)[:, None] / steps
        parts.append(start + along * (end - start))
    return torch.cat(parts)
