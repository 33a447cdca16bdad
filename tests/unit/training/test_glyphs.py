"""Characters of the vector fonts, and the hand that draws them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import torch

from lenet.training import glyphs

GLYPHS = glyphs.read_glyphs()
FILE = Path(glyphs.__file__).with_name("glyphs.txt")


def test_every_character_named_is_there_with_its_longest_side_1() -> None:
    lines = [line for line in FILE.read_text().splitlines() if not line.startswith("#")]
    assert len(GLYPHS) == sum(len(line.split(": ", 1)[1]) for line in lines)
    for strokes in GLYPHS:
        points = torch.cat(strokes)
        assert torch.allclose((points.amax(0) - points.amin(0)).max(), torch.tensor(1.0))
        assert points.amin() >= 0


def test_segments_are_short_enough_to_be_bent() -> None:
    for strokes in GLYPHS:
        for stroke in strokes:
            steps = [float((b - a).norm()) for a, b in pairwise(stroke)]
            assert max(steps) <= 1 / 24 + 1e-6


def test_no_character_is_a_digit_by_name() -> None:
    """In fonts whose characters are what their codes say."""
    for line in FILE.read_text().splitlines():
        font, _, characters = line.partition(": ")
        if font.startswith(("futur", "rowman", "cursive", "scripts", "times", "goth")):
            assert not set(characters) & set("0123456789OoQDIlZzSsBbGgqUYyi|"), font


def test_fonts_are_left_for_evaluation() -> None:
    """The letters that decide whether a network is any good are of fonts it has not seen."""
    used = {line.partition(":")[0] for line in FILE.read_text().splitlines()}
    assert not used & {"timesr", "scriptc", "futuram", "greekc", "astrology"}
