"""The tour: what it is, its steps, and how a teacher writes another one."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.shell import page
from pages.parts.tour import overview
from pages.parts.tour.strip import TOUR


def main() -> None:
    page.heading(
        _("Tour"),
        _("Predict what the network will do, do it with your own drawing, and see."),
    )
    overview.tour_of_that_name(st.query_params.get(TOUR, ""))
    overview.for_teachers()


main()
