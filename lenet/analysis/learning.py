"""How fast networks learn: their training error on the way, over several runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lenet.analysis.results import History


@dataclass(frozen=True, eq=False)
class Course:
    """The runs of one network together: a value at every point that all of them have come to.

    ``epochs`` and ``seconds`` (of a processor, mean over the runs) say where the point is;
    ``mean``, ``lowest`` and ``highest`` are training errors in percent.
    """

    epochs: np.ndarray
    seconds: np.ndarray
    mean: np.ndarray
    lowest: np.ndarray
    highest: np.ndarray


def course(runs: Sequence[History]) -> Course:
    """Runs of one network, point by point. Raises ValueError without a run."""
    if not runs:
        raise ValueError("there is no run")
    points = min(len(run.patterns) for run in runs)
    errors = np.array([run.training_error[:points] for run in runs])
    return Course(
        runs[0].epochs[:points],
        np.mean([run.processor_seconds[:points] for run in runs], axis=0),
        errors.mean(0),
        errors.min(0),
        errors.max(0),
    )
