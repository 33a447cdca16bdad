"""The most and the least typical test digits of each class, and what is taken for one."""

from __future__ import annotations

import streamlit as st

from lenet.analysis.mistakes import Readings
from lenet.catalogue import gettext as _
from lenet.mnist import Digits
from lenet.spec import CLASSES
from pages.parts.mistakes import tiles


def show(readings: Readings, pictures: Digits) -> None:
    """Three rows for each class, each with the distance to that class's code."""
    st.caption(
        _(
            "A code is what the network takes for the picture of a digit, so the distance to it "
            "says how typical a drawing is. Below each digit stands its distance to the code of "
            "the class; what is misread is marked. Click a digit to put it under the pen."
        )
    )
    groups = []
    for digit, name in enumerate(CLASSES):
        groups += [
            tiles.Group(_("Most typical"), readings.most_typical(digit), name, distances_to=digit),
            tiles.Group(_("Least typical"), readings.least_typical(digit), distances_to=digit),
            tiles.Group(
                _("Of other classes, nearest to its code"),
                readings.taken_for(digit),
                distances_to=digit,
            ),
        ]
    tiles.show(readings, pictures, groups, small=True)
