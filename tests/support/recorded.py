"""Recorded results of a comparison, made up, in the format of ``python -m lenet report``."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from safetensors.numpy import save

from lenet.analysis.results import EPOCH, LEVELS
from lenet.spec import Architecture
from lenet.variants import VARIANTS

SEEDS = (0, 1, 2)
POINTS = 20


def figure(each: Sequence[float]) -> dict[str, Any]:
    return {
        "mean": statistics.mean(each),
        "standard_deviation": statistics.stdev(each) if len(each) > 1 else None,
        "each": list(each),
    }


def curve(speed: float, seed: int) -> list[dict[str, float]]:
    """A training error that falls, the faster the higher ``speed``."""
    return [
        {
            "patterns": round((point + 1) * EPOCH / 10),
            "training_error_percent": round(90 / (1 + speed * (point + seed / 5) ** 2), 4),
            "processor_seconds": round((point + 1) * (0.6 + seed / 50), 2),
        }
        for point in range(POINTS)
    ]


def first_reached(points: list[dict[str, float]], level: float, what: str) -> float | None:
    for point in points:
        if point["training_error_percent"] <= level:
            return point[what]
    return None


def reached(runs: list[list[dict[str, float]]], level: float, what: str, unit: float) -> Any:
    found = [first_reached(run, level, what) for run in runs]
    each = [value / unit for value in found if value is not None]
    return {"mean": statistics.mean(each), "each": each} if len(each) == len(runs) else None


def result(
    architecture: Architecture, runs: list[list[dict[str, float]]], errors: Sequence[float]
) -> dict[str, Any]:
    return {
        "parameters": architecture.parameters,
        "connections": architecture.connections,
        "multiply_adds": architecture.multiply_adds,
        "step_size": 0.004,
        "search": {"0.002": 0.9, "0.004": 0.8, "0.008": 1.1},
        "seeds": list(SEEDS),
        "test_error_percent": figure(errors),
        "held_back_error_percent": figure([error * 0.9 for error in errors]),
        "epochs_to": {str(level): reached(runs, level, "patterns", EPOCH) for level in LEVELS},
        "seconds_to": {
            str(level): reached(runs, level, "processor_seconds", 1) for level in LEVELS
        },
        "processor_seconds": figure([run[-1]["processor_seconds"] for run in runs]),
    }


def write(folder: Path, errors: Mapping[str, Sequence[float]] | None = None) -> Path:
    """All files of a comparison of every network but the shipped one; returns the folder.

    ``errors`` are test errors by network, where they are not made up. Every second network
    learns faster than the first.
    """
    found, histories = {}, {}
    for place, name in enumerate([*list(VARIANTS)[1:], "lenet5-plain+distortions"]):
        speeds = 1.0 + 3 * (place % 2) if name != "linear" else 0.05
        runs = [curve(speeds, seed) for seed in SEEDS]
        own = (errors or {}).get(name, [1 + place / 10 + seed / 50 for seed in SEEDS])
        architecture = VARIANTS[name.removesuffix("+distortions")].architecture
        found[name] = result(architecture, runs, own)
        histories[name] = [
            {"seed": seed, "curve": run, "held_back": [2.0, 1.5]}
            for seed, run in zip(SEEDS, runs, strict=True)
        ]
    (folder / "results.json").write_text(json.dumps(found))
    (folder / "histories.json").write_text(json.dumps(histories))
    voting = {
        "network": "lenet5-plain",
        "shifts": 9,
        "plain": figure([1.0, 1.02, 1.04]),
        "voted": figure([0.8, 0.82, 0.84]),
    }
    (folder / "claims.json").write_text(json.dumps({"voting": voting}))
    write_answers(folder)
    return folder


def write_answers(folder: Path, digits: int = 300, pictures: int = 40) -> None:
    """Answers of all networks for so many test digits, and pictures of the first of them.

    Networks answer with the label, but network k misses every digit whose place is a multiple
    of k + 5.
    """
    labels = (np.arange(digits) % 10).astype(np.uint8)
    answers = np.tile(labels, (len(VARIANTS), 1))
    for row in range(len(VARIANTS)):
        missed = np.arange(0, digits, row + 5)
        answers[row, missed] = (labels[missed] + 1) % 10
    tensors = {"answers": answers, "labels": labels}
    content = save(tensors, {"networks": ",".join(VARIANTS)})
    (folder / "answers.safetensors").write_bytes(content)
    images = np.random.default_rng(0).integers(0, 256, (pictures, 28, 28), np.uint8)
    sheet = images.reshape(-1, 10, 28, 28).swapaxes(1, 2).reshape(-1, 280)
    Image.fromarray(sheet).save(folder / "digits.png")
    facts = {"indices": list(range(pictures)), "labels": labels[:pictures].tolist()}
    (folder / "digits.json").write_text(json.dumps(facts))
