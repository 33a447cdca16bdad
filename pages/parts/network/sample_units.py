"""What the packaged samples make of a network, computed once for all visitors.

Networks are told apart by their identity, the hash of their weights: two that differ in one
weight never share a result.
"""

from __future__ import annotations

import numpy as np
import streamlit as st
import torch

from lenet import Trace, mnist, samples
from lenet.analysis import effective_field
from lenet.units import Unit
from pages.parts.network.network import Network

_AT_ONCE = 40

_AVERAGED = 10
"""Samples of each class that a gradient is averaged over; more change it little."""


@st.cache_resource(show_spinner=False)
def inputs() -> torch.Tensor:
    """(400, 1, 32, 32): every packaged sample. Do not change it."""
    return mnist.as_input(torch.from_numpy(samples.load().images.copy()))


def trace(network: Network) -> Trace:
    """Every activation for every packaged sample, after squashing. Shared: do not change it."""
    return _trace(network.identity, network)


def answers(network: Network) -> np.ndarray:
    """(400,) uint8: the digit that a network answers for every packaged sample."""
    return _answers(network.identity, network)


def mean_gradient(network: Network, unit: Unit) -> tuple[np.ndarray, int]:
    """(32, 32): the mean size of a unit's gradient over samples of all classes, and how many."""
    return _mean_gradient(network.identity, unit.key, network, unit)


@st.cache_resource(show_spinner=False, max_entries=4)
def _trace(identity: str, _network: Network) -> Trace:
    """A few at a time, and without the sums before squashing: many megabytes that nobody needs.

    Of few networks: each takes 13 MB, and every visitor can have their own.
    """
    drawings = inputs()
    whole: dict[str, torch.Tensor] = {}
    with torch.inference_mode():
        for first in range(0, len(drawings), _AT_ONCE):
            part = Trace.of(_network.model, drawings[first : first + _AT_ONCE])
            for key in _network.architecture.by_key:
                values = part[key]
                # Filled in place: to join the parts at the end would take them all twice.
                joined = whole.setdefault(key, values.new_empty(len(drawings), *values.shape[1:]))
                joined[first : first + _AT_ONCE] = values
    return Trace(whole, {}, _network.architecture)


@st.cache_data(show_spinner=False, max_entries=50)
def _answers(identity: str, _network: Network) -> np.ndarray:
    with torch.inference_mode():
        parts = [_network.model(part).argmin(1) for part in inputs().split(_AT_ONCE)]
    return torch.cat(parts).numpy().astype(np.uint8)


@st.cache_data(show_spinner=False, max_entries=200)
def _mean_gradient(
    identity: str, unit_key: str, _network: Network, _unit: Unit
) -> tuple[np.ndarray, int]:
    """Cached by the first two arguments, which say what the other two are."""
    labels = samples.load().labels
    classes = range(len(_network.architecture.classes))
    chosen = np.concatenate([np.flatnonzero(labels == digit)[:_AVERAGED] for digit in classes])
    gradients = effective_field.gradients(_network.model, inputs()[chosen], _unit)
    return np.abs(gradients).mean(0), len(chosen)
