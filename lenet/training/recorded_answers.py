"""What the networks answer to MNIST's test digits, recorded once, so that no host needs MNIST."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save as serialise
from torch import Tensor

from lenet import checkpoint, mnist, samples
from lenet.analysis import mistakes
from lenet.analysis.lost_positions import shifted
from lenet.analysis.results import ANSWERS, DIGITS, MOST_DIGITS
from lenet.files import atomic
from lenet.mnist import Digits
from lenet.model import Network
from lenet.training.dataset import LabelledImages
from lenet.training.evaluation import penalties
from lenet.training.report import ReportError, spread
from lenet.variants import COMPARED_WITH, VARIANTS, Variant

COLUMNS = 25
"""Digits in a row of the sheet of pictures."""

SHIFTS = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))
"""Rows and columns by which a digit is moved for a vote: AlexNet's crops, without the mirror."""


def save(place: Path, data: Path | None) -> None:
    """Write every network's answers, and the pictures of the digits that divide them most."""
    test = mnist.load("test", data)
    images = LabelledImages.of(test)
    answers = np.stack([_answers(variant, place, images) for variant in VARIANTS.values()])
    arrays = {"answers": answers, "labels": test.labels.astype(np.uint8)}
    atomic.write(place / ANSWERS, serialise(arrays, {"networks": ",".join(VARIANTS)}))
    _save_pictures(place, test.only(most_divided(answers)))


def save_distances(place: Path, weights: Path | None, data: Path | None) -> dict[str, Any]:
    """Write a LeNet-5's distances for the test set, and the pictures that pages show of it.

    ``weights`` are the project's own where None. Returns what was found.
    """
    test = mnist.load("test", data)
    exact = penalties(checkpoint.load(weights), LabelledImages.of(test)).numpy()
    distances = exact.astype(np.float16)
    if (distances.argmin(1) != exact.argmin(1)).any():
        raise ReportError("In half precision an answer would be another; record more digits of it.")
    labels = test.labels.astype(np.uint8)
    identity = checkpoint.identity(checkpoint.read(weights))
    place.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, np.ndarray] = {"distances": distances, "labels": labels}
    atomic.write(place / mistakes.DISTANCES, serialise(arrays, {"network": identity}))
    found = mistakes.readings(place)
    shown = found.shown()
    _save_pictures(place, test.only(shown))
    beside = mistakes.beside_1998(found)
    return {
        "network": identity,
        "mistakes": len(found.mistakes),
        "of_the_82_solved": len(beside.solved),
        "of_the_82_still_made": len(beside.still),
        "new": len(beside.new),
        "pictures": len(shown),
    }


def _save_pictures(place: Path, digits: Digits) -> None:
    atomic.write(place / DIGITS, samples.pack(digits.images, COLUMNS))
    facts = {"indices": digits.indices.tolist(), "labels": digits.labels.tolist()}
    atomic.write_json((place / DIGITS).with_suffix(".json"), facts)


def _answers(variant: Variant, place: Path, images: LabelledImages) -> np.ndarray:
    """(n,) uint8: what the weights in ``place`` answer, or the project's where it has none."""
    new = place / variant.weights.name
    path = new if new.exists() else variant.weights
    model = checkpoint.load(path, variant.architecture)
    return penalties(model, images).argmin(1).numpy().astype(np.uint8)


def most_divided(answers: np.ndarray) -> np.ndarray:
    """Indices, in their order, of the digits on which most networks differ from the majority.

    ``answers`` is (networks, digits). Digits on which all agree are never among them.
    """
    counts = np.stack([(answers == digit).sum(0) for digit in range(10)])
    against = len(answers) - counts.max(0)
    order = np.lexsort((np.arange(len(against)), -against))[:MOST_DIGITS]
    return np.sort(order[against[order] > 0])


def voting(weights: list[Path], data: Path | None) -> dict[str, Any]:
    """What a vote of shifted digits gains: test errors without and with it, for each file."""
    test = LabelledImages.of(mnist.load("test", data))
    architecture = VARIANTS[COMPARED_WITH].architecture
    plain, voted = [], []
    for path in weights:
        model = checkpoint.load(path, architecture)
        plain.append(_error(penalties(model, test), test))
        voted.append(_error(voted_penalties(model, test), test))
    return {
        "voting": {
            "network": COMPARED_WITH,
            "shifts": len(SHIFTS),
            "plain": spread(plain),
            "voted": spread(voted),
        }
    }


@torch.inference_mode()
def voted_penalties(model: Network, images: LabelledImages) -> Tensor:
    """(n, 10): the mean over all shifts of -log p, p the share of exp(-penalty)."""
    votes = []
    for part in images.images.split(1_000):
        x = mnist.as_input(part)
        shares = [(-model(shifted(x, *by))).softmax(1) for by in SHIFTS]
        votes.append(-torch.stack(shares).mean(0))
    return torch.cat(votes)


def _error(found: Tensor, images: LabelledImages) -> float:
    return 100 * float((found.argmin(1) != images.labels).float().mean())
