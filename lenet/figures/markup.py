"""Texts for Plotly, which reads titles, labels and hover texts as markup.

Whatever is shown as it stands goes through ``plain``; ``hover`` makes a hover template of it.
"""

from __future__ import annotations

import numpy as np

from lenet.catalogue import number

_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def plain(text: str) -> str:
    """The text so that Plotly shows it as it is, ``&``, ``<`` and ``>`` included."""
    return text.translate(_ESCAPES)


def numbers(values: np.ndarray, decimals: int) -> np.ndarray:
    """Numbers of any shape as texts; Plotly's own formats write a hyphen for a minus."""
    texts = [number(value, decimals) for value in values.ravel().tolist()]
    return np.array(texts, dtype=object).reshape(values.shape)


def hover(text: str) -> str:
    """A template for what pointing shows: this text with Plotly's ``%{...}``, and no more."""
    return f"{plain(text)}<extra></extra>"
