"""The 5,000 digits of MNIST that come with the app: 4,000 to learn from and 1,000 to judge by.

They are the ones that are held back from every training run (``lenet.mnist.held_back``), so no
network that the app ships has seen one; what a visitor's browser trains learns from the first
4,000. The packaged samples of the gallery are among the others, so it has not seen those either.

``assets/training/digits.gz`` is the bundle that a browser gets, as it is: see ``lenet.browser``.
The classes take turns, 0 to 9 again and again, so that any number of the first ones has all alike.

>>> digits = load()
>>> digits.images.shape, digits.labels[:12].tolist(), digits.indices[:3].tolist()
((5000, 28, 28), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1], [21, 6, 16])
"""

from __future__ import annotations

import gzip
import json
import zlib
from functools import lru_cache
from pathlib import Path

import numpy as np

from lenet import mnist, samples
from lenet.catalogue import gettext as _
from lenet.files import bounded
from lenet.mnist import DataError, Digits
from lenet.spec import CLASSES

FILE = Path(__file__).parents[1] / "assets" / "training" / "digits.gz"

NAME = "digits"
"""The name of the browser's bundle."""

LEARN = 4_000
"""How many at the beginning are to learn from; the rest judge."""

COUNT = 5_000
LARGEST_FILE = 1_200_000
"""Bytes of the file."""

_SIDE = 28
_JUDGES_OF_A_CLASS = (COUNT - LEARN) // len(CLASSES)
_LARGEST_HEADER = 100_000


def read(path: Path = FILE) -> bytes:
    """The file as a browser gets it. Raises DataError if it is missing or too large."""
    try:
        return bounded.read(path, LARGEST_FILE)
    except (OSError, ValueError) as error:
        raise _damaged(path) from error


@lru_cache(maxsize=1)
def load(path: Path = FILE) -> Digits:
    """All of them; ``indices`` are their places in MNIST's training set. Do not change them.

    Raises DataError, with a sentence, if the file is not what it should be.
    """
    try:
        return unpack(read(path))
    except (ValueError, KeyError, TypeError, EOFError, OverflowError, zlib.error) as error:
        raise _damaged(path) from error


def unpack(content: bytes) -> Digits:
    """The digits of a file's content. Raises one of many errors if it holds something else."""
    pixels = COUNT * _SIDE * _SIDE
    packed = bounded.gunzip(content, 4 + _LARGEST_HEADER + pixels)
    start = 4 + int.from_bytes(packed[:4], "little")
    header = bounded.parse_json(packed[4:start])
    images = np.frombuffer(packed[start:], np.uint8).reshape(COUNT, _SIDE, _SIDE)
    labels = (np.arange(COUNT) % len(CLASSES)).astype(np.uint8)
    indices = np.array(header["indices"], np.int64)
    if header["name"] != NAME or indices.shape != labels.shape:
        raise ValueError("the file does not hold what is expected")
    return Digits(images, labels, indices)


def pack(training: Digits) -> bytes:
    """The file's content, of MNIST's training digits."""
    held = training.only(mnist.held_back(training))
    shown = samples.load().indices
    places = np.stack([_of_class(held, label, shown) for label in range(len(CLASSES))], 1).ravel()
    chosen = held.only(places)
    header = {
        "name": NAME,
        "learn": LEARN,
        "classes": len(CLASSES),
        "indices": chosen.indices.tolist(),
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    packed = len(text).to_bytes(4, "little") + text + chosen.images.tobytes()
    return gzip.compress(packed, 9, mtime=0)


def _of_class(held: Digits, label: int, shown: np.ndarray) -> np.ndarray:
    """Places of a class in ``held``: those that learn, then those that judge, with the samples."""
    own = np.flatnonzero(held.labels == label)
    is_shown = np.isin(held.indices[own], shown)
    others = own[~is_shown]
    judges = np.sort(np.append(own[is_shown], others[is_shown.sum() - _JUDGES_OF_A_CLASS :]))
    return np.append(np.setdiff1d(own, judges), judges)


def _damaged(path: Path) -> DataError:
    return DataError(
        _("The packaged digits cannot be read; restore {path} from the project.").format(path=path)
    )
