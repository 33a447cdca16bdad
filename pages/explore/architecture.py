"""The architecture: every layer, the ideas behind it, the weights, and what is disputed."""

from __future__ import annotations

from lenet.catalogue import gettext as _
from pages.parts.architecture import disagreements, figure_two, ideas, sharing, weights
from pages.parts.common.choice import tabs
from pages.parts.common.errors import attempt
from pages.parts.drawing import shown_input
from pages.parts.network import network
from pages.parts.shell import page


def main() -> None:
    page.heading(
        _("The architecture"),
        _("Seven layers, three ideas. Click a layer to see where its numbers come from."),
    )
    if (net := attempt(network.load)) is not None:
        show(net)


def show(net: network.Network) -> None:
    opened = tabs(
        {
            "layers": _("Layers"),
            "ideas-and-arithmetic": _("Ideas and arithmetic"),
            "learned-parameters": _("Learned parameters"),
            "disagreements": _("Disagreements"),
        },
        key="part",
        formerly={"Three ideas": "ideas-and-arithmetic"},
    )
    if opened["layers"].open:
        with opened["layers"]:
            figure_two.figure_two_and_table()
            sharing.show()
    if opened["ideas-and-arithmetic"].open:
        with opened["ideas-and-arithmetic"]:
            drawing = shown_input.choose()
            ideas.one_kernel_everywhere(net, drawing)
            ideas.a_small_shift(net, drawing)
            ideas.blur_or_and(net, drawing)
            ideas.how_often_it_fits()
    if opened["learned-parameters"].open:
        with opened["learned-parameters"]:
            weights.every_parameter(net)
    if opened["disagreements"].open:
        with opened["disagreements"]:
            disagreements.settled()


main()
