"""What a threshold makes of digits and of what is none, in sentences and a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lenet import spec
from lenet.analysis import posterior
from lenet.catalogue import gettext as _
from lenet.catalogue import number, percent


def accepted(penalties: np.ndarray, labels: np.ndarray, threshold: float) -> str:
    """What a threshold does to the samples."""
    shares = posterior.rejection(penalties, labels, np.array([threshold]))
    return _(
        "Of {count} sample digits {right} are believed and right, {wrong} believed and wrong, "
        "{rejected} lost."
    ).format(
        count=number(len(labels)),
        right=percent(shares.right[0], 1),
        wrong=percent(shares.wrong[0], 1),
        rejected=percent(shares.rejected[0], 1),
    )


def believed(penalties: np.ndarray, kinds: int, threshold: float) -> str:
    """What a threshold does to the (N, 10) penalties of variations of so many non-digits."""
    (share,) = posterior.believed(penalties, np.array([threshold]))
    return _(
        "Of {count} drawings that are no digit, the {kinds} below in {ways} ways each, {share} "
        "are believed."
    ).format(
        count=number(len(penalties)),
        kinds=number(kinds),
        ways=number(len(penalties) // kinds),
        share=percent(float(share), 1),
    )


def verdicts(names: Sequence[str], penalties: np.ndarray, threshold: float) -> dict[str, list[str]]:
    """A table of drawings: nearest code, verdict, rubbish's posterior, a softmax's confidence."""
    rubbish = posterior.with_rubbish(penalties, threshold)[:, -1]
    confidence = posterior.softmax(penalties).max(1)
    nearest, distance = penalties.argmin(1), penalties.min(1)
    taken = posterior.accepted(penalties, threshold)
    return {
        _("drawing"): list(names),
        _("nearest code"): [spec.CLASSES[n] for n in nearest],
        _("distance"): [number(d, 1) for d in distance],
        _("verdict"): [
            _("believed to be a {digit}").format(digit=spec.CLASSES[n]) if known else _("no digit")
            for n, known in zip(nearest, taken, strict=True)
        ],
        _("rubbish (eq. 9), j = threshold"): [percent(share, 1) for share in rubbish],
        _("a softmax's confidence"): [percent(share, 1) for share in confidence],
    }
