"""PyTorch is imported behind the page: the first picture needs only the weights.

Streamlit runs a script for every visitor, and torch takes seconds to import on a small host. So
one thread of the server imports it, beginning before the first visitor, while pages ask here
whether it is there yet. Nothing is verified before it is.

It stands below the parts of pages, because it draws nothing: whoever waits says so himself.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from importlib import import_module
from threading import Event, Lock, Thread

_log = logging.getLogger("lenet")

_REST = ("lenet.model", "lenet.trace", "lenet.ink", "lenet.units")
"""What follows a drawing and needs torch: imported before the collector is told to look away."""


class PyTorchError(Exception):
    """PyTorch could not be imported; the text says what to do."""


class Loading:
    """One import of PyTorch for all visitors, in a thread of its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._over = Event()
        self._started = False
        self._failure: PyTorchError | None = None

    def start(self, afterwards: Callable[[], None] | None = None) -> None:
        """Begin, unless somebody has begun already; returns at once.

        ``afterwards`` of the call that begins is called when PyTorch can be used; nobody waits
        for it.
        """
        with self._lock:
            if self._started:
                return
            self._started = True
        Thread(target=self._run, args=(afterwards,), name="pytorch", daemon=True).start()

    def ready(self) -> bool:
        """Whether PyTorch can be used now. Raises PyTorchError once that is known to fail."""
        self.start()
        over = self._over.is_set()
        if self._failure:
            raise self._failure
        return over

    def over(self) -> bool:
        """Whether there is nothing more to wait for: PyTorch is there, or never will be."""
        self.start()
        return self._over.is_set()

    def wait(self) -> bool:
        """Return, with True, when PyTorch can be used. Raises PyTorchError if it cannot be."""
        self.start()
        self._over.wait()
        return self.ready()

    def _run(self, afterwards: Callable[[], None] | None) -> None:
        try:
            _settle()
        except Exception as error:
            # Whatever a damaged installation raises while it is imported, it is this.
            _log.error("PyTorch could not be imported: %s: %s", type(error).__name__, error)
            self._failure = PyTorchError(
                "PyTorch cannot be loaded on this server, so nothing here is verified by it; "
                "whoever runs the server finds the reason in its log and can install it again "
                "with `pip install -r requirements.txt`."
            )
        finally:
            self._over.set()
        if afterwards and not self._failure:
            try:
                afterwards()
            except Exception as error:
                _log.warning("What follows PyTorch failed: %s: %s", type(error).__name__, error)


def _settle() -> None:
    """Import what is heavy, then keep the collector away from it.

    Walking torch's objects costs the collector some 200 ms, in which messages wait. Frozen
    objects are not walked. One thread,
    because the network is small and visitors are many; and without oneDNN, which sets itself up
    anew in every thread, and every run of a script has a thread of its own: 14 ms of the 22 that
    a stroke took. Without it the largest difference, relative, is 7e-7.
    """
    import torch

    for name in _REST:
        import_module(name)
    torch.set_num_threads(1)
    torch.backends.mkldnn.set_flags(False)
    gc.collect()
    gc.freeze()


LOADING = Loading()
"""The one import of this server."""
