"""A sample spreads over all cases, and ``--all`` leaves none out."""

from __future__ import annotations

import pytest

from tests.support import sampling


@pytest.mark.parametrize(
    ("cases", "most", "taken"),
    [(10, 1, [0]), (10, 2, [0, 9]), (10, 4, [0, 3, 6, 9]), (3, 5, [0, 1, 2]), (0, 5, [])],
)
def test_a_sample_has_the_first_and_the_last_case(
    cases: int, most: int, taken: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "EVERYTHING", False)
    assert sampling.sampled(range(cases), most) == taken
    assert sampling.count(few=most, many=100) == most


def test_all_cases_are_taken_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "EVERYTHING", True)
    assert sampling.sampled(range(10), 2) == list(range(10))
    assert sampling.count(few=2, many=100) == 100


def test_the_command_line_says_which(pytestconfig: pytest.Config) -> None:
    assert sampling.EVERYTHING is pytestconfig.getoption("--all")
