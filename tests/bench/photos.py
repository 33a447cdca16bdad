"""Photographs of digits: how many are read right, wrong and believed, or not found, by kind.

The photographs are synthesised (``tests/support/photographs.py``) from invented writers' strokes
(``tests/support/pens.py``) and, where MNIST is at hand, from its test digits. A digit is believed
when its code is within the rejection distance. Prints one JSON object, in percent, with the time
and the memory that finding takes.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

import lenet
from lenet import checkpoint, mnist
from lenet.drawing import photo
from tests.support import pens, photographs

Coverage = tuple[int, np.ndarray]

OUTCOMES = ("right", "wrong_believed", "wrong", "none", "several")


def digits(count: int, seed: int, data: Path | None) -> Iterator[Coverage]:
    """Digits for photographs, (digit, coverage), pen and scan in turn."""
    random = np.random.default_rng(seed)
    drawn = pens.drawings(writers=-(-count // 10), seed=seed)
    order = random.permutation(len(drawn))[:count]
    scans = None
    if data is not None or "LENET_DATA" in os.environ:
        scans = mnist.load("test", data)
    for number, position in enumerate(order):
        if scans is not None and number % 3 == 2:
            which = int(random.integers(len(scans)))
            yield int(scans.labels[which]), photographs.of_scan(scans.images[which])
        else:
            drawing = drawn[position]
            yield drawing.digit, photographs.of_strokes(drawing, random)


def outcome(model: lenet.LeNet5, picture: photographs.Photograph) -> str:
    """What becomes of one photograph, one of OUTCOMES."""
    found = photo.find(picture.levels).digits
    if not found:
        return "none"
    if len(found) != len(picture.digits):
        return "several" if len(picture.digits) == 1 else _worst(model, found)
    with torch.inference_mode():
        distances = torch.cat([model(digit.input) for digit in found])
    read = tuple(distances.argmin(1).tolist())
    if read == picture.digits:
        return "right"
    return _worst(model, found)


def _pair(random: np.random.Generator) -> photographs.Photograph:
    """Two digits side by side, by one writer with one pen."""
    drawn = pens.drawings(writers=1, seed=int(random.integers(2**31)))
    pen = float(random.uniform(0.03, 0.12))
    chosen = random.integers(10, size=2)
    both = [(drawn[n].digit, photographs.of_strokes(drawn[n], random, pen=pen)) for n in chosen]
    return photographs.altered(both, "as taken", random)


def _worst(model: lenet.LeNet5, found: tuple[photo.FoundDigit, ...]) -> str:
    with torch.inference_mode():
        distances = torch.cat([model(digit.input) for digit in found])
    believed = bool((distances.min(1).values <= checkpoint.rejection_distance()).all())
    return "wrong_believed" if believed else "wrong"


def percents(outcomes: list[str]) -> dict[str, float]:
    return {name: round(100 * outcomes.count(name) / len(outcomes), 1) for name in OUTCOMES}


def measure(each: int, seed: int, data: Path | None, only: str | None) -> dict[str, object]:
    model = lenet.load()
    chosen = list(digits(each, seed, data))
    result: dict[str, dict[str, float]] = {}
    times = []
    everything: list[str] = []
    for kind in photographs.KINDS:
        if only and only not in kind:
            continue
        outcomes = []
        for number, coverage in enumerate(chosen):
            random = np.random.default_rng((seed, number))
            picture = photographs.altered([coverage], kind, random)
            begin = time.perf_counter()
            outcomes.append(outcome(model, picture))
            times.append(time.perf_counter() - begin)
        result[kind] = percents(outcomes)
        if kind not in ("as taken", "tight crop", "soft shadow"):
            everything += outcomes
    if not only:
        for ink in photographs.INKS:
            pictures = [
                photographs.altered([c], "as taken", np.random.default_rng((seed, n, 1)), ink)
                for n, c in enumerate(chosen)
            ]
            result[f"in {ink}"] = percents([outcome(model, picture) for picture in pictures])
        pictures = [_pair(np.random.default_rng((seed, number, 2))) for number in range(each)]
        result["two digits"] = percents([outcome(model, picture) for picture in pictures])
        empty = []
        for number in range(each):
            random = np.random.default_rng((seed, number, 3))
            levels = photographs.finished(photographs.nothing(random), random)
            empty.append(outcome(model, photographs.Photograph(levels, ())))
        result["no digit"] = percents(empty)
    return {
        "measure": "photographs of digits, percent",
        "photographs of each kind": each,
        "all alterations": percents(everything) if everything else None,
        "kinds": result,
        "ms_median": round(1000 * statistics.median(times), 1),
        "ms_most": round(1000 * max(times), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with MNIST's files")
    parser.add_argument("--each", type=int, default=100, help="photographs of each kind")
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--only", metavar="KIND", help="kinds whose name contains this")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    print(json.dumps(measure(arguments.each, arguments.seed, arguments.data, arguments.only)))


if __name__ == "__main__":
    main()
