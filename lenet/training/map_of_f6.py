"""A map of F6 on which near digits stay near, made once with scikit-learn's t-SNE.

scikit-learn is a tool of the development set-up; the app only reads what is written here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save as serialise

from lenet import checkpoint, mnist
from lenet.analysis import neighbours
from lenet.files import atomic
from lenet.trace import Trace
from lenet.training.report import ReportError

_CHUNK = 500

NEIGHBOURS = 10
"""How many neighbours it is asked of whether they stay near."""


@torch.inference_mode()
def save(place: Path, weights: Path | None, data: Path | None) -> dict[str, Any]:
    """Write F6 of the held-back training digits and their map. Returns what was found.

    Raises ReportError where scikit-learn is not installed.
    """
    try:
        from sklearn.manifold import TSNE, trustworthiness
    except ImportError as error:
        raise ReportError(
            "The map is made with scikit-learn; install requirements-dev.txt and try again."
        ) from error
    train = mnist.load("train", data)
    digits = train.only(mnist.held_back(train))
    model = checkpoint.load(weights)
    images = torch.from_numpy(digits.images)
    parts = [Trace.of(model, mnist.as_input(part)).f6[:, :, 0, 0] for part in images.split(_CHUNK)]
    exact = torch.cat(parts).numpy()
    flat = TSNE(init="pca", random_state=0).fit_transform(exact).astype(np.float16)
    kept = float(trustworthiness(exact, flat.astype(np.float64), n_neighbors=NEIGHBOURS))
    arrays: dict[str, np.ndarray] = {
        "f6": neighbours.written(exact),
        "map": flat,
        "labels": digits.labels.astype(np.uint8),
        "indices": digits.indices.astype(np.uint16),
    }
    facts = {
        "network": checkpoint.identity(checkpoint.read(weights)),
        "trustworthiness": f"{kept:.4f}",
    }
    atomic.write(place / neighbours.F6, serialise(arrays, facts))
    return {"map_of": len(digits), "trustworthiness": round(kept, 4)}
