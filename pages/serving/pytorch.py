"""PyTorch is imported in the background: a page's first picture needs only the weights.

Streamlit runs a script for every visitor, and torch takes seconds to import on a small host. So
one thread of the server imports it, beginning before the first visitor. Whether it has loaded is
asked here and nowhere else; pages ask through ``pages.parts.common.waiting``, which also shows
what went wrong.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from importlib import import_module
from threading import Event, Lock, Thread

from lenet.catalogue import gettext as _

_log = logging.getLogger("lenet")

_NEEDS_TORCH = ("lenet.model", "lenet.trace", "lenet.ink", "lenet.units")
"""What answers a drawing: imported before ``gc.freeze``, like torch itself."""


class PyTorchError(Exception):
    """PyTorch could not be imported; the text says what to do."""


class Loading:
    """One import of PyTorch for all visitors, in a thread of its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._done = Event()
        self._started = False
        self._failed = False

    def start(self, afterwards: Callable[[], None] | None = None) -> None:
        """Begin, unless that has happened already; returns at once.

        ``afterwards``, of the call that begins, runs once PyTorch can be used, in the
        background.
        """
        with self._lock:
            if self._started:
                return
            self._started = True
        Thread(target=self._run, args=(afterwards,), name="pytorch", daemon=True).start()

    def done(self) -> bool:
        """Whether there is nothing left to wait for: PyTorch is loaded, or never will be."""
        self.start()
        return self._done.is_set()

    def ready(self) -> bool:
        """Whether PyTorch can be used now. Raises PyTorchError once that is known to fail."""
        done = self.done()
        if self._failed:
            raise PyTorchError(
                _(
                    "PyTorch cannot be loaded on this server, so nothing here is verified by it; "
                    "whoever runs the server finds the reason in its log and can install it again "
                    "with `pip install -r requirements.txt`."
                )
            )
        return done

    def wait(self) -> bool:
        """Return, with True, when PyTorch can be used. Raises PyTorchError if it cannot be."""
        self.start()
        self._done.wait()
        return self.ready()

    def _run(self, afterwards: Callable[[], None] | None) -> None:
        try:
            _import_torch()
        except Exception as error:
            # A damaged installation can raise anything while it is imported.
            _log.error("PyTorch could not be imported: %s: %s", type(error).__name__, error)
            self._failed = True
        finally:
            self._done.set()
        if afterwards and not self._failed:
            try:
                afterwards()
            except Exception as error:
                _log.warning("What follows PyTorch failed: %s: %s", type(error).__name__, error)


def _import_torch() -> None:
    """Import torch and what needs it, and set it up for many visitors and a small network.

    The garbage collector would walk torch's objects for some 200 ms in which messages wait;
    frozen objects it does not walk. One thread, because the network is small and visitors are
    many. No oneDNN, because it sets itself up anew in every thread, and every run of a script
    has a thread of its own: that took 14 ms of a stroke's 22. The largest relative difference
    without it is 7e-7.
    """
    import torch

    for name in _NEEDS_TORCH:
        import_module(name)
    torch.set_num_threads(1)
    torch.backends.mkldnn.set_flags(False)
    gc.collect()
    gc.freeze()


LOADING = Loading()
"""The one import of this server."""
