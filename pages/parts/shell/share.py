"""A link to what one sees: copied with one click, or as a QR code for the projector."""

from __future__ import annotations

import re
from html import escape

import segno
import streamlit as st
from segno.encoder import DataOverflowError

from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from lenet.drawing import link
from pages.parts.common.assets import asset, component_js
from pages.parts.network import bundle
from pages.parts.network.place import DRAW_PAGE

_KEY = "share"
_FOLDER = "share"

LONGEST = link.LONGEST + 2_000
"""Characters of an address that this page can have: a drawing, and the state of its widgets."""

_share = st.components.v2.component(
    "lenet_share",
    html=asset(_FOLDER, "share.html"),
    css=asset(_FOLDER, "share.css"),
    js=component_js("share/share.js"),
)


@st.fragment
def buttons(drawn: bool) -> None:
    """The two buttons; the browser knows the address, so the server is asked for the code only.

    ``drawn``: there is a drawing, which the visitor expects the link to have.
    """
    data = bundle.packed(drawn=drawn, view=DRAW_PAGE.key, canvas=DRAW_PAGE.canvas)
    asked = _share(key=_KEY, data=data, on_shown_change=lambda: None, width="content").shown
    if asked is not None:
        st.dialog(_("Scan to see the same"), width="large")(_show_code)(asked)


def _show_code(address: object) -> None:
    picture = qr_code(address)
    if picture is None:
        st.error(
            _("This address is too long for a QR code; please copy the link instead."),
            icon=":material/error:",
        )
        return
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


def qr_code(address: object) -> str | None:
    """An address as a QR code, black on white, a data URI of SVG; None where it cannot be one.

    What the browser sends is checked: only a web address of at most ``LONGEST`` characters, all
    of them allowed in one, becomes a code, and the code is all that comes out.
    """
    if not isinstance(address, str) or len(address) > LONGEST:
        return None
    if not re.fullmatch(r"https?://[!-;=?-~]+", address, re.ASCII):
        return None
    try:
        code = segno.make_qr(address, error="l", boost_error=False)
    except DataOverflowError:
        return None
    return str(code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True))
