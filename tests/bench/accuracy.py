"""How well weights read digits, and how well they tell what is no digit: MNIST and pen drawings.

Reads MNIST from --data, LENET_DATA or the cache, else downloads it; --weights measures others
than the shipped ones. What people draw is from ``tests/support/pens.py``: digits, letters, shapes
and scribbles by invented writers, that no network is trained on. ``rejection`` has a row for each
of two distances beyond which a drawing is called no digit: the card's, and the one beyond which
lies one in a hundred of the pen-drawn digits that are read right. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from lenet import checkpoint, ink, mnist
from lenet.model import Network
from lenet.training.dataset import LabelledImages
from lenet.training.evaluation import error_percent
from tests.support import pens

SIZE = (pens.CANVAS, pens.CANVAS)
LOST = 0.01  # of the pen-drawn digits that are read right, at the second distance


def drawn(everything: Iterable[pens.Drawing | pens.NonDigit]) -> Tensor:
    """(N, 1, 32, 32): what the network sees of each drawing."""
    inputs = [ink.from_strokes(drawing.strokes, SIZE) for drawing in everything]
    return torch.cat([x for x in inputs if x is not None])


def percent(which: Tensor) -> float:
    return round(100 * float(which.float().mean()), 2)


def least(
    of_kind: Sequence[pens.NonDigit], turned_down: Tensor, most: int = 10
) -> dict[str, float]:
    """Percent turned down of each of the few things that are taken for digits most often."""
    names = np.array([drawing.name for drawing in of_kind])
    each = {str(name): percent(turned_down[names == name]) for name in np.unique(names)}
    return dict(sorted(each.items(), key=lambda item: item[1])[:most])


class Digits:
    """How a network reads digits: ``right`` (N,) bool, ``nearest`` (N,) the distances."""

    def __init__(self, model: Network, inputs: Tensor, labels: Tensor) -> None:
        self.nearest, read = model(inputs).min(1)
        self.right = read == labels

    def lost_percent(self, distance: float) -> float:
        """Percent that is turned down or read as another digit."""
        return percent(~self.right | (self.nearest > distance))

    def that_loses(self, fraction: float) -> float:
        """The distance beyond which this fraction of what is read right lies."""
        return float(self.nearest[self.right].quantile(1 - fraction))


def measure(data: Path | None, weights: Path | None) -> dict[str, object]:
    """All figures, from the weights and their card."""
    model = checkpoint.load(weights)
    training = mnist.load("train", data)
    held_back = LabelledImages.of(training.only(mnist.held_back(training)))
    people = pens.drawings()
    by_pen = Digits(model, drawn(people), torch.tensor([drawing.digit for drawing in people]))
    written = Digits(model, mnist.as_input(held_back.images), held_back.labels)
    noise = np.random.default_rng(5).uniform(-0.1, 1.175, (200, 1, 32, 32))
    drawings = {
        "letters": pens.letters(),
        "shapes": pens.shapes(),
        "scribbles": pens.scribbles(),
    }
    others = {kind: drawn(of_kind) for kind, of_kind in drawings.items()}
    others["noise"] = torch.from_numpy(noise).float()
    nearest = {kind: model(inputs).min(1).values for kind, inputs in others.items()}

    def row(distance: float) -> dict[str, object]:
        return {
            "distance": round(distance, 2),
            "turned_down_percent": {kind: percent(d > distance) for kind, d in nearest.items()},
            "least_turned_down_percent": {
                kind: least(of_kind, nearest[kind] > distance) for kind, of_kind in drawings.items()
            },
            "lost_percent": {
                "pens": by_pen.lost_percent(distance),
                "held back": written.lost_percent(distance),
            },
        }

    rows = {f"loses {LOST:.0%} of pens": row(by_pen.that_loses(LOST))}
    if math.isfinite(of_card := checkpoint.rejection_distance(weights)):
        rows = {"card": row(of_card), **rows}
    return {
        "weights_sha256": hashlib.sha256((weights or checkpoint.SHIPPED).read_bytes()).hexdigest(),
        "test_error_percent": error_percent(model, LabelledImages.of(mnist.load("test", data))),
        "held_back_error_percent": error_percent(model, held_back),
        "held_back_reinked_error_percent": error_percent(model, held_back.redrawn()),
        "pens_right_percent": percent(by_pen.right),
        "drawings": {"pens": len(people), **{kind: len(d) for kind, d in nearest.items()}},
        "rejection": rows,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with MNIST's files")
    parser.add_argument(
        "--weights", type=Path, metavar="FILE", help="other weights than the shipped ones"
    )
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    with torch.inference_mode():
        print(json.dumps(measure(arguments.data, arguments.weights)))
