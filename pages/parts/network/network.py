"""The shipped network, loaded once for all visitors and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import streamlit as st

from lenet import checkpoint, spec
from lenet.answer import Answer

if TYPE_CHECKING:
    import torch

    from lenet import LeNet5, Trace


@dataclass(frozen=True)
class Network:
    """The weights, which the browser works with too, and the model that they fill.

    ``rejection`` is the distance beyond which nothing is known. Only what asks for the model
    needs PyTorch, and waits for it.
    """

    weights: checkpoint.Weights
    rejection: float

    @cached_property
    def model(self) -> LeNet5:
        import torch

        # Whoever comes first may want no gradients; others will, of the same weights.
        with torch.inference_mode(False):
            return checkpoint.filled(self.weights)

    def trace(self, drawing: torch.Tensor | None) -> Trace:
        """Every activation for a prepared drawing, or of the network at rest."""
        return trace_of(self.model, drawing)

    def answer(self, trace: Trace) -> Answer:
        return Answer.of(trace.output[0].tolist(), self.rejection)


def trace_of(model: LeNet5, drawing: torch.Tensor | None) -> Trace:
    """Every activation of any LeNet-5 for a prepared drawing, or at rest."""
    import torch

    from lenet.trace import Trace

    blank = torch.full((1, 1, spec.INPUT_SIZE, spec.INPUT_SIZE), spec.BACKGROUND)
    with torch.inference_mode():
        return Trace.of(model, blank if drawing is None else drawing)


@st.cache_resource(show_spinner=False)
def load() -> Network:
    """The shipped network. Raises CheckpointError, with a sentence, if it cannot be read."""
    return Network(checkpoint.read(), checkpoint.rejection_distance())
