"""AlexNet's ideas, as its paper puts them, beside what they do for digits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lenet.analysis import claims
from lenet.catalogue import gettext as _
from lenet.variants import COMPARED_WITH
from pages.parts.common.errors import attempt
from pages.parts.common.section import section
from pages.parts.common.table import as_html
from pages.parts.variants import recorded


def show(chosen: Sequence[str]) -> None:
    """A row for every claim; those about a chosen network are marked."""
    section(_("Do AlexNet’s ideas help with digits?"))
    voting, results = attempt(recorded.voting), attempt(recorded.results)
    if results is None:
        return
    st.caption(
        _(
            "Krizhevsky, Sutskever and Hinton (2012) measured them on 1.2 million photographs of "
            "1,000 classes. Here each is one change to LeNet-5, and what is said of it follows "
            "from the figures: a spread that overlaps is no difference."
        )
    )
    found = claims.all_of_them(results, voting)
    titles = (_("idea"), _("AlexNet, 2012"), _("measured here"), _("section"), _("result"))
    rows = [(claim.idea, claim.theirs, claim.here, claim.section, claim.verdict) for claim in found]
    marked = [
        place
        for place, claim in enumerate(found)
        if set(claim.networks) & set(chosen) - {COMPARED_WITH}
    ]
    st.html(as_html(titles, rows, chosen=marked, kind="points"))
