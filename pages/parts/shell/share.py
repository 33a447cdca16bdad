"""A link to what one sees: copied with one click, or as a QR code for the projector."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from lenet.browser.place import DRAW_PAGE
from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from pages.parts.common.component import component
from pages.parts.network import bundle
from pages.parts.shell.qr_code import qr_code
from pages.serving import room

_KEY = "share"

_share = component("share")


@st.fragment
def buttons(drawn: bool) -> None:
    """The two buttons; the browser knows the address, so the server is asked for the code only.

    ``drawn``: there is a drawing, which the visitor expects the link to have.
    """
    url = st.context.url or ""
    here = room.is_this_computer(urlsplit(url).hostname)
    data = bundle.packed(
        drawn=drawn,
        view=DRAW_PAGE.key,
        canvas=DRAW_PAGE.canvas,
        # At localhost, where others have to be told another address, if there is one.
        room={"origin": room.origin_for_others(url)} if here else None,
    )
    asked = _share(key=_KEY, data=data, on_shown_change=lambda: None, width="content").shown
    if asked is not None:
        st.dialog(_("Scan to see the same"), width="large")(_show_code)(asked)


def _show_code(address: object) -> None:
    origin, here = _origin_for_others(address)
    if origin:
        address = origin + str(address).removeprefix(_origin(str(address)))
    picture = qr_code(address)
    if picture is None:
        st.error(
            _("This address is too long for a QR code; please copy the link instead."),
            icon=":material/error:",
        )
        return
    if here:
        _say_where_it_works(address if origin else None)
    alt = escape(_("QR code of this page's address"))
    st.html(f'<img class="qr-code" alt="{alt}" src="{escape(picture)}">')
    count = len(str(address))
    st.caption(
        ngettext(
            "{count} character. It opens this page as its address describes it.",
            "{count} characters. It opens this page as its address describes it.",
            count,
        ).format(count=number(count))
    )


def _origin_for_others(address: object) -> tuple[str | None, bool]:
    """(the address of this server for others, whether this one works on this computer only)."""
    if not isinstance(address, str) or not re.match(r"https?://", address):
        return None, False
    try:
        here = room.is_this_computer(urlsplit(address).hostname)
        return (room.origin_for_others(address) if here else None), here
    except ValueError:  # it names no host, or no port
        return None, False


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _say_where_it_works(address: object) -> None:
    """Above the code of a page that was opened as localhost; ``address`` is the one for others."""
    if address is not None:
        page = str(address).partition("?")[0]
        text = _(
            "You opened this page as localhost, which works on this computer only. "
            "The code has the address that others in the room use:"
        )
        st.html(f'<p>{escape(text)}</p><p class="room-address">{escape(page)}</p>')
    elif room.listens_to_this_computer_only():
        st.warning(
            _(
                "This code works on this computer only, because the server listens to no other. "
                "Start it without server.address, and others in the room can open it."
            )
        )
    else:
        st.warning(
            _(
                "This code works on this computer only. For others in the room, open this page by "
                "this computer's own address in your network, in place of localhost."
            )
        )
