"""How the errors of the recorded runs came down, beside the points of the paper's figures."""

from __future__ import annotations

import streamlit as st

from lenet.analysis.recorded_runs import PAPER_TEST_ERROR, RecordedRuns
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from pages.parts.common.figure import figure
from pages.parts.common.section import section
from pages.parts.training import recorded


def show(runs: RecordedRuns, chosen: str) -> None:
    """Fig. 5 and Fig. 6, the paper's and ours, with the chosen run emphasised."""
    from lenet.figures.recorded_errors import by_passes, by_size

    by_pass, by_digits = st.columns([3, 2], gap="medium")
    with by_pass:
        section(_("How did the errors come down?"))
        last = runs.runs[chosen].passes[-1]
        st.caption(
            _(
                "At the end of this run {error} % of MNIST’s test digits are read wrongly; in the "
                "paper’s Fig. 5, without distortions, {paper} %. Faint lines are the other runs."
            ).format(error=number(last.test_error, 2), paper=number(PAPER_TEST_ERROR[-1], 2))
        )
        figure(
            by_passes(runs.runs, chosen, recorded.titles()),
            key="errors_by_passes",
            alt=_("Errors of the recorded runs over the passes, with the paper’s points"),
        )
    with by_digits:
        section(_("How many digits does it need?"))
        st.caption(
            _(
                "The training of 1998 with eq. 9 on fewer digits: more of them would still help, "
                "as the paper found."
            )
        )
        figure(
            by_size(runs.sizes),
            key="errors_by_size",
            alt=_("Errors over the number of digits learned from, with the paper’s points"),
        )
