"""What the page about mistakes shows, a tab for each question."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lenet.analysis.mistakes import Readings
from lenet.catalogue import gettext as _
from lenet.mnist import Digits
from pages.parts.common.choice import tabs
from pages.parts.common.errors import attempt
from pages.parts.mistakes import confusions, paper, plane, recorded, rejection, typical
from pages.parts.network import network


def titles() -> dict[str, str]:
    """The tabs in their order."""
    return {
        "paper": _("The paper’s 82"),
        "confusions": _("Confusions"),
        "typical": _("Typical digits"),
        "writers": _("Writers"),
        "rejection": _("Rejection"),
        "plane": _("F6 in the plane"),
    }


def show() -> None:
    """The tabs; a part whose records cannot be read says so in its place."""
    for name, tab in tabs(titles(), key="part").items():
        if tab.open:
            with tab:
                _SECTIONS[name]()


def _with_pictures(section: Callable[[Readings, Digits], None]) -> Callable[[], None]:
    def show() -> None:
        pictures = attempt(recorded.pictures)
        if pictures is not None:
            _with_readings(lambda readings: section(readings, pictures))()

    return show


def _with_readings(section: Callable[[Readings], None]) -> Callable[[], None]:
    def show() -> None:
        if (readings := attempt(recorded.readings)) is not None:
            _say_whose(readings)
            section(readings)

    return show


def _say_whose(readings: Readings) -> None:
    """The answers were recorded; they are not those of a network that the visitor has kept."""
    if network.load().identity != readings.network:
        st.caption(
            _(
                "These answers were recorded of the network that comes with the app; yours "
                "reads only what is under the pen."
            )
        )


_SECTIONS: dict[str, Callable[[], None]] = {
    "paper": _with_pictures(paper.show),
    "confusions": _with_pictures(confusions.show),
    "typical": _with_pictures(typical.show),
    "writers": _with_readings(paper.by_writers),
    "rejection": _with_pictures(rejection.show),
    "plane": plane.show,
}
