"""What all visitors share, made behind the first page instead of in front of the second.

So whoever opens a page first on a server does not wait longer than the next, and what a server
needs once it is used can be read from its memory at rest.
"""

from __future__ import annotations

import logging
import pkgutil
import time
from importlib import import_module

from streamlit import runtime
from streamlit.runtime import RuntimeState

from pages import parts
from pages.serving import metrics

_log = logging.getLogger("lenet")

_PATIENCE = 4.0
"""Seconds in which somebody who came while the server started has his first answer."""


def prepare() -> None:
    """Import every part of a page, and compute what does not depend on a drawing.

    Takes PyTorch, and half a second of processor time. Raises what the parts raise.
    """
    time.sleep(_PATIENCE)
    while not _is_up():
        time.sleep(0.1)
    for part in pkgutil.iter_modules(parts.__path__, f"{parts.__name__}."):
        import_module(part.name)

    from pages.parts import network, sample_units
    from pages.parts.unit_picker import START

    net = network.load()
    sample_units.trace(net)
    sample_units.mean_gradient(net, START.layer, START.map, START.row, START.column)
    _log.info("everything is loaded: memory_mb=%d", metrics.memory_mb())


def _is_up() -> bool:
    """Whether components can be declared: Streamlit looks for them while it starts."""
    return runtime.exists() and runtime.get_instance().state != RuntimeState.INITIAL
