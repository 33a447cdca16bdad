"""How F6 becomes an answer: codes, distances, probabilities, and where drawings lie."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lenet import Trace, samples, spec, units
from lenet.analysis import non_digits, posterior, resemblance
from pages.parts.common import sample_units, shown_input
from pages.parts.common.figure import figure
from pages.parts.common.table import table
from pages.parts.network import network
from pages.parts.output_codes import code_morph, sample_plane
from pages.parts.output_codes import words as words
from pages.parts.shell import page
from pages.parts.shell.errors import attempt

TABS = ("Distances", "F6 by hand", "The codes", "Probabilities", "Rejection", "All samples")


@st.fragment
def explore(net: network.Network) -> None:
    """Everything that follows the drawing; only the open part is made."""
    top = st.container()
    *tabs, last = st.tabs(TABS, key="part", on_change="rerun", bind="query-params")
    # The canvas comes first: what is on it now is what all the rest is about.
    room = sample_plane.draw(last) if last.open else None
    with top:
        trace = net.trace(shown_input.choose())
    parts = (distances, by_hand, code_set, probabilities, rejection)
    for tab, part in zip(tabs, parts, strict=True):
        if tab.open:
            with tab:
                part(net, trace)
    if room:
        sample_plane.show(net, trace, room)


def distances(net: network.Network, trace: Trace) -> None:
    from lenet.figures.output_codes import WRONG_BIT, differences, f6_and_what_decides

    st.caption(
        "How far is F6 from every code? Below each code the squared differences, place by place; "
        f"they add up to the distance. Full orange is a wrong bit, which costs {WRONG_BIT:g}."
    )
    winner = int(trace.output[0].argmin())
    answer = units.explain(net.model, trace, spec.OUTPUT, winner)
    assert isinstance(answer, units.Distance)
    left, right = st.columns([2, 3])
    with left:
        st.markdown(words.verdict(answer))
        figure(f6_and_what_decides(answer), key="decides", alt="F6, and which places decide")
    with right:
        figure(differences(answer.f6, winner), key="differences", alt="Ten codes and differences")


def by_hand(net: network.Network, trace: Trace) -> None:
    st.caption("What if F6 were different? Click a place to flip it, or slide all towards a code.")
    runner_up = int(trace.output[0].argsort()[1])
    code_morph.show(trace.f6[0].numpy().ravel(), runner_up)


def code_set(net: network.Network, trace: Trace) -> None:
    from lenet.figures.output_codes import character_set, distance_matrix

    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.caption("How far are the codes from each other? Squared distances.")
        st.markdown(words.extremes())
        figure(distance_matrix(), key="matrix", alt="Squared distances between the ten codes")
    with right:
        st.caption(
            "Why pictures? Characters that look alike get codes that are alike, so that a program "
            "that reads whole words can still choose between O, o and 0. One-of-ten codes make "
            "every confusion equally bad, and hardly train beyond a few dozen classes (III)."
        )
        character = st.selectbox(
            "Nearest to", resemblance.CHARACTERS, resemblance.CHARACTERS.index("O"),
            key="character", bind="query-params", width=120,
        )  # fmt: skip
        st.markdown(f"{words.resembling(character)} {words.confusable()}")
        near = [other for other, _ in resemblance.neighbours(character, words.NEIGHBOURS)]
        figure(character_set(character, near), key="ascii", alt="The codes of Fig. 3")


def probabilities(net: network.Network, trace: Trace) -> None:
    from lenet.figures.output_codes import over_j, posteriors

    st.caption(
        "How probable is each digit? Eq. 9 adds a class for rubbish with the constant distance j: "
        "what is farther than j from all codes is probably no digit."
    )
    j = rubbish_constant(net)
    penalties = trace.output[0].numpy().astype(np.float64)
    shares = posterior.with_rubbish(penalties, j)
    left, right = st.columns(2, gap="medium")
    with left:
        figure(posteriors(shares), key="posteriors", alt="Probabilities of digits and rubbish")
    with right:
        figure(over_j(penalties, j), key="over_j", alt="How they change with j")


def rejection(net: network.Network, trace: Trace) -> None:
    from lenet.figures import rejection as figures

    st.caption("When should an answer be believed? While its distance is below a threshold.")
    threshold = st.slider(
        "Threshold", 0.0, 100.0, net.rejection, 0.5, key="threshold", bind="query-params"
    )
    penalties, labels = sample_units.trace(net).output.numpy(), samples.load().labels
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(words.believed(penalties, labels, threshold))
        curve = posterior.rejection(penalties, labels, np.linspace(0, 100, 201))
        figure(figures.shares(curve, threshold), key="shares", alt="Shares against the threshold")
    names, x = non_digits.inputs()
    unknown = net.trace(x).output.numpy()
    believed = list(unknown.min(1) <= threshold)
    with right:
        st.caption("And what is no digit? Outlined: believed all the same.")
        figure(
            figures.strangers(names, x[:, 0].numpy(), believed), key="strangers", alt="Strangers"
        )
    table(words.strangers(names, unknown, threshold, rubbish_constant(net)))


def rubbish_constant(net: network.Network) -> float:
    return float(
        st.slider(
            "j, the distance of rubbish",
            0.0,
            100.0,
            net.rejection,
            0.5,
            key="j",
            bind="query-params",
        )
    )


page.heading("Output codes", "See how far the network's last picture is from the ten it knows.")
if (net := attempt(network.load)) is not None:
    explore(net)
