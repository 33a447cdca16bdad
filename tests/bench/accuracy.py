"""How well the shipped weights read: MNIST, pen drawings, and what is no digit at all.

Reads MNIST from --data, LENET_DATA or the cache, else downloads it. ``pens_error_percent`` is of
drawings by invented writers (``tests/support/pens.py``) that no network is trained on;
``rejected_percent`` says how many of each kind the network calls no digit it knows.
Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
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
Strokes = list[list[tuple[float, float]]]

LETTERS: dict[str, Strokes] = {  # those that are like no digit, on a canvas of 280 pixels
    "A": [[(60, 240), (140, 40), (220, 240)], [(90, 165), (190, 165)]],
    "E": [[(210, 40), (70, 40), (70, 240), (210, 240)], [(70, 140), (180, 140)]],
    "F": [[(210, 40), (70, 40), (70, 240)], [(70, 140), (180, 140)]],
    "H": [[(70, 40), (70, 240)], [(210, 40), (210, 240)], [(70, 140), (210, 140)]],
    "K": [[(70, 40), (70, 240)], [(210, 40), (70, 150), (210, 240)]],
    "M": [[(50, 240), (60, 40), (140, 170), (220, 40), (230, 240)]],
    "N": [[(60, 240), (60, 40), (220, 240), (220, 40)]],
    "T": [[(50, 40), (230, 40)], [(140, 40), (140, 240)]],
    "V": [[(50, 40), (140, 240), (230, 40)]],
    "W": [[(40, 40), (90, 240), (140, 90), (190, 240), (240, 40)]],
    "X": [[(60, 40), (220, 240)], [(220, 40), (60, 240)]],
}


def drawn(everything: Iterable[Strokes]) -> Tensor:
    """(N, 1, 32, 32): what the network sees of each drawing."""
    inputs = [ink.from_strokes(strokes, SIZE) for strokes in everything]
    return torch.cat([x for x in inputs if x is not None])


def letters(random: np.random.Generator, each: int = 20) -> Iterable[Strokes]:
    """Every letter several times, its corners moved about."""
    for strokes in LETTERS.values():
        for _ in range(each):
            yield [
                [(x + random.normal(0, 8), y + random.normal(0, 8)) for x, y in stroke]
                for stroke in strokes
            ]


def scribbles(random: np.random.Generator, count: int = 200) -> Iterable[Strokes]:
    """Ten to thirty positions anywhere on the canvas, joined in one stroke."""
    for _ in range(count):
        positions = random.uniform(20, 260, (random.integers(10, 31), 2))
        yield [[(float(x), float(y)) for x, y in positions]]


def rejected_percent(model: Network, inputs: Tensor) -> float:
    nearest = model(inputs).min(1).values
    return round(100 * float((nearest > checkpoint.rejection_distance()).float().mean()), 2)


def measure(data: Path | None) -> dict[str, object]:
    """All figures, from the committed weights and their card."""
    model, card = checkpoint.load(), checkpoint.card()
    training = mnist.load("train", data)
    held_back = LabelledImages.of(training.only(mnist.held_back(training)))
    people = pens.drawings()
    inputs = drawn(drawing.strokes for drawing in people)
    wrong = sum(
        int(read) != drawing.digit
        for read, drawing in zip(model(inputs).argmin(1), people, strict=True)
    )
    random = np.random.default_rng(5)
    return {
        "weights_sha256": card["sha256"],
        "test_error_percent": error_percent(model, LabelledImages.of(mnist.load("test", data))),
        "held_back_error_percent": error_percent(model, held_back),
        "held_back_reinked_error_percent": error_percent(model, held_back.redrawn()),
        "pens_error_percent": round(100 * wrong / len(people), 3),
        "pens": len(people),
        "rejection_distance": checkpoint.rejection_distance(),
        "rejected_percent": {
            "held back": rejected_percent(model, mnist.as_input(held_back.images)),
            "pens": rejected_percent(model, inputs),
            "letters": rejected_percent(model, drawn(letters(random))),
            "scribbles": rejected_percent(model, drawn(scribbles(random))),
            "noise": rejected_percent(
                model, torch.from_numpy(random.uniform(-0.1, 1.175, (200, 1, 32, 32))).float()
            ),
        },
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with MNIST's files")
    torch.set_num_threads(1)
    with torch.inference_mode():
        print(json.dumps(measure(parser.parse_args().data)))
