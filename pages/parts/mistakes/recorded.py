"""The recorded answers to the test set as pages use them: read once for all visitors."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lenet.analysis import mistakes, results
from lenet.analysis.mistakes import Readings
from lenet.mnist import Digits


def readings() -> Readings:
    """The shipped network's distances for MNIST's test digits. Raises DataError."""
    return _readings(mistakes.FOLDER)


def pictures() -> Digits:
    """Those of the test digits whose pictures are here. Raises DataError."""
    return _pictures(mistakes.FOLDER)


@st.cache_resource(show_spinner=False)
def _readings(folder: Path) -> Readings:
    return mistakes.readings(folder)


@st.cache_resource(show_spinner=False)
def _pictures(folder: Path) -> Digits:
    return results.digits(folder)
