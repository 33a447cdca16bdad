"""AlexNet's claims: what is said of each follows from the figures."""

from __future__ import annotations

import statistics
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lenet.analysis import claims, results
from lenet.analysis.claims import Claim, Verdict, of_errors, of_pace, paces
from lenet.analysis.results import DISTORTED, LEVELS, Result, Spread, Voting
from lenet.variants import COMPARED_WITH, VARIANTS
from tests.support import recorded


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded.write(tmp_path_factory.mktemp("recorded"))


@pytest.fixture
def measured(folder: Path) -> dict[str, Result]:
    return results.results(folder)


@pytest.fixture
def voting(folder: Path) -> Voting:
    return results.voting(folder)


def spread(*each: float) -> Spread:
    return Spread(statistics.mean(each), each, statistics.stdev(each))


LOW, MIDDLE, NEAR, HIGH = (
    spread(0.5, 0.6, 0.7), spread(1.0, 1.1, 1.2), spread(1.05, 1.15, 1.25), spread(2.0, 2.1, 2.2),
)  # fmt: skip


def by_section(found: list[Claim]) -> dict[str, list[Claim]]:
    sections: dict[str, list[Claim]] = {}
    for claim in found:
        sections.setdefault(claim.section, []).append(claim)
    return sections


def test_every_claim_is_there_in_the_papers_order(
    measured: dict[str, Result], voting: Voting
) -> None:
    sections = [claim.section for claim in claims.all_of_them(measured, voting)]
    assert sections == ["3.1", "3.2", "3.3", "3.4", "4.1", "4.1", "4.2"]


def test_a_claim_without_its_figures_is_left_out(measured: dict[str, Result]) -> None:
    del measured["relu"], measured[DISTORTED]
    sections = [claim.section for claim in claims.all_of_them(measured, None)]
    assert sections == ["3.2", "3.3", "3.4", "4.2"]
    assert claims.all_of_them({}, None) == []


def test_claims_name_networks_that_can_be_compared(
    measured: dict[str, Result], voting: Voting
) -> None:
    for claim in claims.all_of_them(measured, voting):
        assert claim.networks
        assert set(claim.networks) <= set(VARIANTS)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (LOW, MIDDLE, Verdict.HOLDS),
        (HIGH, MIDDLE, Verdict.OPPOSITE),
        (NEAR, MIDDLE, Verdict.NOT_SEEN),
        (MIDDLE, NEAR, Verdict.NOT_SEEN),
        (Spread(0.1, (0.1,)), HIGH, Verdict.NOT_SEEN),
    ],
)
def test_an_error_is_lower_only_beyond_both_spreads(
    one: Spread, other: Spread, verdict: Verdict
) -> None:
    assert of_errors(one, other) is verdict


@pytest.mark.parametrize(
    ("name", "section"),
    [("response-norm", "3.3"), ("overlapping-pool", "3.4"), (DISTORTED, "4.1"), ("dropout", "4.2")],
)
def test_what_is_said_of_an_error_turns_with_the_figures(
    measured: dict[str, Result], name: str, section: str
) -> None:
    """Whatever the figures are: nothing of it stands in the code."""
    said = {}
    for place, error in (("less", LOW), ("same", NEAR), ("more", HIGH)):
        for other in (COMPARED_WITH, "max-pool"):
            measured[other] = replace(measured[other], test_error=MIDDLE)
        measured[name] = replace(measured[name], test_error=error)
        (claim,) = by_section(claims.all_of_them(measured, None))[section]
        said[place] = claim
    assert said["less"].verdict == "Holds here: 0.50 points fewer errors."
    assert said["same"].verdict == "Not seen here: the spreads overlap."
    assert said["more"].verdict == "The opposite here: 1.00 points more errors."
    assert "0.60\u00a0±\u00a00.10" in said["less"].here
    assert "1.10\u00a0±\u00a00.10" in said["less"].here


def test_voting_is_said_with_its_shifts_and_why_nothing_is_mirrored(voting: Voting) -> None:
    (claim,) = claims.all_of_them({}, voting)
    assert claim.outcome is Verdict.HOLDS
    assert "Here 9 copies" in claim.here
    assert "a mirrored 2 is no 2" in claim.here
    (turned,) = claims.all_of_them({}, replace(voting, plain=voting.voted, voted=voting.plain))
    assert turned.outcome is Verdict.OPPOSITE


def test_two_towers_say_what_they_are_compared_with(measured: dict[str, Result]) -> None:
    towers, whole = measured["two-towers"], measured[COMPARED_WITH]
    (claim,) = by_section(claims.all_of_them(measured, None))["3.2"]
    share = 100 * (1 - towers.multiply_adds / whole.multiply_adds)
    assert 0 < share < 100
    assert f"save {share:.0f}%" in claim.here


def with_epochs(result: Result, *each: tuple[float, ...] | None) -> Result:
    """The same with these epochs to each of the levels."""
    spreads = [Spread(statistics.mean(one), one) if one else None for one in each]
    return replace(result, epochs_to=dict(zip(LEVELS, spreads, strict=True)))


@pytest.mark.parametrize(
    ("factors", "verdict", "said"),
    [
        ((7, 6.5, 3, 1), Verdict.HOLDS, "a factor of up to 7.0"),
        ((2, 3, 1.5, 1), Verdict.LESS, "by a factor of 3.0 at most"),
        ((2, 0.5, 1, 1), Verdict.MIXED, "At some levels"),
        ((0.5, 0.6, 1, 1), Verdict.OPPOSITE, "slower"),
        ((1.01, 0.99, 1, 1), Verdict.NOT_SEEN, "overlap"),
    ],
)
def test_relu_is_as_fast_as_its_epochs_are_few(
    measured: dict[str, Result], factors: tuple[float, ...], verdict: Verdict, said: str
) -> None:
    tanh = [(3.0, 3.1, 3.2)] * len(LEVELS)
    relu = [
        tuple(value / factor for value in each) for each, factor in zip(tanh, factors, strict=True)
    ]
    measured[COMPARED_WITH] = with_epochs(measured[COMPARED_WITH], *tanh)
    measured["relu"] = with_epochs(measured["relu"], *relu)
    (claim,) = by_section(claims.all_of_them(measured, None))["3.1"]
    assert claim.outcome is verdict
    assert said in claim.verdict


def test_levels_that_some_run_never_reached_are_left_out(measured: dict[str, Result]) -> None:
    one = with_epochs(measured["relu"], (1.0, 1.1), (2.0, 2.1), None, None)
    other = with_epochs(measured["relu"], (2.0, 2.2), None, (3.0, 3.1), None)
    assert [pace.level for pace in paces(one, other)] == [10]
    nowhere = with_epochs(measured["relu"], None, None, None, None)
    assert paces(one, nowhere) == []
    assert of_pace([], 6) is Verdict.NOT_SEEN
    incomplete = replace(one, epochs_to={level: Spread(None, (1.0, None)) for level in LEVELS})
    assert paces(incomplete, other) == []


def test_a_pace_is_read_off_the_recorded_curves(folder: Path, measured: dict[str, Result]) -> None:
    """Against a plain loop over every point of every run."""
    histories = results.histories(folder)
    for pace in paces(measured["relu"], measured[COMPARED_WITH]):
        means = []
        for name in ("relu", COMPARED_WITH):
            first = []
            for run in histories[name]:
                for epochs, error in zip(run.epochs, run.training_error, strict=True):
                    if error <= pace.level:
                        first.append(epochs)
                        break
            means.append(np.mean(first))
        assert pace.ratio == pytest.approx(means[1] / means[0])
