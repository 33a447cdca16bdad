"""The architecture: every layer and its arithmetic, three ideas, the weights, the disputes."""

from __future__ import annotations

import streamlit as st

from pages.parts import architecture, disagreements, exhibit, ideas, network, page, weights
from pages.parts.trouble import or_sentence

page.heading(
    "The architecture",
    "Seven layers, three ideas. Click a layer to see where its numbers come from.",
)
if (net := or_sentence(network.load)) is not None:
    names = ["Layers", "Three ideas", "Learned parameters", "Disagreements"]
    layers, three_ideas, learned, disputes = st.tabs(
        names, key="part", on_change="rerun", bind="query-params"
    )
    if layers.open:
        with layers:
            architecture.figure_two_and_table()
            architecture.sharing()
    if three_ideas.open:
        with three_ideas:
            drawing = exhibit.choose()
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
