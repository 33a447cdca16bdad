"""What the output codes page shows about one drawing, a function for every tab."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lenet import Trace, spec, units
from lenet.analysis import posterior, resemblance
from lenet.catalogue import gettext as _
from lenet.catalogue import number, together
from pages.parts.common import ways
from pages.parts.common.figure import figure
from pages.parts.network.network import Network
from pages.parts.network.pictures import pictures
from pages.parts.output_codes import code_morph, words

REJECTION, ALL_SAMPLES = "rejection", "all-samples"
"""The tabs with a canvas of their own, which has to come before the rest of the page."""

FORMERLY = {"f6-by-hand": "by-hand", "the-codes": "codes"}
"""What older addresses call these tabs."""


def titles() -> dict[str, str]:
    """The tabs in their order."""
    return {
        "distances": _("Distances"),
        "by-hand": _("F6 by hand"),
        "codes": _("The codes"),
        "probabilities": _("Probabilities"),
        REJECTION: _("Rejection"),
        ALL_SAMPLES: _("All samples"),
    }


def distances(net: Network, trace: Trace) -> None:
    from lenet.figures.output_codes import WRONG_BIT, differences, f6_and_what_decides

    st.caption(
        _(
            "How far is F6 from every code? Below each code the squared differences, place by "
            "place; they add up to the distance. Full violet is a wrong bit, which costs {cost}."
        ).format(cost=number(WRONG_BIT))
    )
    read = net.answer(trace)
    answer = units.explain(net.model, trace, units.Unit(spec.OUTPUT, read.digit))
    assert isinstance(answer, units.Distance)
    left, right = st.columns([2, 3])
    with left:
        st.markdown(words.verdict(answer, net.rejection))
        ways.to_drawing(units.Unit(spec.OUTPUT, read.digit))
        pictures(f6_and_what_decides(answer), key="decides", alt=_("F6, and which places decide"))
    with right:
        pictures(
            differences(answer.f6, read.winner),
            key="differences",
            alt=_("Ten codes and differences"),
        )


def by_hand(net: Network, trace: Trace) -> None:
    st.caption(
        _("What if F6 were different? Click a place to flip it, or slide all towards a code.")
    )
    code_morph.show(trace.f6[0].numpy().ravel(), net.answer(trace).runner_up, net.rejection)


def code_set(net: Network, trace: Trace) -> None:
    from lenet.figures.output_codes import character_set, distance_matrix

    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.caption(_("How far are the codes from each other? Squared distances."))
        st.markdown(words.extremes())
        figure(distance_matrix(), key="matrix", alt=_("Squared distances between the ten codes"))
    with right:
        st.caption(
            _(
                "Why pictures? Characters that look alike get codes that are alike, so that a "
                "program that reads whole words can still choose between O, o and 0. One-of-ten "
                "codes make every confusion equally bad, and hardly train beyond a few dozen "
                "classes (III)."
            )
        )
        character = st.selectbox(
            _("Nearest to"), resemblance.CHARACTERS, resemblance.CHARACTERS.index("O"),
            key="character", bind="query-params", width=120,
        )  # fmt: skip
        st.markdown(together(words.resembling(character), words.confusable()))
        near = [other for other, _ in resemblance.neighbours(character, words.NEIGHBOURS)]
        pictures(character_set(character, near), key="ascii", alt=_("The codes of Fig. 3"))


def probabilities(net: Network, trace: Trace) -> None:
    from lenet.figures.output_codes import MOST_J, over_j, posteriors

    st.caption(
        _(
            "How probable is each digit? Eq. 9 adds a class for rubbish with the constant distance "
            "j: what is farther than j from all codes is probably no digit."
        )
    )
    j = st.slider(
        _("j, the distance of rubbish"),
        0.0,
        MOST_J,
        min(net.rejection, MOST_J),
        0.5,
        key="j",
        bind="query-params",
    )
    penalties = trace.output[0].double().numpy()
    shares = posterior.with_rubbish(penalties, j)
    left, right = st.columns(2, gap="medium")
    with left:
        figure(posteriors(shares), key="posteriors", alt=_("Probabilities of digits and rubbish"))
    with right:
        figure(over_j(penalties, j), key="over_j", alt=_("How they change with j"))


SECTIONS: dict[str, Callable[[Network, Trace], None]] = {
    "distances": distances,
    "by-hand": by_hand,
    "codes": code_set,
    "probabilities": probabilities,
}
"""What stands in each tab without a canvas, for a network and the trace of a drawing."""
