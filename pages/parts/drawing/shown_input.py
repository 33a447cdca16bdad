"""What the Explore pages are shown on: the visitor's own drawing, or a packaged sample."""

from __future__ import annotations

import streamlit as st
import torch

from lenet import mnist, samples, spec
from lenet.catalogue import gettext as _
from pages.parts.common.choice import selection
from pages.parts.common.errors import attempt
from pages.parts.drawing import canvas_state

_OWN = "my-drawing"
_FIRST_SHOWN = 3


def choose() -> torch.Tensor:
    """Let the visitor choose, say what is shown, and return its (1, 1, 32, 32) input."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        samples_of = {digit: _("sample {digit}").format(digit=digit) for digit in spec.CLASSES}
        options = {_OWN: _("my drawing"), **samples_of}
        choice = selection(_("Drawing"), options, _OWN, key="on", width=260)
        drawn = attempt(lambda: canvas_state.current().prepared())
        if choice == _OWN and drawn is not None:
            st.caption(_("Your own drawing, as the network sees it."))
            return drawn
        digit = spec.CLASSES.index(choice) if choice in spec.CLASSES else _FIRST_SHOWN
        said = (
            _("You have drawn nothing yet, so this is a packaged sample of a {digit}; draw on the "
              "Draw page.")
            if choice == _OWN
            else _("This is a packaged sample of a {digit}; draw on the Draw page.")
        )  # fmt: skip
        st.caption(said.format(digit=spec.CLASSES[digit]))
    return sample(digit)


@st.cache_data(show_spinner=False)
def sample(digit: int) -> torch.Tensor:
    """(1, 1, 32, 32): the first packaged sample of a class."""
    gallery = samples.load()
    first = int((gallery.labels == digit).argmax())
    return mnist.as_input(torch.from_numpy(gallery.images[first : first + 1].copy()))
