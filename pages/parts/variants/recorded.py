"""The recorded results as pages use them: read once for all visitors and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from lenet import variants
from lenet.analysis import results as analysis
from lenet.analysis.learning import Course, course
from lenet.mnist import Digits
from lenet.variants import VARIANTS

Courses = dict[str, Course]
"""Training errors by the name of the network."""


def results() -> dict[str, analysis.Result]:
    """Every network's results by its name. Raises DataError, with a sentence."""
    return _results(variants.FOLDER)


def courses() -> Courses:
    """The training error of every network that can be chosen. Raises DataError."""
    return _courses(variants.FOLDER)


def voting() -> analysis.Voting:
    """What adding up the answers for shifted copies gives. Raises DataError."""
    return _voting(variants.FOLDER)


def answers() -> analysis.Answers:
    """Answers for MNIST's test digits. Raises DataError."""
    return _answers(variants.FOLDER)


def digits() -> Digits:
    """Those of MNIST's test digits whose pictures are here. Raises DataError."""
    return _digits(variants.FOLDER)


_results = st.cache_resource(show_spinner=False)(analysis.results)
_voting = st.cache_resource(show_spinner=False)(analysis.voting)
_answers = st.cache_resource(show_spinner=False)(analysis.answers)
_digits = st.cache_resource(show_spinner=False)(analysis.digits)


@st.cache_resource(show_spinner=False)
def _courses(folder: Path) -> Courses:
    found = analysis.histories(folder)
    return {name: course(found[name]) for name in VARIANTS if name in found}


def compared(results: dict[str, analysis.Result]) -> dict[str, analysis.Result]:
    """The networks of one budget in their order, the one first that others are compared with."""
    return {name: results[name] for name in VARIANTS if name in results}


def places(results: dict[str, analysis.Result], chosen: Sequence[str]) -> list[int]:
    """In which rows of ``compared`` the chosen networks are."""
    return [place for place, name in enumerate(compared(results)) if name in chosen]
