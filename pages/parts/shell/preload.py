"""What all visitors share, made behind the first page instead of in front of the second.

So whoever opens a page first on a server does not wait longer than the next, and what a server
needs once it is used can be read from its memory at rest.
"""

from __future__ import annotations

import logging
import time
from importlib import import_module
from pathlib import Path

from streamlit import runtime
from streamlit.runtime import RuntimeState

from pages.serving import metrics

_log = logging.getLogger("lenet")

PARTS = Path(__file__).parents[1]
"""The folder pages/parts."""

_PATIENCE = 4.0
"""Seconds in which somebody who came while the server started has his first answer."""


def prepare() -> None:
    """Import every part of a page, and compute what does not depend on a drawing.

    Takes PyTorch, and half a second of processor time. Raises what the parts raise.
    """
    time.sleep(_PATIENCE)
    while not _is_up():
        time.sleep(0.1)
    root = PARTS.parents[1]
    for part in sorted(PARTS.rglob("*.py")):
        import_module(".".join(part.relative_to(root).with_suffix("").parts))

    from pages.parts.common import sample_units
    from pages.parts.common.unit_picker import START
    from pages.parts.network import network

    net = network.load()
    sample_units.trace(net)
    sample_units.mean_gradient(net, START)
    _log.info("everything is loaded: memory_mb=%d", metrics.memory_mb())


def _is_up() -> bool:
    """Whether components can be declared: Streamlit looks for them while it starts."""
    return runtime.exists() and runtime.get_instance().state != RuntimeState.INITIAL
