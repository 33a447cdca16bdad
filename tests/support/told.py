"""What a reader who points at every cell of a sheet of pictures reads."""

from __future__ import annotations

import numpy as np

from lenet.figures.pictures import Sheet


def texts(sheet: Sheet) -> list[str]:
    """One for each cell of each picture."""
    return [
        picture.tell(row, column)
        for picture in sheet.pictures()
        for row, column in np.ndindex(picture.values.shape)
    ]


def values(sheet: Sheet) -> dict[str, set[str]]:
    """Cell -> what is told of it, from texts as in ``S2[1] (0,3) = 0.1234``."""
    found: dict[str, set[str]] = {}
    for name, _, value in (text.partition(" = ") for text in texts(sheet)):
        found.setdefault(name, set()).add(value)
    return found
