"""What the Explore pages are shown on: the visitor's own drawing, or a packaged sample."""

from __future__ import annotations

import streamlit as st
import torch

from lenet import mnist, samples, spec
from pages.parts.drawing import canvas
from pages.parts.shell.errors import attempt

_OWN = "my drawing"
_FIRST_SHOWN = 3


def choose() -> torch.Tensor:
    """Let the visitor choose, say what is shown, and return its (1, 1, 32, 32) input."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice = st.selectbox(
            "Shown on my drawing, or a sample of a",
            [_OWN, *spec.CLASSES],
            key="on",
            bind="query-params",
            width=260,
        )
        drawn = attempt(lambda: canvas.current().prepared())
        if choice == _OWN and drawn is not None:
            st.caption("Your own drawing, as the network sees it.")
            return drawn
        digit = spec.CLASSES.index(choice) if choice in spec.CLASSES else _FIRST_SHOWN
        missing = "You have drawn nothing yet, so this is" if choice == _OWN else "This is"
        st.caption(
            f"{missing} a packaged sample of a {spec.CLASSES[digit]}; draw on the Draw page."
        )
    return sample(digit)


@st.cache_data(show_spinner=False)
def sample(digit: int) -> torch.Tensor:
    """(1, 1, 32, 32): the first packaged sample of a class."""
    gallery = samples.load()
    first = int((gallery.labels == digit).argmax())
    return mnist.as_input(torch.from_numpy(gallery.images[first : first + 1].copy()))


@st.cache_resource(show_spinner=False)
def all_samples() -> torch.Tensor:
    """(400, 1, 32, 32): every packaged sample. Do not change it."""
    return mnist.as_input(torch.from_numpy(samples.load().images.copy()))
