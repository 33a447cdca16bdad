"""Error against rejected share: by the gap between the two nearest codes, and by the distance."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lenet.analysis.mistakes import ERRORS, Readings, Rejection, rejection
from lenet.catalogue import gettext as _
from lenet.catalogue import number, percent
from lenet.mnist import Digits
from pages.parts.common.choice import choice
from pages.parts.common.figure import figure
from pages.parts.common.table import as_html
from pages.parts.mistakes import tiles

_GAP, _DISTANCE = "gap", "distance"


def show(readings: Readings, pictures: Digits) -> None:
    """Both curves, what a chosen share gains, and which mistakes it leaves."""
    from lenet.figures.error_of_the_rest import MOST, error_of_the_rest

    st.caption(
        _(
            "An answer can be turned down when it is not sure. The paper goes by the gap between "
            "the two nearest codes; this app goes by the distance of the nearest, which also "
            "turns down what is no digit at all."
        )
    )
    names = {_GAP: _("gap to the runner-up"), _DISTANCE: _("distance of the nearest code")}
    certainty = {_GAP: readings.gaps, _DISTANCE: -readings.nearest}
    curves = {name: rejection(values, readings.wrong) for name, values in certainty.items()}
    by = choice(_("Turned down by"), names, _GAP, key="by")
    share = st.slider(
        _("Turned down, in percent"), 0.0, MOST, 0.5, 0.05, key="turned_down", bind="query-params"
    )
    st.markdown(_gained(readings, certainty[by], share))
    figure(
        error_of_the_rest({names[name]: curve for name, curve in curves.items()}, share),
        key="error_of_the_rest",
        alt=_("Error of the other digits, against the share that is turned down"),
    )
    _needed(names, curves)
    turned_down = _turned_down(certainty[by], share)
    left = np.flatnonzero(readings.wrong & ~turned_down)
    caught = np.flatnonzero(readings.wrong & turned_down)
    groups = [
        tiles.Group(_("Mistakes that are left: {count}").format(count=number(len(left))), left),
        tiles.Group(_("Mistakes turned down: {count}").format(count=number(len(caught))), caught),
    ]
    tiles.show(readings, pictures, groups, small=False)


def _turned_down(certainty: np.ndarray, share: float) -> np.ndarray:
    """(n,) bool: the least certain digits, not more than ``share`` percent."""
    count = int(len(certainty) * share / 100 + 1e-9)
    threshold = np.sort(certainty)[count]
    return certainty < threshold


def _gained(readings: Readings, certainty: np.ndarray, share: float) -> str:
    turned_down = _turned_down(certainty, share)
    caught = int((readings.wrong & turned_down).sum())
    return _(
        "Turned down: {count} of {all}. Mistakes among them: {caught} of {mistakes}; digits read "
        "rightly: {lost}. Error of the others: **{error}**."
    ).format(
        count=number(int(turned_down.sum())),
        all=number(len(readings)),
        caught=number(caught),
        mistakes=number(len(readings.mistakes)),
        lost=number(int(turned_down.sum()) - caught),
        error=percent(float(readings.wrong[~turned_down].mean()), 2),
    )


def _needed(names: dict[str, str], curves: dict[str, Rejection]) -> None:
    """What share each has to turn down to come to an error."""
    reachable = [error for error in ERRORS if 100 * curves[_GAP].error[0] > error]
    rows = [
        [
            percent(error / 100, 1),
            *(percent(curve.needed(error / 100), 2) for curve in curves.values()),
        ]
        for error in reachable
    ]
    st.html(as_html([_("error of the others"), *names.values()], rows))
