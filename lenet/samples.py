"""The packaged sample digits: four hundred of MNIST's, none of which a network trained on.

``assets/samples.png`` is a sheet of 28x28 cells, class after class, row by row;
``assets/samples.json`` says where each came from. They belong to the digits that are held back
from every training run (``lenet.mnist.held_back``).
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from lenet.catalogue import gettext as _
from lenet.files import bounded
from lenet.mnist import FILES, DataError, Digits
from lenet.spec import CLASSES

SHEET = Path(__file__).parents[1] / "assets" / "samples.png"

_LARGEST = 2_000_000  # bytes of either file, and pixels of the sheet
_MOST = 1_000  # columns, and samples of a class


@lru_cache(maxsize=1)
def load() -> Digits:
    """All samples; ``indices`` are their places in MNIST's training set. Do not change them.

    Raises DataError, with a sentence, if the two files are not what they should be.
    """
    return read(SHEET)


_DAMAGED = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    SyntaxError,
    OverflowError,
    Image.DecompressionBombError,
)


def read(path: Path) -> Digits:
    """The samples of a sheet with its facts beside it. Raises DataError."""
    try:
        sheet, facts = (
            bounded.read(path, _LARGEST),
            bounded.read(path.with_suffix(".json"), _LARGEST),
        )
        return unpack(sheet, facts)
    except _DAMAGED as error:
        raise DataError(
            _(
                "The packaged samples cannot be read; restore {path} and its .json from the "
                "project."
            ).format(path=path)
        ) from error


def unpack(sheet: bytes, described: bytes) -> Digits:
    """Cut a sheet up. Raises one of many errors if it is not as it is ``described``, in JSON."""
    facts = bounded.parse_json(described)
    columns, each = int(facts["columns"]), int(facts["per_class"])
    indices = np.array(facts["indices"], dtype=np.int64)
    if not 0 < columns <= _MOST or not 0 < each <= _MOST:
        raise ValueError("there cannot be that many columns or samples")
    with Image.open(io.BytesIO(sheet), formats=("PNG",)) as picture:
        if (
            picture.mode != "L"
            or picture.width % columns
            or picture.width * picture.height > _LARGEST
        ):
            raise ValueError("the sheet is not a grid of grey cells")
        cells = np.asarray(picture)
    side = cells.shape[1] // columns
    cells = cells.reshape(-1, side, columns, side).swapaxes(1, 2).reshape(-1, side, side)
    labels = np.arange(len(CLASSES), dtype=np.uint8).repeat(each)
    shape = (len(indices), *FILES["train"].images.shape[1:])
    if cells[: len(indices)].shape != shape or indices.shape != labels.shape:
        raise ValueError("the sheet does not hold what is described")
    return Digits(cells[: len(indices)], labels, indices)


def pack(images: np.ndarray, columns: int) -> bytes:
    """Digits (n, side, side) uint8 as one grey PNG, so many in a row, the last row filled up."""
    rows, side = -(-len(images) // columns), images.shape[-1]
    cells = np.zeros((rows * columns, side, side), np.uint8)
    cells[: len(images)] = images
    sheet = cells.reshape(rows, columns, side, side).swapaxes(1, 2).reshape(rows * side, -1)
    file = io.BytesIO()
    Image.fromarray(sheet).save(file, "PNG", optimize=True)
    return file.getvalue()
