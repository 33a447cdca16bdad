"""The picture that a visitor sent, with what was found in it, to be turned and chosen from."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import numpy as np
import streamlit as st

from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from pages.parts.common import component_value, errors, waiting
from pages.parts.common.component import component
from pages.parts.drawing.canvas_state import CanvasState
from pages.parts.drawing.picture import Picture, letter
from pages.parts.network import bundle

_VISIT = "visit_picture"
_KEY = "found"

_found = component("found")


class _Sent:
    """A visitor's last picture, which of its digits is on the canvas, and as what."""

    def __init__(self, picture: Picture, state: CanvasState) -> None:
        self.picture = picture
        self.chosen: int | None = None
        self.put: np.ndarray | None = None
        if len(picture.digits) == 1:
            self.choose(0, state)
        elif picture.digits or state.drawing.picture is not None:
            state.clear()  # what another picture showed would be taken for the answer to this one
        self.replaced = state.replaced

    def choose(self, index: int, state: CanvasState) -> None:
        """Put one of the digits on the canvas."""
        state.put(self.picture.digits[index].input)
        self.chosen, self.put, self.replaced = index, state.drawing.picture, state.replaced

    def is_of(self, state: CanvasState) -> bool:
        """Whether the canvas has been given nothing else since: a stroke may be undone over it."""
        if self.replaced == state.replaced:
            return True
        return self.put is not None and state.drawing.picture is self.put


def take(content: Callable[[], bytes], state: CanvasState) -> bool:
    """Look for digits in a picture; if it is none, False, and a sentence waits to be shown."""
    if not waiting.wait_for_pytorch_in_callback():
        return False
    picture = errors.attempt_show_later(lambda: Picture.read(content()))
    if picture is not None:
        st.session_state[_VISIT] = _Sent(picture, state)
    return picture is not None


def show(state: CanvasState) -> None:
    """The picture with outlines, as long as the canvas is about it."""
    sent: _Sent | None = st.session_state.get(_VISIT)
    if sent is None:
        return
    if not sent.is_of(state):
        del st.session_state[_VISIT]
        return
    with st.container(key="picture"):
        _sentence(sent)
        _outlines(sent, state)
        with st.container(horizontal=True, key="turns"):
            for name, turns, label in (
                ("left", 1, _("Turn left")),
                ("right", -1, _("Turn right")),
            ):
                st.button(
                    label,
                    key=f"turn_{name}",
                    icon=f":material/rotate_90_degrees_{'ccw' if turns > 0 else 'cw'}:",
                    on_click=_turn,
                    args=(sent, turns, state),
                )
        if sent.chosen is not None:
            st.caption(
                _("A link to this page holds the digit as the network sees it, not the picture.")
            )


def _turn(sent: _Sent, turns: int, state: CanvasState) -> None:
    if waiting.wait_for_pytorch_in_callback():
        st.session_state[_VISIT] = _Sent(sent.picture.turned(turns), state)


def _sentence(sent: _Sent) -> None:
    count = len(sent.picture.digits)
    if count == 0:
        st.error(
            _(
                "I cannot find one digit here. Turn the picture if it lies on its side, or send "
                "one of a single digit, in strong lines on plain paper, that is not cut off."
            ),
            icon=":material/error:",
        )
        return
    if count == 1:
        said = _("This was found in the picture. If it does not stand upright, turn it.")
    elif sent.chosen is None:
        said = ngettext(
            "{count} digit was found in the picture: choose it.",
            "{count} digits were found in the picture: choose the one that is read.",
            count,
        ).format(count=number(count))
    else:
        said = ngettext(
            "{count} digit was found in the picture; the one marked {letter} is on the canvas.",
            "{count} digits were found in the picture; the one marked {letter} is on the canvas.",
            count,
        ).format(count=number(count), letter=letter(sent.chosen))
    st.html(f'<p class="found-sentence" role="status">{escape(said)}</p>')


def _outlines(sent: _Sent, state: CanvasState) -> None:
    def chosen() -> None:
        index = component_value.get(_KEY, "chosen")
        if type(index) is int and 0 <= index < len(sent.picture.digits):
            sent.choose(index, state)

    digits = [
        {"box": digit.box, "letter": letter(index)}
        for index, digit in enumerate(sent.picture.digits)
    ]
    data = bundle.packed(**sent.picture.shown, digits=digits, chosen=sent.chosen)
    _found(key=_KEY, data=data, on_chosen_change=chosen)
