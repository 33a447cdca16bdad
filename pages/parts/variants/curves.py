"""How fast the networks learn: their training error on the way, and when it has come down."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lenet.analysis.results import LEVELS, Result, Spread
from lenet.catalogue import gettext as _
from lenet.catalogue import number, percent
from lenet.variants import COMPARED_WITH, MODEL, VARIANTS
from pages.parts.common.choice import choice
from pages.parts.common.errors import attempt
from pages.parts.common.figure import figure
from pages.parts.common.section import section
from pages.parts.common.table import as_html
from pages.parts.variants import recorded

_EPOCHS, _SECONDS = "epochs", "seconds"
_NEVER = "\u2013"


def show(chosen: Sequence[str]) -> None:
    """Curves of the chosen networks, and a table of all."""
    section(_("How fast does each network learn?"))
    if (courses := attempt(recorded.courses)) is not None:
        st.caption(
            _(
                "The share of training digits that are read wrongly, as they come. Lines are means "
                "over the seeds, bands go from the lowest run to the highest, faint lines are all "
                "other networks."
            )
        )
        if MODEL in chosen:
            st.caption(
                _("The network that the app ships was trained in another way, so it has no curve.")
            )
        against = choice(
            _("Against"),
            {_EPOCHS: _("epochs"), _SECONDS: _("processor seconds")},
            _EPOCHS,
            key="against",
            label_visibility="collapsed",
        )
        _figure(courses, chosen, against)
    if (results := attempt(recorded.results)) is not None:
        st.caption(
            _(
                "Epochs and seconds of one processor until the training error came down to so "
                "much; {never} where not every run did."
            ).format(never=_NEVER)
        )
        st.html(as_html(*_titles_and_rows(results), chosen=recorded.places(results, chosen)))


def _figure(courses: recorded.Courses, chosen: Sequence[str], against: str) -> None:
    from lenet.figures.training_curves import training_curves

    titles = {name: variant.title() for name, variant in VARIANTS.items()}
    made = training_curves(
        courses, chosen, COMPARED_WITH, titles, "seconds" if against == _SECONDS else "epochs"
    )
    figure(made, key="training_curves", alt=_("Training error of the networks as they learn"))


def _titles_and_rows(results: dict[str, Result]) -> tuple[list[str], list[list[str]]]:
    """Titles and rows: when each network's training error has come down to each level."""
    levels = [percent(level / 100) for level in LEVELS]
    titles = [
        _("network"),
        *(_("epochs to {percent}").format(percent=level) for level in levels),
        *(_("seconds to {percent}").format(percent=level) for level in levels),
        _("seconds in all"),
    ]
    rows = [
        [
            VARIANTS[name].title(),
            *(reached(one.epochs_to[level], 1) for level in LEVELS),
            *(reached(one.seconds_to[level], 0) for level in LEVELS),
            reached(one.processor_seconds, 0),
        ]
        for name, one in recorded.compared(results).items()
    ]
    return titles, rows


def reached(spread: Spread | None, decimals: int) -> str:
    """A mean as it stands in a table; there is none unless all runs came that far."""
    if spread is None or spread.mean is None:
        return _NEVER
    return number(spread.mean, decimals)
