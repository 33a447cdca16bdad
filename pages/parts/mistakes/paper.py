"""The 82 mistakes of the paper's Fig. 8 beside this network's own, and who wrote them."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lenet.analysis.mistakes import FIGURE_8, FIRST_HALF, Readings, beside_1998
from lenet.catalogue import gettext as _
from lenet.catalogue import number, percent, together
from lenet.mnist import Digits
from pages.parts.common.table import as_html
from pages.parts.mistakes import tiles


def show(readings: Readings, pictures: Digits) -> None:
    """What has become of the 82, each with its distances."""
    beside = beside_1998(readings)
    st.caption(
        _(
            "Fig. 8 of the paper shows every test digit that LeNet-5, trained with distortions, "
            "misread in 1998: {paper} of {all}. The network here misreads {own}. Click a digit to "
            "put it under the pen."
        ).format(
            paper=number(len(FIGURE_8)),
            all=number(len(readings)),
            own=number(len(readings.mistakes)),
        )
    )
    groups = [
        tiles.Group(_("Still wrong: {count}"), beside.still),
        tiles.Group(_("New here: {count}"), beside.new),
        tiles.Group(_("Solved: {count}"), beside.solved),
    ]
    tiles.show(readings, pictures, [_counted(one) for one in groups], small=False)


def _counted(group: tiles.Group) -> tiles.Group:
    places = list(group.places)
    return tiles.Group(group.title.format(count=number(len(places))), places)


def by_writers(readings: Readings) -> None:
    """Mistakes of both networks in each half of the test set."""
    paper = np.array([one.index for one in FIGURE_8])
    first = np.arange(len(readings)) < FIRST_HALF
    said = [
        _(
            "MNIST takes its test digits from two collections: by its authors’ account the first "
            "{half} from NIST’s SD-3, written by employees of the Census Bureau, and the others "
            "from SD-1, written by high-school students. They call the first half cleaner and "
            "easier."
        ).format(half=number(FIRST_HALF))
    ]
    if all(_error(places, first) > _error(places, ~first) for places in (paper, readings.mistakes)):
        said.append(_("Both networks make more mistakes there all the same."))
    st.caption(together(*said))
    halves = [
        (_("first {count}: SD-3, employees"), first),
        (_("last {count}: SD-1, students"), ~first),
        (_("all {count}"), np.ones(len(readings), dtype=bool)),
    ]
    titles = [_("digits"), _("1998: mistakes"), _("error"), _("here: mistakes"), _("error")]
    rows = [
        [
            title.format(count=number(mask.sum())),
            *_mistakes(paper, mask),
            *_mistakes(readings.mistakes, mask),
        ]
        for title, mask in halves
    ]
    st.html(as_html(titles, rows))


def _mistakes(places: np.ndarray, mask: np.ndarray) -> list[str]:
    return [number(int(mask[places].sum())), percent(_error(places, mask), 2)]


def _error(mistakes: np.ndarray, mask: np.ndarray) -> float:
    """The share of mistakes among the digits of a mask."""
    return float(mask[mistakes].sum() / mask.sum())
