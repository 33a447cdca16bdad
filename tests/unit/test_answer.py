"""An answer names the nearest code, the next, and doubts what is far from both."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet.answer import Answer, sentences
from tests.support.second_network import SECOND

penalties = st.lists(st.floats(0, 1e4), min_size=10, max_size=10, unique=True)


@given(penalties, st.floats(0, 1e4))
def test_the_smallest_penalty_wins_and_the_next_is_runner_up(
    values: list[float], rejection: float
) -> None:
    answer = Answer.of(values, rejection)
    assert answer.distance == min(values) == values[answer.digit]
    assert answer.runner_up_distance == sorted(values)[1] == values[answer.runner_up]
    assert answer.rejected == (min(values) > rejection)


@given(penalties, st.floats(0, 1e4))
def test_the_headline_is_the_digit_unless_the_drawing_is_none(
    values: list[float], rejection: float
) -> None:
    answer = Answer.of(values, rejection)
    if answer.rejected:
        assert answer.winner is None
        assert not any(character.isdigit() for character in answer.headline)
    else:
        assert answer.headline == str(answer.winner) == str(answer.digit)


def test_the_sentence_gives_digit_runner_up_and_both_distances() -> None:
    values = [100.0] * 10
    values[3], values[8] = 0.4321, 83.9
    sentence = Answer.of(values, 30).sentence
    assert all(part in sentence for part in ("3", "0.43", "8", "83.90"))


def test_a_drawing_far_from_every_code_is_no_digit_and_the_nearest_is_named() -> None:
    answer = Answer.of([90.0, 31.244, *[100.0] * 8], 30)
    assert answer.sentence == "No digit it knows; nearest 1, at 31.24."
    assert answer.digit == 1


@given(penalties, st.floats(0, 1e4))
def test_a_network_without_codes_speaks_of_penalties_and_turns_nothing_down(
    values: list[float], rejection: float
) -> None:
    answer = Answer.of(values, rejection, SECOND)
    assert not answer.rejected
    assert answer.headline == str(int(np.argmin(values)))
    assert not re.search("code|away|distance|no digit", answer.sentence, re.IGNORECASE)


def test_a_penalty_is_said_as_a_probability_too() -> None:
    shares = np.array([0.02, 0.9, *[0.01] * 8])
    sentence = Answer.of((-np.log(shares)).tolist(), 30, SECOND).sentence
    assert sentence == (
        "The network reads 1: its penalty is 0.11, a probability of 90%. Runner-up: 0, 3.91."
    )


def test_without_ink_the_words_contain_no_digit() -> None:
    assert not any(character.isdigit() for character in sentences()["empty"])


def test_ten_penalties_are_expected() -> None:
    with pytest.raises(ValueError, match="10 penalties, not 9"):
        Answer.of([1.0] * 9, 30)
