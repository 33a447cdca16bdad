"""An answer names the nearest code, the next, and doubts what is far from both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet.answer import Answer, sentences

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
def test_the_headline_begins_with_the_digit_also_when_it_is_doubted(
    values: list[float], rejection: float
) -> None:
    answer = Answer.of(values, rejection)
    assert answer.headline[0] == str(answer.digit)
    assert answer.headline.endswith("?") == answer.rejected


def test_the_sentence_gives_digit_runner_up_and_both_distances() -> None:
    values = [100.0] * 10
    values[3], values[8] = 0.4321, 83.9
    sentence = Answer.of(values, 30).sentence
    assert all(part in sentence for part in ("3", "0.43", "8", "83.90"))


def test_a_drawing_far_from_every_code_is_called_unlike_any_digit() -> None:
    sentence = Answer.of([90.0, 80.0, *[100.0] * 8], 30).sentence
    assert sentence.startswith("Unlike any digit")
    assert "that of 1" in sentence


def test_without_ink_the_words_contain_no_digit() -> None:
    assert not any(character.isdigit() for character in sentences()["empty"])


def test_ten_penalties_are_expected() -> None:
    with pytest.raises(ValueError, match="10 penalties, not 9"):
        Answer.of([1.0] * 9, 30)
