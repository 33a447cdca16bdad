"""When an answer is believed: a threshold, the two errors it makes, and drawings of all kinds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
import torch
from streamlit.delta_generator import DeltaGenerator

from lenet import Trace, samples
from lenet.analysis import non_digits, posterior
from lenet.catalogue import gettext as _
from lenet.drawing import non_digits as packaged
from pages.parts.common.errors import attempt
from pages.parts.common.figure import figure
from pages.parts.common.table import table
from pages.parts.drawing import canvas, canvas_state, gallery
from pages.parts.network import sample_units
from pages.parts.network.network import Network
from pages.parts.output_codes import rejection_words as words

_MOST = float(posterior.THRESHOLDS[-1])


@dataclass(frozen=True)
class Places:
    """Where threshold and figure, and below them the table, stand; and what is drawn."""

    errors: DeltaGenerator
    drawings: DeltaGenerator
    drawn: torch.Tensor | None


def draw() -> Places:
    """Show the canvas and the non-digits that can be drawn on it, and make places for the rest."""
    drawing = canvas_state.current()
    beside, errors = st.columns([1, 3], gap="medium")
    with beside:
        canvas.show()
        st.button(_("Clear"), key="clear_rejection", on_click=drawing.clear)
        gallery.show_non_digits(drawing.put_drawing)
        drawn = attempt(drawing.prepared)
    return Places(errors, st.container(), drawn)


def show(net: Network, trace: Trace, places: Places) -> None:
    """The two errors of a threshold, and its verdict on ``trace``, the drawing and non-digits."""
    from lenet.figures.rejection import errors

    names = list(packaged.names().values())
    unknown, varied = _penalties(net.identity, net)
    with places.errors:
        st.caption(
            _(
                "When should an answer be believed? While its nearest code is not beyond a "
                "threshold. A small one loses digits; a large one takes for digits what is none."
            )
        )
        threshold = st.slider(
            _("Threshold: largest distance that is believed"),
            0.0,
            _MOST,
            min(net.rejection, _MOST),
            0.5,
            key="threshold",
            bind="query-params",
        )
        digits, labels = sample_units.trace(net).output.numpy(), samples.load().labels
        st.markdown(words.accepted(digits, labels, threshold))
        st.markdown(words.believed(varied, len(names), threshold))
        thresholds = np.union1d(posterior.THRESHOLDS, threshold)
        curve = posterior.rejection(digits, labels, thresholds)
        taken = posterior.believed(varied, thresholds)
        figure(
            errors(thresholds, curve.rejected, taken, threshold),
            key="errors",
            alt=_("Digits lost and non-digits believed, against the threshold"),
        )
    own, own_names = [], []
    if places.drawn is not None:
        own.append(net.trace(places.drawn).output.numpy())
        own_names.append(_("your drawing"))
    if places.drawn is None or not torch.equal(places.drawn, trace.input):
        own.append(trace.output.numpy())
        own_names.append(_("the sample above"))
    with places.drawings:
        table(words.verdicts([*own_names, *names], np.concatenate([*own, unknown]), threshold))


@st.cache_data(show_spinner=False, max_entries=20)
def _penalties(identity: str, _network: Network) -> tuple[np.ndarray, np.ndarray]:
    """(n, 10) of the packaged non-digits and of their variations, cached by the identity."""
    with torch.inference_mode():
        known, varied = non_digits.inputs(), non_digits.variations()
        return _network.model(known).numpy(), _network.model(varied).numpy()
