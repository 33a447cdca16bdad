"""Table I: which S2 map feeds which C3 map, what each connection does, and what if not."""

from __future__ import annotations

import torch

from pages.parts import connections, exhibit, network, page, table_switches
from pages.parts.trouble import or_sentence

page.heading(
    "The connections between S2 and C3",
    "No C3 map reads all of S2, but for the last. Take the table apart, and change it.",
)
if (net := or_sentence(network.load)) is not None:
    drawing: torch.Tensor = exhibit.choose()
    connections.table_and_detail(net, drawing)
    table_switches.what_if(net, drawing)
    connections.why_not_all(net)
