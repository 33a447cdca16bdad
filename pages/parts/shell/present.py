"""Presenter mode: the page for a room, and the address under which the room finds it."""

from __future__ import annotations

from html import escape

import streamlit as st

from lenet.catalogue import gettext as _
from pages.parts.common.component import component
from pages.parts.network import bundle
from pages.parts.shell.qr_code import qr_code
from pages.serving import room

_KEY = "present"

_present = component("present")


@st.fragment
def button() -> None:
    """The button that begins it; everything but the room's address is the browser's."""
    with st.container(key=_KEY):
        asked = _present(
            key="present_button",
            data=bundle.packed(),
            on_room_change=lambda: None,
            width="content",
        ).room
    if asked is not None:
        st.dialog(_("Join in with your own device"), width="large")(_show_room)()


def _show_room() -> None:
    address = room.address(st.context.url or "")
    if address is None:
        st.warning(
            _(
                "Other devices cannot reach this server, or only by an address that it does not "
                "know. Start it without server.address, and open this page by this computer's "
                "own address in your network."
            )
        )
        return
    with st.container(key="room"):
        st.html(f'<p class="room-address">{escape(address)}</p>')
        if picture := qr_code(address):
            alt = escape(_("QR code of this address"))
            st.html(f'<img class="qr-code" alt="{alt}" src="{escape(picture)}">')
