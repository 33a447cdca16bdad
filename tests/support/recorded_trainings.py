"""Small recordings of trainings that nobody ran, in the format of the real ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save

from lenet.analysis.recorded_runs import INITIAL, RUNS
from lenet.spec import LENET5

MOMENTS = (0, 250, 1000, 60_000, 120_000)


def weights(seed: int) -> dict[str, np.ndarray]:
    """Weights of half precision, about as large as a LeNet-5's."""
    random = np.random.default_rng(seed)
    return {
        name: random.normal(0, 0.2, shape).astype(np.float16)
        for name, shape in LENET5.shapes.items()
    }


def described(name: str, recipe: str = "1998") -> dict[str, Any]:
    """What the index says of a run."""
    files = [INITIAL, *(f"{name}/{patterns:08}.safetensors" for patterns in MOMENTS[1:])]
    return {
        "recipe": recipe,
        "seed": 0,
        "digits": 60_000,
        "passes": [
            {
                "pass": number,
                "patterns": 60_000 * number,
                "training_error_percent": 6.0 / number,
                "test_error_percent": 4.0 / number,
                "seconds": 70.0,
            }
            for number in (1, 2)
        ],
        "curve": [
            {"patterns": patterns, "training_error_percent": 10.0, "processor_seconds": 1.0}
            for patterns in (30_000, 60_000)
        ],
        "checkpoints": [
            {"patterns": patterns, "test_error_percent": 50.0 - number, "file": file}
            for number, (patterns, file) in enumerate(zip(MOMENTS, files, strict=True))
        ],
    }


def write(folder: Path, *names: str) -> dict[str, Any]:
    """Write runs of these names, and return the index as it stands in the file."""
    folder.mkdir(parents=True, exist_ok=True)
    index: dict[str, Any] = {
        "runs": {name: described(name) for name in names},
        "sizes": {
            str(size): described("1998") | {"digits": size, "checkpoints": []}
            for size in (15_000, 60_000)
        },
        "seeds": [],
    }
    (folder / INITIAL).write_bytes(save(weights(0)))
    for number, name in enumerate(names):
        (folder / name).mkdir(exist_ok=True)
        for place, patterns in enumerate(MOMENTS[1:], start=1):
            content = save(weights(100 * number + place))
            (folder / name / f"{patterns:08}.safetensors").write_bytes(content)
    (folder / RUNS).write_text(json.dumps(index))
    return index
