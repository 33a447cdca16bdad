"""The packaged samples are what they are said to be."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

import lenet
from lenet import mnist, samples


def test_there_are_a_few_dozen_of_every_class() -> None:
    digits = samples.load()
    assert digits.images.shape == (len(digits), 28, 28)
    assert digits.images.dtype == np.uint8
    assert (np.bincount(digits.labels, minlength=10) >= 24).all()


def test_each_is_a_single_digit_on_an_empty_margin() -> None:
    images = samples.load().images
    assert (images.max(axis=(1, 2)) > 200).all()
    for image in images:
        rows, columns = np.nonzero(image)
        assert max(np.ptp(rows), np.ptp(columns)) < 20, "MNIST's box is 20 pixels"


def test_the_network_has_not_seen_them_and_reads_them_all_the_same() -> None:
    import torch

    digits = samples.load()
    read = lenet.load()(mnist.as_input(torch.from_numpy(digits.images.copy()))).argmin(1).numpy()
    assert (read == digits.labels).mean() > 0.98


@pytest.mark.skipif("LENET_DATA" not in os.environ, reason="LENET_DATA names no copy of MNIST")
def test_they_are_held_back_digits_of_mnist() -> None:
    training = mnist.load("train", Path(os.environ["LENET_DATA"]))
    digits = samples.load()
    assert (training.images[digits.indices] == digits.images).all()
    assert (training.labels[digits.indices] == digits.labels).all()
    assert mnist.held_back(training)[digits.indices].all()
