"""What stands in the page's address, so that a link shows what one sees.

Streamlit's own widgets write their numbers there (``bind="query-params"``), choices and tabs
their identifiers (``pages.parts.common.choice``). Here is what is no widget: the drawing, which
every page carries along, and what only the browser knows, the pinned unit and the range of the
colours, which ``assets/network_view/address.js`` writes and reads.
"""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from lenet.drawing import Drawing, link
from lenet.drawing.link import LinkError
from lenet.unit import unit_from_text
from pages.parts.common import errors

PIN, RANGE = "pin", "range"
"""Names in the address."""

RANGES = ("fixed", "layer", "map")
"""What the full colour can stand for; an address without a range means the first."""


def linked_drawing(name: str) -> Drawing:
    """The drawing in the address of that name. What cannot be read is reported, and removed."""
    if errors.attempt_show_later(_known_view) is None:
        for name in (PIN, RANGE):
            st.query_params.pop(name, None)
    drawing = errors.attempt_show_later(lambda: link.read(st.query_params.get(name, "")))
    if drawing is None:
        st.query_params.pop(name, None)
        return Drawing()
    return drawing


def put_drawing(name: str, drawing: Drawing) -> None:
    """Keep a drawing in the address, or nothing where it is empty or too long for one."""
    put(name, link.write(drawing))


def put(name: str, text: str | None) -> None:
    """Put ``text`` under a name, or remove the name; the browser only hears of a change."""
    if not text:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != text:
        st.query_params[name] = text


def _known_view() -> bool:
    """Whether the view can show what the browser will read from the address; LinkError if not."""
    pin, range_ = st.query_params.get(PIN), st.query_params.get(RANGE)
    if (pin is not None and not _is_unit(pin)) or range_ not in (None, *RANGES):
        raise LinkError(
            _(
                "The link points at a unit or a range of colours that there is none of, so that "
                "part of it is left out; please point at another unit."
            )
        )
    return True


def _is_unit(text: str) -> bool:
    """Whether it names a unit, as in ``c3.9.4.7``."""
    try:
        return unit_from_text(text).key == text
    except ValueError:
        return False
