"""The gallery of sample digits, none of which the network was trained on."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from PIL import Image

from lenet import mnist, samples, spec
from pages.parts.common import component_value, waiting
from pages.parts.common.assets import asset, component_js
from pages.parts.network import bundle

if TYPE_CHECKING:
    import torch

_COLUMNS = 20
_KEY = "gallery"
_FOLDER = "gallery"

_gallery = st.components.v2.component(
    "lenet_gallery",
    html=asset(_FOLDER, "gallery.html"),
    css=asset(_FOLDER, "gallery.css"),
    js=component_js("gallery/gallery.js"),
)


def show(picked: Callable[[torch.Tensor], None]) -> None:
    """Show the gallery; ``picked`` gets the network's input for a sample that is clicked."""

    def clicked() -> None:
        number = component_value.get(_KEY, "picked")
        images = samples.load().images
        if is_sample(number, len(images)) and waiting.wait_for_pytorch_in_callback():
            import torch

            picked(mnist.as_input(torch.from_numpy(images[number : number + 1].copy())))

    _gallery(key=_KEY, data=bundle.packed(**_sheet()), on_picked_change=clicked)


def is_sample(number: object, count: int) -> bool:
    """Whether it is the number of one of so many samples."""
    return type(number) is int and 0 <= number < count


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
