"""The shipped network, loaded once for all visitors and never changed."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
import torch

from lenet import LeNet5, Trace, checkpoint, spec
from lenet.answer import Answer


@dataclass(frozen=True)
class Network:
    """The model with its card: ``rejection`` is the distance beyond which nothing is known."""

    model: LeNet5
    rejection: float

    def trace(self, drawing: torch.Tensor | None) -> Trace:
        """Every activation for a prepared drawing, or of the network at rest."""
        blank = torch.full((1, 1, spec.INPUT_SIZE, spec.INPUT_SIZE), spec.BACKGROUND)
        with torch.inference_mode():
            return Trace.of(self.model, blank if drawing is None else drawing)

    def answer(self, trace: Trace) -> Answer:
        return Answer.of(trace.output[0].tolist(), self.rejection)


@st.cache_resource(show_spinner=False)
def load() -> Network:
    """The shipped network. Raises CheckpointError, with a sentence, if it cannot be read."""
    model = checkpoint.load()
    return Network(model, checkpoint.rejection_distance())
