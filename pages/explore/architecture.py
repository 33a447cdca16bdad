"""The architecture: every layer and its arithmetic, three ideas, the weights, the disputes."""

from __future__ import annotations

import streamlit as st

from pages.parts.architecture import disagreements, figure_two, ideas, weights
from pages.parts.common import shown_input
from pages.parts.network import network
from pages.parts.shell import page
from pages.parts.shell.errors import attempt

page.heading(
    "The architecture",
    "Seven layers, three ideas. Click a layer to see where its numbers come from.",
)
if (net := attempt(network.load)) is not None:
    names = ["Layers", "Three ideas", "Learned parameters", "Disagreements"]
    layers, three_ideas, learned, disputes = st.tabs(
        names, key="part", on_change="rerun", bind="query-params"
    )
    if layers.open:
        with layers:
            figure_two.figure_two_and_table()
            figure_two.sharing()
    if three_ideas.open:
        with three_ideas:
            drawing = shown_input.choose()
            ideas.one_kernel_everywhere(net, drawing)
            ideas.a_pixel_aside(net, drawing)
            ideas.blur_or_and(net, drawing)
            ideas.how_often_it_fits()
    if learned.open:
        with learned:
            weights.every_parameter(net)
    if disputes.open:
        with disputes:
            disagreements.settled()
