"""Table I: which S2 map feeds which C3 map, what each connection does, and what if not."""

from __future__ import annotations

from lenet.catalogue import gettext as _
from pages.parts.common.errors import attempt
from pages.parts.connections import sections, table_switches
from pages.parts.drawing import shown_input
from pages.parts.network import network
from pages.parts.shell import page


def main() -> None:
    page.heading(
        _("The connections between S2 and C3"),
        _("Only the last C3 map reads all of S2. Take the table apart, and change it."),
    )
    if (net := attempt(network.load)) is not None:
        drawing = shown_input.choose()
        sections.table_and_detail(net, drawing)
        table_switches.what_if(net, drawing)
        sections.why_not_all(net)


main()
