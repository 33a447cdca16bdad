"""What the disturbances show, in words, each with a button that puts its networks side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lenet.catalogue import gettext as _
from lenet.variants import COMPARED_WITH, MODEL
from pages.parts.compare import chosen


def show() -> None:
    """The three paragraphs."""
    _paragraph(
        _("Why weights are shared"),
        _(
            "A fully connected network has to learn every digit at every place anew, and without "
            "sharing C1 learns its edges at each place by itself. LeNet-5 uses the same kernels "
            "everywhere, so an edge that it has learned in one place it knows in all. Compare the "
            "curves over a shift: LeNet-5, trained like the others, had the same digits as these."
        ),
        "sharing",
        ("fully-connected", "unshared", COMPARED_WITH, MODEL),
    )
    _paragraph(
        _("Where the rest of the invariance comes from"),
        _(
            "Sub-sampling forgives a pixel or two. Turning and squeezing are learned: the app's "
            "LeNet-5 was trained on distorted digits, the one beside it on MNIST's digits as they "
            "are."
        ),
        "distortions",
        (MODEL, COMPARED_WITH),
    )
    _paragraph(
        _("What the paper says"),
        _(
            "Section III.E estimates that LeNet-5 reads digits up to a factor of about 2 in size, "
            "vertical shifts of about half the digit's height, and rotations of about 30 degrees "
            "either way. That is an estimate; here you can measure it on your own digit."
        ),
        "estimate",
        (MODEL,),
    )


def _paragraph(title: str, text: str, key: str, networks: Sequence[str]) -> None:
    st.markdown(f"**{title}**")
    st.caption(text)
    if st.button(
        _("Show these networks"),
        key=f"compare_{key}",
        on_click=lambda: chosen.put(chosen.ON_INVARIANCE, networks),
    ):
        st.rerun()  # all of the page, where the networks are chosen, not this fragment alone
