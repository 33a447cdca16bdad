"""The recorded runs as the page uses them: read once for all visitors, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from lenet.analysis import recorded_runs
from lenet.analysis.recorded_runs import RecordedRun, RecordedRuns
from lenet.catalogue import gettext as _
from lenet.mnist import DataError
from pages.serving.hashed_files import address_of


def runs() -> RecordedRuns:
    """All runs without their weights. Raises DataError, with a sentence."""
    return _runs(recorded_runs.FOLDER)


def described(run: RecordedRun) -> dict[str, Any]:
    """A run for the browser: its moments, and how far the colours of its kernels reach.

    Raises DataError, with a sentence, if any of its files is damaged.
    """
    return dict(_described(run.name, recorded_runs.FOLDER))


_runs = st.cache_resource(show_spinner=False)(recorded_runs.read)


@st.cache_resource(show_spinner=False, max_entries=20)
def _described(name: str, folder: Path) -> Mapping[str, Any]:
    run = _runs(folder).runs[name]
    ranges = recorded_runs.verified(run)
    try:
        addresses = [address_of(each.file) for each in run.checkpoints]
    except OSError as error:
        raise DataError(recorded_runs.is_damaged(name, folder)) from error
    return {
        "name": name,
        "digits": run.digits,
        "ranges": ranges,
        "moments": [
            {"patterns": each.patterns, "error": each.test_error, "address": address}
            for each, address in zip(run.checkpoints, addresses, strict=True)
        ],
    }


def titles() -> dict[str, str]:
    """What runs are called, in the order in which they are offered."""
    return {
        "1998": _("1998, loss of eq. 9"),
        "1998-mle": _("1998, loss of eq. 8"),
        "1998-literal": _("1998, steps as printed"),
        "plain": _("Method of today"),
        "distorted": _("Method of today, distorted digits"),
    }


def about(name: str) -> str:
    """How a run was trained, in a sentence or two."""
    return {
        "1998": _(
            "The method of 1998, one digit at a time, with the loss that lets the classes compete "
            "(eq. 9). The steps are smaller and the curvatures estimated more often than printed, "
            "because this keeps the training stable."
        ),
        "1998-mle": _(
            "The method of 1998 with the loss of the right class alone (eq. 8): only the distance "
            "to the right code is made smaller."
        ),
        "1998-literal": _(
            "The method of 1998 with the step sizes exactly as the paper prints them. Here they "
            "are too large: look at what the errors do, and at the maps when they jump."
        ),
        "plain": _(
            "AdamW with digits in batches, a method of today, on MNIST’s digits as they are and on "
            "shapes that are no digits."
        ),
        "distorted": _(
            "The method of today and many more passes, on digits that are moved, squeezed and "
            "slanted anew each time, as in the paper’s second experiment, and on pen drawings: how "
            "the network that the app ships was trained."
        ),
    }[name]
