"""From penalties to probabilities, with a class for what is no digit, and when to reject.

Eq. 9 of the paper competes the ten penalties with a constant one, j, of a "rubbish" class: what
is further than j from every code more likely belongs to none. A softmax over the same penalties
has no such class and must share its confidence among the ten, however far away all of them are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def with_rubbish(penalties: np.ndarray, j: float) -> np.ndarray:
    """(..., 10) penalties -> (..., 11) posteriors that add up to 1, the last one rubbish's."""
    constant = np.full((*penalties.shape[:-1], 1), j)
    return softmax(np.concatenate([penalties, constant], -1))


def softmax(penalties: np.ndarray) -> np.ndarray:
    """(..., n) penalties -> (..., n) shares of exp(-penalty) that add up to 1."""
    shares = np.exp(penalties.min(-1, keepdims=True) - penalties)
    return shares / shares.sum(-1, keepdims=True)


THRESHOLDS = np.linspace(0, 100, 201)
"""Distances at which rejection is looked at: every half from 0 to 100."""


def accepted(penalties: np.ndarray, threshold: float) -> np.ndarray:
    """(N, 10) penalties -> (N,) whether the nearest code is at most that far away."""
    return penalties.min(1) <= threshold


def believed(penalties: np.ndarray, thresholds: np.ndarray) -> np.ndarray:
    """(T,) shares from 0 to 1 of what (N, 10) penalties belong to that each threshold accepts."""
    shares: np.ndarray = (penalties.min(1)[:, None] <= thresholds).mean(0)
    return shares


@dataclass(frozen=True, eq=False)
class Rejection:
    """For every threshold, shares of all digits from 0 to 1; the three add up to 1."""

    thresholds: np.ndarray
    right: np.ndarray
    wrong: np.ndarray
    rejected: np.ndarray


def rejection(penalties: np.ndarray, labels: np.ndarray, thresholds: np.ndarray) -> Rejection:
    """What becomes of digits when answers further away than a threshold are rejected.

    ``penalties`` (N, 10), ``labels`` (N,); an answer exactly as far as the threshold is
    accepted, as ``lenet.answer`` does.
    """
    near = penalties.min(1)[:, None] <= thresholds
    right = (penalties.argmin(1) == labels)[:, None]
    return Rejection(
        thresholds,
        (near & right).mean(0),
        (near & ~right).mean(0),
        (~near).mean(0),
    )
