"""The answer beside the canvas: the digit, and the distances in a sentence."""

from __future__ import annotations

from html import escape

import streamlit as st

from lenet.answer import WORDS, Answer


def show(answer: Answer | None) -> None:
    """Say what the network reads, or that there is no ink; the view keeps it up to date."""
    headline, sentence = (answer.headline, answer.sentence) if answer else ("", WORDS["empty"])
    with st.container(key="answer"):
        st.html(
            '<div class="answer" role="status">'
            f'<span class="headline">{escape(headline)}</span>'
            f'<span class="sentence">{escape(sentence)}</span></div>'
        )
