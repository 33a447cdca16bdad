"""A picture that the browser sends by itself: pasted anywhere, or taken with a phone's camera."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable

import streamlit as st

from lenet.catalogue import gettext as _
from lenet.files.picture_file import PictureError
from pages.parts.common import component_value
from pages.parts.common.component import component
from pages.parts.network import bundle

_KEY = "pasting"
_CAMERA = "phone_camera"

MOST_BYTES = 340_000
"""Of a picture as it is sent; a larger one is made smaller in the browser.

It comes in the same message as the drawing, which may be four times as long.
"""

_paste = component("paste")
_camera = component("camera")


def listen(pasted: Callable[[Callable[[], bytes]], object]) -> None:
    """Listen on the whole page; ``pasted`` gets a function that returns what was pasted.

    That function raises PictureError where the clipboard has no picture.
    """

    def received() -> None:
        sent = component_value.get(_KEY, "pasted")
        pasted(lambda: content(sent))

    with st.container(key="paste"):
        _paste(key=_KEY, data=bundle.packed(most=MOST_BYTES), on_pasted_change=received, height=1)


def phone_camera(taken: Callable[[Callable[[], bytes]], object]) -> None:
    """On a phone a button that opens its camera; ``taken`` gets a function that returns the photo.

    The phone's file chooser does that, which a page may open without HTTPS.
    """

    def received() -> None:
        sent = component_value.get(_CAMERA, "taken")
        taken(lambda: content(sent))

    _camera(key=_CAMERA, data=bundle.packed(most=MOST_BYTES), on_taken_change=received)


def content(sent: object) -> bytes:
    """The bytes of what was pasted. Raises PictureError for anything else."""
    value = sent if isinstance(sent, dict) else {}
    if value.get("problem") == "none":
        raise PictureError(
            _("The clipboard holds no picture; copy a picture and paste it once more.")
        )
    text = value.get("content")
    if not isinstance(text, str) or len(text) > 4 * -(-MOST_BYTES // 3):
        raise PictureError(
            _(
                "What was pasted cannot be sent: it is no picture that this browser can read, or "
                "far too large. Save it as a file and use Upload."
            )
        )
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise PictureError(_("The pasted picture arrived damaged; paste it once more.")) from None
