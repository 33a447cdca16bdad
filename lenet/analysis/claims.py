"""What AlexNet's paper says of its ideas, beside what was measured of them on digits.

Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks",
NIPS 2012. Nothing here knows how a comparison ends: every verdict follows from the figures, by the
rule of ``lenet.analysis.differences``.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from lenet.analysis.differences import between, with_spread
from lenet.analysis.results import DISTORTED, LEVELS, Result, Spread, Voting
from lenet.catalogue import as_list, number, percent, together
from lenet.catalogue import gettext as _
from lenet.variants import COMPARED_WITH

RELU_SPEED = 6
"""How many times as fast as tanh ReLU comes to a training error, in AlexNet's Fig. 1."""


class Verdict(Enum):
    """How a measurement answers a claim."""

    HOLDS = "holds"
    LESS = "less"
    """In that direction, but less than claimed."""
    MIXED = "mixed"
    """Now in that direction and now in the other."""
    NOT_SEEN = "not-seen"
    OPPOSITE = "opposite"


@dataclass(frozen=True)
class Claim:
    """One idea of AlexNet's.

    Args:
        idea: a few words.
        theirs: what the paper says of it, and ``section`` where.
        here: what was measured on digits.
        verdict: what that says of the claim, and ``outcome`` the same for programs.
        networks: the names of those that were compared.
    """

    idea: str
    theirs: str
    section: str
    here: str
    verdict: str
    outcome: Verdict
    networks: tuple[str, ...]


def all_of_them(results: Mapping[str, Result], voting: Voting | None) -> list[Claim]:
    """Every claim whose networks have results, in the paper's order."""
    needs: list[tuple[Callable[..., Claim], tuple[str, ...]]] = [
        (_relu, ("relu", COMPARED_WITH)),
        (_two_towers, ("two-towers", COMPARED_WITH)),
        (_response_normalisation, ("response-norm", COMPARED_WITH)),
        (_overlapping, ("overlapping-pool", "max-pool")),
        (_augmentation, (DISTORTED, COMPARED_WITH)),
        (_dropout, ("dropout", COMPARED_WITH)),
    ]
    found = [
        make(*(results[name] for name in names))
        for make, names in needs
        if all(name in results for name in names)
    ]
    if voting is not None:
        # With the augmentation, where the paper has it.
        found.insert(sum(claim.section < "4.2" for claim in found), _voting(voting))
    return found


def of_errors(one: Spread, other: Spread) -> Verdict:
    """Whether the first reads better than the second, as claimed."""
    difference = between(one, other)
    if not difference.is_one:
        return Verdict.NOT_SEEN
    return Verdict.HOLDS if difference.value < 0 else Verdict.OPPOSITE


@dataclass(frozen=True)
class Pace:
    """Epochs to a level: of one network, of the other, and whether their spreads lie apart."""

    level: int
    one: float
    other: float
    differs: bool

    @property
    def ratio(self) -> float:
        """How many times as fast the first is."""
        return self.other / self.one


def paces(one: Result, other: Result) -> list[Pace]:
    """The levels that all runs of both networks have come down to."""
    found = []
    for level in LEVELS:
        first, second = (_with_deviation(result.epochs_to[level]) for result in (one, other))
        if first and second and first.mean and second.mean:
            differs = between(first, second).is_one
            found.append(Pace(level, first.mean, second.mean, differs))
    return found


def of_pace(found: list[Pace], claimed: float) -> Verdict:
    """Whether the first network is ``claimed`` times as fast as the second at some level."""
    ratios = [pace.ratio for pace in found if pace.differs]
    faster, slower = [r for r in ratios if r > 1], [r for r in ratios if r < 1]
    if faster and slower:
        return Verdict.MIXED
    if slower:
        return Verdict.OPPOSITE
    if not faster:
        return Verdict.NOT_SEEN
    return Verdict.HOLDS if max(faster) >= claimed else Verdict.LESS


def _with_deviation(spread: Spread | None) -> Spread | None:
    """The same, with the standard deviation that results do not record of epochs."""
    if spread is None or spread.mean is None:
        return None
    each = [value for value in spread.each if value is not None]
    deviation = statistics.stdev(each) if len(each) > 1 else None
    return Spread(spread.mean, spread.each, deviation)


def _relu(relu: Result, tanh: Result) -> Claim:
    found = paces(relu, tanh)
    outcome = of_pace(found, RELU_SPEED)
    clear = [pace.ratio for pace in found if pace.differs]
    most = number(max(clear, default=1), 1)
    verdict = {
        Verdict.HOLDS: _("Holds here: faster by a factor of up to {ratio}.").format(ratio=most),
        Verdict.LESS: _("Faster here too, but by a factor of {ratio} at most.").format(ratio=most),
        Verdict.MIXED: _("At some levels faster here, at others slower."),
        Verdict.OPPOSITE: _("The opposite here: slower."),
        Verdict.NOT_SEEN: _("Not seen here: the spreads overlap."),
    }[outcome]
    return Claim(
        _("ReLU"),
        _(
            "A network with ReLU comes to {percent} training error in a sixth of the epochs that "
            "one with tanh needs (CIFAR-10)."
        ).format(percent=percent(0.25)),
        "3.1",
        _epochs(found),
        verdict,
        outcome,
        (COMPARED_WITH, "relu"),
    )


def _two_towers(towers: Result, whole: Result) -> Claim:
    outcome = of_errors(towers.test_error, whole.test_error)
    saved = percent(1 - towers.multiply_adds / whole.multiply_adds)
    points = _points(towers.test_error, whole.test_error)
    verdict = {
        Verdict.HOLDS: _("Here towers read better than the whole, by {points} points."),
        Verdict.OPPOSITE: _("Here towers cost {points} points against the whole."),
    }.get(outcome, _("Here no loss against the whole is seen: the spreads overlap."))
    return Claim(
        _("Two GPUs"),
        _(
            "Two halves that meet in few layers: 1.7 points fewer top-1 errors, 1.2 fewer top-5, "
            "than a network with half of the kernels on one GPU."
        ),
        "3.2",
        together(
            _errors(towers.test_error, whole.test_error),
            _(
                "The comparison is another one: with the whole network, of whose multiply-adds "
                "two towers save {share}."
            ).format(share=saved),
        ),
        verdict.format(points=points),
        outcome,
        (COMPARED_WITH, "two-towers"),
    )


def _response_normalisation(normalised: Result, plain: Result) -> Claim:
    return _of_test_errors(
        _("Response normalisation"),
        _("1.4 points fewer top-1 errors, 1.2 fewer top-5."),
        "3.3",
        normalised,
        plain,
        (COMPARED_WITH, "response-norm"),
    )


def _overlapping(overlapping: Result, apart: Result) -> Claim:
    return _of_test_errors(
        _("Overlapping pooling"),
        _("0.4 points fewer top-1 errors, 0.3 fewer top-5, than with windows side by side."),
        "3.4",
        overlapping,
        apart,
        ("max-pool", "overlapping-pool"),
    )


def _augmentation(distorted: Result, plain: Result) -> Claim:
    claim = _of_test_errors(
        _("Altered images"),
        _(
            "Without shifts and reflections the network overfits substantially; altered colours "
            "alone take more than 1 point off the top-1 errors."
        ),
        "4.1",
        distorted,
        plain,
        (COMPARED_WITH,),
    )
    here = _(
        "Digits have no colours, and mirrored they are none: here place, size and slant are "
        "altered."
    )
    return replace(claim, here=together(claim.here, here))


def _voting(voting: Voting) -> Claim:
    outcome = of_errors(voting.voted, voting.plain)
    return Claim(
        _("Voting"),
        _(
            "Ten patches of an image, five and their mirror images, vote: top-1 errors go from "
            "{before} to {after}."
        ).format(before=percent(0.39, 1), after=percent(0.375, 1)),
        "4.1",
        together(
            _errors(voting.voted, voting.plain),
            _(
                "Here {shifts} copies of a digit vote, each shifted otherwise, and no mirror "
                "image: a mirrored 2 is no 2."
            ).format(shifts=number(voting.shifts)),
        ),
        _verdict(outcome, voting.voted, voting.plain),
        outcome,
        (voting.network,),
    )


def _dropout(dropout: Result, plain: Result) -> Claim:
    claim = _of_test_errors(
        _("Dropout"),
        _(
            "Without dropout the network overfits substantially; with it, it needs about twice "
            "as many iterations."
        ),
        "4.2",
        dropout,
        plain,
        (COMPARED_WITH, "dropout"),
    )
    found = paces(dropout, plain)
    told = together(
        _epochs(found),
        _("The training error is counted with half of the units off, which raises it."),
    )
    return replace(claim, here=together(claim.here, told))


def _of_test_errors(
    idea: str, theirs: str, section: str, one: Result, other: Result, networks: tuple[str, ...]
) -> Claim:
    outcome = of_errors(one.test_error, other.test_error)
    return Claim(
        idea,
        theirs,
        section,
        _errors(one.test_error, other.test_error),
        _verdict(outcome, one.test_error, other.test_error),
        outcome,
        networks,
    )


def _verdict(outcome: Verdict, one: Spread, other: Spread) -> str:
    points = _points(one, other)
    return {
        Verdict.HOLDS: _("Holds here: {points} points fewer errors.").format(points=points),
        Verdict.OPPOSITE: _("The opposite here: {points} points more errors.").format(
            points=points
        ),
    }.get(outcome, _("Not seen here: the spreads overlap."))


def _points(one: Spread, other: Spread) -> str:
    return number(abs(between(one, other).value), 2)


def _errors(one: Spread, other: Spread) -> str:
    return _("Test error in percent: {one} with this idea, {other} without.").format(
        one=with_spread(one), other=with_spread(other)
    )


def _epochs(found: list[Pace]) -> str:
    if not found:
        return _("None of the levels of training error was reached by all runs.")
    return _("Epochs to each training error (in brackets: without this idea): {levels}.").format(
        levels=as_list(
            _("{level}: {one} ({other})").format(
                one=number(pace.one, 1),
                other=number(pace.other, 1),
                level=percent(pace.level / 100),
            )
            for pace in found
        )
    )
