"""What the network view tells of Undo and Clear, whose presses it takes before the server can.

It tells all that the server has not yet answered, in their order, so that none is lost where two
messages become one or a connection is cut.
"""

from __future__ import annotations

from dataclasses import dataclass

from lenet.drawing import Drawing, link
from lenet.drawing.link import LinkError

MOST = 20
"""Presses that are taken from one message."""

_LARGEST = 2**53


@dataclass(frozen=True)
class Press:
    """A press of a button.

    Args:
        number: presses are counted from 1.
        clear: whether the button was Clear; else it was Undo.
        drawing: what was on the canvas, where the browser knows and could say it.
        done: whether the canvas has cleared itself.
    """

    number: int
    clear: bool
    drawing: Drawing | None
    done: bool


def read(sent: object, after: int) -> list[Press]:
    """The presses in a message whose numbers are above ``after``; nothing for any other message."""
    told = sent.get("presses") if isinstance(sent, dict) else None
    if not isinstance(told, list):
        return []
    presses = []
    for each in told[:MOST]:
        number = each.get("number") if isinstance(each, dict) else None
        if type(number) is int and after < number < _LARGEST:
            clear = each.get("button") == "clear"
            presses.append(Press(number, clear, _drawing(each), each.get("done") is True))
            after = number
    return presses


def _drawing(told: dict[str, object]) -> Drawing | None:
    text = told.get("drawing")
    try:
        return link.read(text) if isinstance(text, str) else None
    except LinkError:
        return None
