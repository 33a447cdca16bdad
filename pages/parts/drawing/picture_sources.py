"""Where pictures come from: a file, the camera, or the clipboard."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlsplit

import streamlit as st

from lenet.catalogue import as_list
from lenet.catalogue import gettext as _
from lenet.files.picture_formats import FORMATS
from pages.parts.common import errors
from pages.parts.drawing import found, paste
from pages.parts.drawing.canvas_state import CanvasState
from pages.serving import streamlit_internals

_KEY = "upload"
_FILE, _PHOTO = "picture", "photo"
_ROUND = "picture_round"
"""How often the widgets were emptied: each time they are new ones."""

_REFUSED = "picture_refused"
_CAMERA = "camera_asked_for"


def show(state: CanvasState) -> None:
    """The button from which one chooses a file or takes a photo; pasting works without it."""
    popover = st.popover(_("Upload"), on_change="rerun", key=_KEY)
    paste.listen(lambda content: _receive(content, state))
    if popover.open:
        with popover:
            _file(state)
            _camera_button(state)
    if st.session_state.pop(_CAMERA, False):
        st.dialog(_("A photo of one digit"))(_camera)()


def take_photo(state: CanvasState) -> None:
    """Put the photo that the camera has just taken on the canvas, before that is shown."""
    if content := st.session_state.pop(_PHOTO, None):
        found.take(content, state)


def camera_is_lent(address: str | None) -> bool:
    """Whether browsers lend the camera to a page of this address: over HTTPS or on this computer.

    An address that is not known is taken for one that may have it.
    """
    parts = urlsplit(address or "https:")
    host = parts.hostname or ""
    if parts.scheme == "https" or host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _file(state: CanvasState) -> None:
    key = _named(_FILE)
    # Any file is let in: our own sentence says what is accepted, Streamlit's only that this is not.
    st.file_uploader(
        _("A photo or scan of one digit"), key=key, on_change=lambda: _receive_file(key, state)
    )
    if refused := st.session_state.pop(_REFUSED, None):
        errors.show(refused)
    st.caption(
        _("{formats}. A copied picture can be pasted anywhere on this page.").format(
            formats=as_list(FORMATS)
        )
    )


def _camera_button(state: CanvasState) -> None:
    def asked() -> None:
        st.session_state[_KEY] = False
        st.session_state[_CAMERA] = True

    if camera_is_lent(st.context.url):
        icon = ":material/photo_camera:"
        st.button(_("Take a photo"), key="camera", icon=icon, on_click=asked)
    else:
        paste.phone_camera(lambda content: _receive(content, state))
        st.caption(
            _(
                "Browsers lend the camera only to pages that come over HTTPS, and this one does "
                "not. A phone takes the photo with its own camera."
            )
        )


def _camera() -> None:
    key = _named(_PHOTO)

    def taken() -> None:
        if isinstance(file := st.session_state[key], BytesIO):
            st.session_state[_PHOTO] = _emptied(file)

    st.camera_input(
        _("A photo of one digit"),
        key=key,
        on_change=taken,
        label_visibility="collapsed",
        resolution="720p",
    )
    if _PHOTO in st.session_state:
        st.rerun()  # the canvas is no part of this dialog: the page takes the photo


def _receive_file(key: str, state: CanvasState) -> None:
    file = st.session_state[key]
    if isinstance(file, BytesIO):  # neither taken away nor taken already
        _receive(_emptied(file), state)


def _receive(content: Callable[[], bytes], state: CanvasState) -> None:
    """Take a picture: the popover closes, or says why it cannot be used if it is open."""
    if found.take(content, state):
        st.session_state[_KEY] = False
    elif st.session_state.get(_KEY):
        st.session_state[_REFUSED] = errors.take_pending()


def _named(kind: str) -> str:
    """The key of a widget that is empty."""
    return f"{kind}_{st.session_state.get(_ROUND, 0)}"


def _emptied(file: BytesIO) -> Callable[[], bytes]:
    """What gives the content of a file that is held neither by its widget nor by the server."""
    content = file.getvalue()
    streamlit_internals.drop_upload(file)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    return lambda: content
