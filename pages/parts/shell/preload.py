"""What all visitors share is loaded in the background, before anybody needs it.

So whoever opens a page first on a server waits no longer than others do, and a server's memory
at rest says what it needs in use.
"""

from __future__ import annotations

import logging
import time
from importlib import import_module
from pathlib import Path

from pages.serving import metrics, streamlit_internals

_log = logging.getLogger("lenet")

PARTS = Path(__file__).parents[1]
"""The folder pages/parts."""

_DELAY = 4.0
"""Seconds. Who opened a page while the server started has been answered by then."""


def prepare() -> None:
    """Import every part of a page, and compute what does not depend on a drawing.

    Needs PyTorch, and half a second of processor time. Raises what the parts raise.
    """
    time.sleep(_DELAY)
    while not streamlit_internals.server_has_started():
        time.sleep(0.1)
    root = PARTS.parents[1]
    for part in sorted(PARTS.rglob("*.py")):
        import_module(".".join(part.relative_to(root).with_suffix("").parts))

    from pages.parts.common.unit_picker import START
    from pages.parts.network import network, sample_units

    net = network.shipped()
    sample_units.trace(net)
    sample_units.mean_gradient(net, START)
    _log.info("everything is loaded: memory_mb=%d", metrics.memory_mb())
