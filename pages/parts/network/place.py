"""Where a network view stands on a page, and what else on the page it works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lenet.catalogue import gettext as _


@dataclass(frozen=True)
class Place:
    """The keys of the containers that a network view works with.

    Several views can follow the pen on one ``canvas``. One of them at most deals with the
    buttons in ``undo`` and ``clear``, one writes the ``answer``, and one has its pinned unit and
    its range of colours in the page's ``address``.
    """

    key: str = "network"
    network: str = "lenet5"
    canvas: str = "canvas"
    answer: str | None = None
    undo: str | None = None
    clear: str | None = None
    address: bool = False
    arrangement: str = ""

    def described(self) -> dict[str, Any]:
        """The same for the browser; ``label`` is the network's name for people."""
        label = _("LeNet-5 (1998)") if self.network == "lenet5" else self.network
        return {
            "network": self.network,
            "label": label,
            "canvas": self.canvas,
            "answer": self.answer,
            "undo": self.undo,
            "clear": self.clear,
            "address": self.address,
            "arrangement": self.arrangement,
        }


DRAW_PAGE = Place(answer="answer", undo="undo", clear="clear", address=True)
"""The one view of the page where one draws."""
