"""F6, 84 numbers, laid flat: on the two directions in which a set of them varies most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Plane:
    """``middle`` (84,) and two unit ``axes`` (2, 84); ``share`` of the variance they hold."""

    middle: np.ndarray
    axes: np.ndarray
    share: float

    @classmethod
    def through(cls, points: np.ndarray) -> Plane:
        """The first two principal components of ``points`` (N, 84), N at least 3.

        Each axis points the way in which its largest entry is positive, so that the same
        points give the same picture everywhere.
        """
        middle = points.mean(0)
        _, sizes, directions = np.linalg.svd(points - middle, full_matrices=False)
        axes = directions[:2]
        largest = np.take_along_axis(axes, np.abs(axes).argmax(1)[:, None], 1)
        variances = sizes**2
        return cls(middle, axes * np.sign(largest), float(variances[:2].sum() / variances.sum()))

    def place(self, points: np.ndarray) -> np.ndarray:
        """(N, 84) -> (N, 2) coordinates."""
        return (points - self.middle) @ self.axes.T
