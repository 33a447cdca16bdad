"""The output codes, against an independent transcription of Fig. 3 and its counts."""

from __future__ import annotations

from hashlib import sha256
from itertools import combinations

import numpy as np
import pytest

from lenet import codes

# The ten digits of Fig. 3, typed again from the paper: "#" is ink.
FIGURE_3 = """
.#####. ...##.. .#####. ####### .#####. .#####. ..####. ####### .#####. .#####.
....... ..###.. ....... .....## ....... ....... .##.... .....## ##...## ##..###
..###.. .####.. .#####. ....##. ....... ####### ##..... .....## ##...## ##...##
.##.##. ...##.. ##...## ...##.. .##..## ##..... ##..... ....##. ##...## ##...##
##...## ...##.. #....## ..####. .##..## ##..... ######. ...##.. .#####. ##..###
##...## ...##.. ....##. .....## ###..## .####.. ###..## ...##.. ##...## .######
##...## ...##.. ..###.. .....## ##...## ..####. ##...## ..##... ##...## .....##
##...## ...##.. .##.... .....## ##...## .....## ##...## ..##... ##...## .....##
.##.##. ...##.. ##..... ##...## ##..### ##...## ###..## ..##... ##...## ....##.
..###.. .###### ####### .#####. .###### .#####. .#####. ..##... .#####. .####..
....... ....... ....... ....... .....## ....... ....... ....... ....... .......
....... ....... ....... ....... .....## ....... ....... ....... ....... .......
"""
WHOLE_FIGURE = "5d8b7117205a78454824dacce8838965db3d9eb21702379520b5c9e2ff077acf"
"""SHA-256 of all 96 pictures as text, taken from the bitmaps embedded in the paper's PDF."""

INK = [35, 27, 33, 32, 41, 35, 39, 25, 43, 39]

# Capitals that are their small letter with a bar on top.
MARKED = "OCSVWXZ"


def picture(digit: int) -> str:
    return "\n".join(line.split()[digit] for line in FIGURE_3.strip().splitlines())


def as_text(code: np.ndarray) -> str:
    return "\n".join("".join("#" if bit > 0 else "." for bit in row) for row in code)


@pytest.mark.parametrize("digit", range(10))
def test_each_digit_is_the_picture_of_figure_3(digit: int) -> None:
    assert as_text(codes.DIGITS[digit].reshape(12, 7)) == picture(digit)
    assert as_text(codes.ASCII[str(digit)]) == picture(digit)


def test_the_digits_have_the_ink_that_was_counted_in_the_paper() -> None:
    assert (codes.DIGITS == 1).sum(1).tolist() == INK


def test_codes_are_plus_and_minus_one_and_cannot_be_written() -> None:
    assert codes.DIGITS.shape == (10, 84)
    assert codes.DIGITS.dtype == np.float32
    assert set(np.unique(codes.DIGITS)) == {-1, 1}
    with pytest.raises(ValueError, match="read-only"):
        codes.DIGITS[0, 0] = 0
    with pytest.raises(ValueError, match="read-only"):
        codes.ASCII["0"][0, 0] = 0


def test_distances_count_four_for_every_differing_place() -> None:
    pictures = [picture(digit).replace("\n", "") for digit in range(10)]
    by_hand = [
        [4 * sum(a != b for a, b in zip(one, other, strict=True)) for other in pictures]
        for one in pictures
    ]
    assert codes.distances().tolist() == by_hand


def test_6_and_8_are_nearest_and_1_and_4_are_among_the_furthest() -> None:
    distances = codes.distances()
    above_diagonal = {(i, j): distances[i, j] for i, j in combinations(range(10), 2)}
    ranked = sorted(above_diagonal, key=lambda pair: above_diagonal[pair])
    assert [(pair, above_diagonal[pair]) for pair in ranked[:3]] == [
        ((6, 8), 48),
        ((0, 4), 72),
        ((8, 9), 72),
    ]
    furthest = {pair for pair in above_diagonal if above_diagonal[pair] == 200}
    assert furthest == {(1, 4), (1, 8), (4, 7)}
    assert max(above_diagonal.values()) == 200


def test_the_resting_network_is_84_from_every_code() -> None:
    resting = np.zeros((1, 84), np.float32)
    assert codes.distances(np.concatenate([resting, codes.DIGITS]))[0, 1:].tolist() == [84] * 10


def test_the_whole_of_figure_3_is_there_and_its_ends_are_blank() -> None:
    assert list(codes.ASCII) == [chr(code) for code in range(32, 128)]
    blank = {character for character, code in codes.ASCII.items() if (code == -1).all()}
    assert blank == {" ", "\x7f"}
    assert {code.shape for code in codes.ASCII.values()} == {(12, 7)}


def test_all_96_pictures_are_the_paper_s_bit_for_bit() -> None:
    text = "\n\n".join(as_text(code) for code in codes.ASCII.values())
    assert sha256(text.encode()).hexdigest() == WHOLE_FIGURE


def test_a_capital_that_looks_like_its_small_letter_carries_a_bar() -> None:
    for capital in MARKED:
        small = capital.lower()
        assert as_text(codes.ASCII[capital]).startswith((".#####.", "#######")), capital
        assert not as_text(codes.ASCII[small]).startswith((".#####.", "#######")), small


def test_confusable_characters_have_closer_codes_than_unrelated_ones() -> None:
    def apart(one: str, other: str) -> int:
        return int((codes.ASCII[one] != codes.ASCII[other]).sum())

    assert apart("O", "0") < apart("O", "X")
    assert apart("1", "l") < apart("1", "8")
    assert apart("[", "I") < apart("[", "w")
