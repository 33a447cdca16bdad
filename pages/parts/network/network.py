"""Networks as pages use them: loaded once for all visitors and never changed.

A visitor can keep a network that was trained in the browser (``keep``). For the rest of the visit
it takes the place of the app's network of the same architecture, for this visitor alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import streamlit as st

from lenet import checkpoint, spec
from lenet.answer import Answer
from lenet.variants import MODEL, named

if TYPE_CHECKING:
    import torch

    import lenet.model
    from lenet import Trace

_KEPT = "kept_network"


@dataclass(frozen=True)
class Network:
    """The weights, which the browser works with too, and the model that they fill.

    ``rejection`` is the distance beyond which nothing is known. ``own_title`` is what a visitor
    calls a network of their own, "" for the app's. Only what asks for the model needs PyTorch, and
    waits for it.
    """

    weights: checkpoint.Weights
    rejection: float
    architecture: spec.Architecture = spec.LENET5
    name: str = MODEL
    own_title: str = ""

    @property
    def title(self) -> str:
        """What readers are told that it is called."""
        return self.own_title or named(self.name).title()

    @cached_property
    def identity(self) -> str:
        """SHA-256 of the weights: the key of whatever is cached about this network."""
        return checkpoint.identity(self.weights, self.architecture)

    @cached_property
    def model(self) -> lenet.model.Network:
        import torch

        # Whoever comes first may want no gradients; others will, of the same weights.
        with torch.inference_mode(False):
            return checkpoint.filled(self.weights, self.architecture)

    def trace(self, drawing: torch.Tensor | None) -> Trace:
        """Every activation for a prepared drawing, or of the network at rest."""
        return trace_of(self.model, drawing)

    def answer(self, trace: Trace) -> Answer:
        return Answer.of(trace.output[0].tolist(), self.rejection, self.architecture)


def trace_of(model: lenet.model.Network, drawing: torch.Tensor | None) -> Trace:
    """Every activation of any network for a prepared drawing, or at rest."""
    import torch

    from lenet.trace import Trace

    pixels = model.architecture.input
    blank = torch.full((1, pixels.maps, pixels.size, pixels.size), spec.BACKGROUND)
    with torch.inference_mode():
        return Trace.of(model, blank if drawing is None else drawing)


def load() -> Network:
    """The LeNet-5 that pages show: the visitor's own if one is kept, else the shipped one.

    Raises CheckpointError, with a sentence, if it cannot be read.
    """
    return variant(MODEL)


@st.cache_resource(show_spinner=False)
def shipped() -> Network:
    """The LeNet-5 that comes with the app. Raises CheckpointError as ``load`` does."""
    return Network(checkpoint.read(), checkpoint.rejection_distance())


def variant(name: str) -> Network:
    """One of ``lenet.variants`` by its name, or what the visitor has kept in its place.

    Raises UnknownNetworkError for another name, and CheckpointError if its weights cannot be read.
    """
    own = kept()
    if own is not None and own.name == name:
        return own
    return shipped() if name == MODEL else _variant(name)


def kept() -> Network | None:
    """The network that this visitor has kept for the visit."""
    found: Network | None = st.session_state.get(_KEPT)
    return found


def keep(own: Network) -> None:
    """Show this network from now on, to this visitor alone; the one kept before is forgotten."""
    st.session_state[_KEPT] = own


def forget_kept() -> None:
    """Show the app's own networks again."""
    st.session_state.pop(_KEPT, None)


def title_of(name: str) -> str:
    """What the network is called that ``variant`` returns for a name."""
    own = kept()
    return own.title if own is not None and own.name == name else named(name).title()


@st.cache_resource(show_spinner=False)
def _variant(name: str) -> Network:
    found = named(name)
    weights = checkpoint.read(found.weights, found.architecture)
    return Network(weights, math.inf, found.architecture, name)
