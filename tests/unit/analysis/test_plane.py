"""The plane against the covariance matrix's eigenvectors, found another way."""

from __future__ import annotations

import numpy as np
import pytest

from lenet.analysis.plane import Plane


def points() -> np.ndarray:
    generator = np.random.default_rng(4)
    return generator.normal(size=(50, 84)) @ np.diag(np.linspace(3, 0.1, 84)) + 5


def test_its_axes_are_the_covariances_first_two_eigenvectors() -> None:
    cloud = points()
    plane = Plane.through(cloud)
    values, vectors = np.linalg.eigh(np.cov(cloud.T))
    for axis, vector in zip(plane.axes, vectors.T[::-1], strict=False):
        assert abs(axis @ vector) == pytest.approx(1)
    assert plane.share == pytest.approx(values[-2:].sum() / values.sum())
    assert np.allclose(plane.axes @ plane.axes.T, np.eye(2), atol=1e-12)


def test_the_middle_is_the_origin_and_a_step_along_an_axis_is_one() -> None:
    plane = Plane.through(points())
    assert np.allclose(plane.place(plane.middle[None]), 0)
    assert np.allclose(plane.place(plane.middle[None] + plane.axes[1]), [[0, 1]])


def test_the_same_points_give_the_same_picture_whatever_their_order() -> None:
    cloud = points()
    assert np.allclose(Plane.through(cloud).axes, Plane.through(cloud[::-1]).axes)
