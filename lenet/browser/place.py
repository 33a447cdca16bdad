"""Where a network view stands on a page, and what else on the page it works with."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from lenet.catalogue import gettext as _
from lenet.spec import LENET5, Architecture


@dataclass(frozen=True)
class Place:
    """The keys of the containers that a network view works with.

    Several views can follow the pen on one ``canvas``. One of them at most deals with the
    buttons in ``undo`` and ``clear``, one writes the ``answer``, and one has its pinned unit and
    its range of colours in the page's ``address``. It has the window to itself, or one of so many
    ``rows`` of it.
    """

    key: str = "network"
    canvas: str = "canvas"
    answer: str | None = None
    undo: str | None = None
    clear: str | None = None
    address: bool = False
    rows: int = 1

    def described(self, architecture: Architecture) -> dict[str, Any]:
        """The same for the browser, with the network's name in code and its ``label``."""
        label = _("LeNet-5 (1998)") if architecture is LENET5 else architecture.name
        own = asdict(self)
        return {"network": architecture.name, "label": label, **own}


DRAW_PAGE = Place(answer="answer", undo="undo", clear="clear", address=True)
"""The one view of the page where one draws."""

TWO_DRAWINGS = (
    replace(DRAW_PAGE, rows=2),
    Place("network_2", "canvas_2", answer="answer_2", undo="undo_2", clear="clear_2", rows=2),
)
"""The views of two drawings, one below the other."""
