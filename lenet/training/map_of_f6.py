"""A map of F6 on which near digits stay near, made once with scikit-learn's t-SNE.

scikit-learn is a tool of the development set-up; the app only reads what is written here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save as serialise

from lenet import checkpoint, packaged_digits
from lenet.analysis import neighbours
from lenet.files import atomic
from lenet.training.report import ReportError

NEIGHBOURS = 10
"""How many neighbours it is asked of whether they stay near."""


def save(place: Path, weights: Path | None) -> dict[str, Any]:
    """Write F6 of the packaged digits and their map. Returns what was found.

    Raises ReportError where scikit-learn is not installed.
    """
    try:
        from sklearn.manifold import TSNE, trustworthiness
    except ImportError as error:
        raise ReportError(
            "The map is made with scikit-learn; install requirements-dev.txt and try again."
        ) from error
    digits = packaged_digits.load()
    exact = neighbours.f6_of(checkpoint.load(weights), digits)
    flat = TSNE(init="pca", random_state=0).fit_transform(exact).astype(np.float16)
    kept = float(trustworthiness(exact, flat.astype(np.float64), n_neighbors=NEIGHBOURS))
    arrays: dict[str, np.ndarray] = {
        "f6": neighbours.levels_of(exact),
        "map": flat,
    }
    facts = {
        "network": checkpoint.identity(checkpoint.read(weights)),
        "trustworthiness": f"{kept:.4f}",
    }
    atomic.write(place / neighbours.F6, serialise(arrays, facts))
    return {"map_of": len(digits), "trustworthiness": round(kept, 4)}
