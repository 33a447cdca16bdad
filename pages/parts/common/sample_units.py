"""What the packaged samples make of a network, computed once for all visitors."""

from __future__ import annotations

import numpy as np
import streamlit as st
import torch

from lenet import Trace, samples, spec
from lenet.analysis import effective_field
from lenet.units import Unit
from pages.parts.common.shown_input import all_samples
from pages.parts.network.network import Network

_AT_ONCE = 40

_AVERAGED = 10
"""Samples of each class that a gradient is averaged over; more change it little."""


def trace(network: Network) -> Trace:
    """Every activation for every packaged sample, after squashing. Shared: do not change it."""
    return _trace(network)


def mean_gradient(network: Network, unit: Unit) -> tuple[np.ndarray, int]:
    """(32, 32): the mean size of a unit's gradient over samples of all classes, and how many."""
    place = (unit.layer.key, unit.map, unit.row, unit.column)
    return _mean_gradient(place, network, unit)


@st.cache_resource(show_spinner=False)
def _trace(_network: Network) -> Trace:
    """A few at a time, and without the sums before squashing: many megabytes that nobody needs."""
    drawings = all_samples()
    whole: dict[str, torch.Tensor] = {}
    with torch.inference_mode():
        for first in range(0, len(drawings), _AT_ONCE):
            part = Trace.of(_network.model, drawings[first : first + _AT_ONCE])
            for key in spec.BY_KEY:
                values = part[key]
                # Filled in place: to join the parts at the end would take them all twice.
                joined = whole.setdefault(key, values.new_empty(len(drawings), *values.shape[1:]))
                joined[first : first + _AT_ONCE] = values
    return Trace(whole, {}, _network.architecture)


@st.cache_data(show_spinner=False, max_entries=200)
def _mean_gradient(
    place: tuple[str, int, int, int], _network: Network, _unit: Unit
) -> tuple[np.ndarray, int]:
    """Cached by the unit's place."""
    labels = samples.load().labels
    chosen = np.concatenate(
        [np.flatnonzero(labels == digit)[:_AVERAGED] for digit in range(len(spec.CLASSES))]
    )
    gradients = effective_field.gradients(_network.model, all_samples()[chosen], _unit)
    return np.abs(gradients).mean(0), len(chosen)
