"""The 7x12 pictures that the output layer compares F6 with (section III, Fig. 3).

``codes.txt`` holds the paper's 96 pictures, characters 32 to 127 in six bands of sixteen,
``#`` for +1 (ink) and ``.`` for -1. They were drawn by hand, are fixed, and are not trained.
The bar above 0, 2, 4 and 5 belongs to them: characters that share a shape with a lower-case
letter carry it as a mark.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

CLASSES = tuple("0123456789")
"""What the ten outputs stand for, in their order."""

ROWS, COLUMNS = 12, 7
"""F6 is compared with pictures this tall and wide; unit index = 7 * row + column (Fig. 3)."""

_FIRST_CHARACTER, _PER_BAND = 32, 16


def _read(path: Path) -> dict[str, np.ndarray]:
    pictures: dict[str, np.ndarray] = {}
    for band in path.read_text(encoding="ascii").split("\n\n"):
        cells = [line.split(" ") for line in band.splitlines()]
        for position in range(_PER_BAND):
            rows = [[1 if cell == "#" else -1 for cell in line[position]] for line in cells]
            picture = np.array(rows, dtype=np.int8).reshape(ROWS, COLUMNS)
            picture.setflags(write=False)
            pictures[chr(_FIRST_CHARACTER + len(pictures))] = picture
    return pictures


ASCII: dict[str, np.ndarray] = _read(Path(__file__).with_name("codes.txt"))
"""Character -> (12, 7) int8 picture of +1 and -1, for the whole of Fig. 3."""

DIGITS: np.ndarray = np.stack([ASCII[name].reshape(-1) for name in CLASSES]).astype(np.float32)
"""(10, 84) float32: the codes of the ten classes, row by row (index = 7 * row + column)."""
DIGITS.setflags(write=False)


def distances(codes: np.ndarray = DIGITS) -> np.ndarray:
    """(n, n) squared distances between ``codes`` (n, 84): four for every differing bit."""
    return ((codes[:, None] - codes[None]) ** 2).sum(-1)
