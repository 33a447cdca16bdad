"""Networks as pages use them: loaded once for all visitors and never changed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from lenet import checkpoint, spec
from lenet.answer import Answer
from lenet.variants import MODEL, named

if TYPE_CHECKING:
    import torch

    import lenet.model
    from lenet import Trace


@dataclass(frozen=True)
class Network:
    """The weights, which the browser works with too, and the model that they fill.

    ``rejection`` is the distance beyond which nothing is known. Only what asks for the model
    needs PyTorch, and waits for it.
    """

    weights: checkpoint.Weights
    rejection: float
    architecture: spec.Architecture = spec.LENET5
    name: str = MODEL

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


@st.cache_resource(show_spinner=False)
def load(path: Path | None = None) -> Network:
    """The network of a checkpoint, or the shipped one.

    Raises CheckpointError, with a sentence, if it cannot be read.
    """
    return Network(checkpoint.read(path), checkpoint.rejection_distance(path))


def variant(name: str) -> Network:
    """One of ``lenet.variants`` by its name.

    Raises UnknownNetworkError for another name, and CheckpointError if its weights cannot be read.
    """
    return load() if name == MODEL else _variant(name)


@st.cache_resource(show_spinner=False)
def _variant(name: str) -> Network:
    found = named(name)
    weights = checkpoint.read(found.weights, found.architecture)
    return Network(weights, math.inf, found.architecture, name)
