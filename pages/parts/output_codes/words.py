"""The sentences of the output codes page; every number in them is computed."""

from __future__ import annotations

import itertools

import numpy as np

from lenet import codes, spec
from lenet.analysis.resemblance import neighbours
from lenet.catalogue import as_list, ngettext, number, together
from lenet.catalogue import gettext as _
from lenet.units import Distance

NEIGHBOURS = 5
"""How many of a character's nearest are named."""

_ALIKE = ("O", "o", "0")

_DECISIVE = 5
"""How many of the places that decide most are named."""


def verdict(answer: Distance, rejection: float) -> str:
    """Winner, or that there is none; runner-up, and the places that make the difference."""
    name, rival = spec.CLASSES[answer.map], spec.CLASSES[answer.rival]
    advantage = answer.advantage.ravel()
    apart = int(np.count_nonzero(answer.code != answer.rival_code))
    most = np.argsort(-np.abs(advantage), kind="stable")[: min(_DECISIVE, apart)]
    listed = as_list(
        f"({place // spec.CODE_COLUMNS},{place % spec.CODE_COLUMNS}) "
        f"{number(advantage[place], 2, signed=True)}"
        for place in most
    )
    against = int((advantage < 0).sum())
    first = (
        _("{winner} wins with a distance of {distance} against {runner_up}'s {other_distance}.")
        if answer.value <= rejection
        else _(
            "No digit it knows; nearest {winner}, at {distance}, then {runner_up}, at "
            "{other_distance}. Beyond {rejection} nothing is a digit."
        )
    )
    second = ngettext(
        "Only the {apart} of {all} places in which their codes differ decide which is nearer; "
        "{against} of them speaks for {runner_up}. Most decisive, as (row,column): {places}.",
        "Only the {apart} of {all} places in which their codes differ decide which is nearer; "
        "{against} of them speak for {runner_up}. Most decisive, as (row,column): {places}.",
        against,
    )
    numbers = {
        "winner": name,
        "distance": f"**{number(answer.value, 2)}**",
        "runner_up": rival,
        "other_distance": f"**{number(answer.rival_value, 2)}**",
        "rejection": number(rejection, 2),
        "apart": apart,
        "all": spec.CODE_UNITS,
        "against": against,
        "places": listed,
    }
    return together(first.format(**numbers), second.format(**numbers))


def extremes() -> str:
    """The nearest and the farthest pair of codes."""
    matrix = codes.distances()
    pairs = [(matrix[a, b], a, b) for a in range(len(matrix)) for b in range(a)]
    least, most = min(pairs), max(pairs)
    names = {
        end: as_list(
            f"{spec.CLASSES[b]}\u2013{spec.CLASSES[a]}" for d, a, b in sorted(pairs) if d == value
        )
        for end, value in [("least", least[0]), ("most", most[0])]
    }
    return _(
        "Nearest: {nearest}, {least}. Farthest: {farthest}, {most}. "
        "Every bit that differs adds four."
    ).format(
        nearest=names["least"],
        least=number(least[0]),
        farthest=names["most"],
        most=number(most[0]),
    )


def resembling(character: str) -> str:
    """A character's nearest neighbours, in bits that differ."""
    listed = as_list(
        ngettext("{character} ({count} bit)", "{character} ({count} bits)", bits).format(
            character=_as_code(other), count=number(bits)
        )
        for other, bits in neighbours(character, NEIGHBOURS)
    )
    return _("Nearest to {character}: {others}.").format(
        character=_as_code(character), others=listed
    )


def _as_code(character: str) -> str:
    """A character in Markdown's code letters, in which it means nothing but itself."""
    return "`` ` ``" if character == "`" else f"`{character}`"


def confusable() -> str:
    """How far apart the characters lie that people confuse, too."""
    pairs = [
        _("{one} and {other} {count}").format(
            one=_as_code(one),
            other=_as_code(other),
            count=number(int(np.count_nonzero(codes.ASCII[one] != codes.ASCII[other]))),
        )
        for one, other in itertools.combinations(_ALIKE, 2)
    ]
    return _("Bits in which they differ: {pairs}.").format(pairs=as_list(pairs))
