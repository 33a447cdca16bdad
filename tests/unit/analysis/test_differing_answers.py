"""Who disagrees is counted as a loop over every digit counts it."""

from __future__ import annotations

import numpy as np
import pytest

from lenet.analysis.differing_answers import DifferingAnswers


@pytest.fixture(params=[2, 3, 4])
def found(request: pytest.FixtureRequest) -> DifferingAnswers:
    """Mostly right answers for 200 digits."""
    random = np.random.default_rng(request.param)
    labels = random.integers(0, 10, 200).astype(np.uint8)
    guesses = random.integers(0, 10, (request.param, 200)).astype(np.uint8)
    answers = np.where(random.random(guesses.shape) < 0.1, guesses, labels)
    return DifferingAnswers(answers, labels)


def test_digits_on_which_any_two_differ_are_found(found: DifferingAnswers) -> None:
    expected = [
        place for place, given in enumerate(found.answers.T.tolist()) if len(set(given)) > 1
    ]
    assert found.places.tolist() == expected
    assert expected, "this tests something"


def test_each_network_is_counted_against_labels_and_every_other(found: DifferingAnswers) -> None:
    answers, labels = found.answers.tolist(), found.labels.tolist()
    for one, given in enumerate(answers):
        assert found.wrong[one] == sum(a != b for a, b in zip(given, labels, strict=True))
        for other, others in enumerate(answers):
            apart = sum(a != b for a, b in zip(given, others, strict=True))
            assert found.apart[one, other] == apart
        alone = 0
        for place, label in enumerate(labels):
            right = [network for network, read in enumerate(answers) if read[place] == label]
            alone += right == [one]
        assert found.alone_right[one] == alone


def test_networks_that_answer_alike_differ_nowhere() -> None:
    answers = np.array([[1, 2, 3], [1, 2, 3]], np.uint8)
    found = DifferingAnswers(answers, np.array([1, 2, 4], np.uint8))
    assert not len(found.places)
    assert found.wrong.tolist() == [1, 1]
    assert not found.apart.any()
