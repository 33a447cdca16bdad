"""Several networks under the same pen: the component that shows what each makes of a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from lenet.analysis.differences import with_spread
from lenet.analysis.results import Result
from lenet.browser.packing import pack, zipped
from lenet.browser.place import DRAW_PAGE
from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from lenet.mnist import DataError
from lenet.spec import LENET5
from lenet.variants import VARIANTS
from pages.parts.common import component_value
from pages.parts.common.component import component
from pages.parts.network import bundle
from pages.parts.network.network import Network
from pages.parts.variants import labels, recorded

if TYPE_CHECKING:
    from lenet import Trace
    from pages.parts.drawing.canvas_state import CanvasState

KEY = "comparison"

_comparison = component("comparison")


def show(
    networks: Sequence[Network],
    traces: Sequence[Trace],
    canvas: CanvasState,
    *,
    empty: bool,
) -> None:
    """Show what is on the canvas in every network, with PyTorch's traces in the same order.

    Without ink (``empty``) nothing has an answer.
    """
    results = _results()
    described, values = canvas.described()
    place = DRAW_PAGE.described(LENET5)
    header = {
        "needs": list(dict.fromkeys(name for each in networks for name in bundle.needs(each))),
        "networks": [
            _described(each, None if each.own_title else results.get(each.name))
            for each in networks
        ],
        "reference": list(LENET5.by_key)[1:-1],
        "place": {name: place[name] for name in ("canvas", "undo", "clear", "address")},
        "traced": True,
        "empty": empty,
        "drawing": described,
    }
    layers: list[np.ndarray] = [
        trace[key][0].numpy()
        for network, trace in zip(networks, traces, strict=True)
        for key in network.architecture.by_key
    ]

    def asked() -> None:
        canvas.take_presses(component_value.get(KEY, "asked"))

    _comparison(key=KEY, data=zipped(pack(header, [*layers, *values])), on_asked_change=asked)


def _results() -> dict[str, Result]:
    """Recorded figures by the network's name; that there are none the table says."""
    try:
        return recorded.results()
    except DataError:
        return {}


def _described(network: Network, result: Result | None) -> dict[str, Any]:
    variant = VARIANTS[network.name]
    return {
        "name": network.name,
        "identity": network.identity,
        "title": network.title,
        "difference": (
            _("Trained by you, in this browser.") if network.own_title else variant.difference()
        ),
        "facts": _facts(network, result),
        "labels": labels.of(variant),
    }


def _facts(network: Network, result: Result | None) -> list[str]:
    count = network.architecture.parameters
    parameters = ngettext("{count} parameter", "{count} parameters", count).format(
        count=number(count)
    )
    if result is None:
        return [parameters]
    error = with_spread(result.test_error)
    return [parameters, _("test error {error} %").format(error=error)]
