"""Neighbours among Fig. 3's characters, counted bit by bit."""

from __future__ import annotations

import pytest

from lenet import codes
from lenet.analysis.resemblance import CHARACTERS, neighbours


def test_the_letter_o_is_next_to_its_small_one() -> None:
    assert neighbours("O", 1) == [("o", 5)]
    assert neighbours("0", 1)[0][0] == "O"


@pytest.mark.parametrize("character", ["O", "l", "5", "~"])
def test_all_others_are_ordered_by_the_bits_that_differ(character: str) -> None:
    found = neighbours(character, 1000)
    assert {other for other, _ in found} == set(CHARACTERS) - {character}
    assert [bits for _, bits in found] == sorted(bits for _, bits in found)
    own = codes.ASCII[character].ravel().tolist()
    for other, bits in found[:10]:
        theirs = codes.ASCII[other].ravel().tolist()
        assert bits == sum(a != b for a, b in zip(own, theirs, strict=True))


def test_what_has_no_picture_is_refused() -> None:
    assert " " not in CHARACTERS
    with pytest.raises(ValueError, match="no picture of ' '"):
        neighbours(" ", 3)
