"""How a LeNet-5 learns: recorded trainings, one of the visitor's own, and a single update."""

from __future__ import annotations

from collections.abc import Callable

from lenet.catalogue import gettext as _
from pages.parts.common.choice import choice
from pages.parts.shell import page
from pages.parts.training import one_update, time_machine, your_own

_PARTS: dict[str, Callable[[], None]] = {
    "machine": time_machine.show,
    "own": your_own.show,
    "update": one_update.show,
}


def main() -> None:
    page.heading(
        _("Training"), _("Watch a LeNet-5 learn, and see when it came to read your digit.")
    )
    titles = {
        "machine": _("Time machine"),
        "own": _("Train your own"),
        "update": _("One update under the glass"),
    }
    shown = choice(_("Part"), titles, "machine", key="show", label_visibility="collapsed")
    _PARTS[shown]()


main()
