"""The gallery of sample digits, none of which the network was trained on."""

from __future__ import annotations

import base64
import io
import math

import numpy as np
import streamlit as st
import torch
from PIL import Image

from lenet import mnist, samples, spec
from pages.parts.page import ASSETS

_COLUMNS = 20
_SOURCES = ASSETS / "gallery"

_gallery = st.components.v2.component(
    "lenet_gallery",
    html=(_SOURCES / "gallery.html").read_text(encoding="utf-8"),
    css=(_SOURCES / "gallery.css").read_text(encoding="utf-8"),
    js=(_SOURCES / "gallery.js").read_text(encoding="utf-8"),
)


def pick() -> torch.Tensor | None:
    """Show the gallery; the network's input for the sample just clicked, or None."""
    result = _gallery(key="gallery", data=_sheet(), on_picked_change=lambda: None)
    number = result.picked
    images = samples.load().images
    if not isinstance(number, int) or not 0 <= number < len(images):
        return None
    return mnist.prepare(images[number : number + 1])


@st.cache_resource(show_spinner=False)
def _sheet() -> dict[str, object]:
    gallery = samples.load()
    rows = math.ceil(len(gallery.images) / _COLUMNS)
    side = gallery.images.shape[-1]
    cells = np.zeros((rows * _COLUMNS, side, side), np.uint8)
    cells[: len(gallery.images)] = gallery.images
    sheet = cells.reshape(rows, _COLUMNS, side, side).swapaxes(1, 2).reshape(rows * side, -1)
    png = io.BytesIO()
    Image.fromarray(sheet).save(png, "PNG", optimize=True)
    return {
        "sheet": "data:image/png;base64," + base64.b64encode(png.getvalue()).decode(),
        "columns": _COLUMNS,
        "rows": rows,
        "labels": [spec.CLASSES[label] for label in gallery.labels],
        "classes": spec.CLASSES,
    }
