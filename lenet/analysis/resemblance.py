"""Which of Fig. 3's characters have similar codes: those that people, too, confuse."""

from __future__ import annotations

import numpy as np

from lenet import codes

CHARACTERS: tuple[str, ...] = tuple(
    character for character, picture in codes.ASCII.items() if (picture > 0).any()
)
"""The characters with a picture; space and delete are blank."""


def neighbours(character: str, count: int) -> list[tuple[str, int]]:
    """The ``count`` other characters with the nearest codes, and in how many bits they differ.

    The nearest first, ties in the order of the character set. The squared distance is four
    times the differing bits. Raises ValueError for a character without a picture.
    """
    if character not in CHARACTERS:
        raise ValueError(f"Fig. 3 has no picture of {character!r}.")
    own = codes.ASCII[character]
    differing = {
        other: int(np.count_nonzero(codes.ASCII[other] != own))
        for other in CHARACTERS
        if other != character
    }
    return sorted(differing.items(), key=lambda item: item[1])[:count]
