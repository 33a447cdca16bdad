"""The architecture: every layer and its arithmetic, three ideas, the weights, the disputes."""

from __future__ import annotations

from pages.parts.architecture import disagreements, figure_two, ideas, weights
from pages.parts.common import shown_input
from pages.parts.common.choice import tabs
from pages.parts.network import network
from pages.parts.shell import page
from pages.parts.shell.errors import attempt

page.heading(
    "The architecture",
    "Seven layers, three ideas. Click a layer to see where its numbers come from.",
)
if (net := attempt(network.load)) is not None:
    opened = tabs(
        {
            "layers": "Layers",
            "three-ideas": "Three ideas",
            "learned-parameters": "Learned parameters",
            "disagreements": "Disagreements",
        },
        key="part",
    )
    if opened["layers"].open:
        with opened["layers"]:
            figure_two.figure_two_and_table()
            figure_two.sharing()
    if opened["three-ideas"].open:
        with opened["three-ideas"]:
            drawing = shown_input.choose()
            ideas.one_kernel_everywhere(net, drawing)
            ideas.a_pixel_aside(net, drawing)
            ideas.blur_or_and(net, drawing)
            ideas.how_often_it_fits()
    if opened["learned-parameters"].open:
        with opened["learned-parameters"]:
            weights.every_parameter(net)
    if opened["disagreements"].open:
        with opened["disagreements"]:
            disagreements.settled()
