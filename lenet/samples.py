"""The packaged sample digits: four hundred of MNIST's, none of which a network trained on.

``assets/samples.png`` is a sheet of 28x28 cells, class after class, row by row;
``assets/samples.json`` says where each came from. They belong to the digits that are held back
from every training run (``lenet.mnist.held_back``).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from lenet.mnist import Digits
from lenet.spec import CLASSES

SHEET = Path(__file__).parents[1] / "assets" / "samples.png"


@lru_cache(maxsize=1)
def load() -> Digits:
    """All samples; ``indices`` are their places in MNIST's training set. Do not change them."""
    facts = json.loads(SHEET.with_suffix(".json").read_text(encoding="utf-8"))
    columns, indices = facts["columns"], np.array(facts["indices"])
    sheet = np.asarray(Image.open(SHEET))
    side = sheet.shape[1] // columns
    rows = sheet.shape[0] // side
    cells = sheet.reshape(rows, side, columns, side).swapaxes(1, 2).reshape(-1, side, side)
    labels = np.arange(len(CLASSES), dtype=np.uint8).repeat(facts["per_class"])
    return Digits(cells[: len(indices)], labels, indices)
