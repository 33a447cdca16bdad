"""All samples in one plane, the codes marked, and one drawing placed among them.

No Plotly figure: ``assets/plane`` paints it, so that the star follows a drawing at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lenet import spec
from lenet.catalogue import gettext as _


@dataclass(frozen=True, eq=False)
class Scatter:
    """Every sample is its own digit, every code a digit in a box, the drawing a star.

    Args:
        samples: (n, 2) coordinates, and ``labels`` (n,) their classes.
        marks: (10, 2), the codes'.
        drawing: (2,), the drawing's.
        axes: what the two coordinates are.
    """

    samples: np.ndarray
    labels: np.ndarray
    marks: np.ndarray
    drawing: np.ndarray
    axes: tuple[str, str]

    def described(self) -> dict[str, Any]:
        """All but the coordinates, for the browser.

        Of the texts for who points at something the browser fills in the places in braces.
        """
        place = "({x}, {y})"
        return {
            "labels": [spec.CLASSES[label] for label in self.labels],
            "classes": spec.CLASSES,
            "axes": self.axes,
            "names": {
                "samples": _("samples"),
                "codes": _("codes"),
                "drawing": _("the drawing"),
            },
            "told": {
                "samples": _("sample {sample}, a {digit}: {place}").format(
                    sample="{number}", digit="{digit}", place=place
                ),
                "codes": _("code of {digit}: {place}").format(digit="{digit}", place=place),
                "drawing": _("the drawing: {place}").format(place=place),
            },
        }

    def coordinates(self) -> list[np.ndarray]:
        """Those of the samples, the codes and the drawing, as they cross to the browser."""
        return [self.samples, self.marks, self.drawing[None]]
