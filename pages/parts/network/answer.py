"""The answer beside the canvas: the digit, and the distances in a sentence."""

from __future__ import annotations

from html import escape

import streamlit as st

from lenet.answer import Answer, sentences
from lenet.catalogue import gettext as _


def show(answer: Answer | None, key: str = "answer") -> None:
    """Say what the network reads, or that there is no ink; the view keeps it up to date."""
    if answer:
        _write(key, answer.headline, answer.sentence)
    else:
        _write(key, "", sentences()["empty"])


def leave_to_the_browser(*, drawn: bool, key: str = "answer") -> None:
    """Say nothing of a drawing that only the browser has read so far; the view writes it here."""
    _write(key, "", _("Your browser is reading the drawing.") if drawn else sentences()["empty"])


def _write(key: str, headline: str, sentence: str) -> None:
    with st.container(key=key):
        st.html(
            '<div class="answer">'  # the view tells screen readers, once the pen rests
            f'<span class="headline">{escape(headline)}</span>'
            f'<span class="sentence">{escape(sentence)}</span></div>'
        )
