"""The gallery: sample digits, none of which the network was trained on, and non-digits."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeGuard

import numpy as np
import streamlit as st

from lenet import mnist, samples, spec
from lenet.drawing import Drawing, non_digits
from pages.parts.common import component_value, errors, waiting
from pages.parts.common.component import component
from pages.parts.network import bundle

if TYPE_CHECKING:
    import torch

_COLUMNS = 20
_KEY = "gallery"
_KEYS = "digit_keys"

_gallery = component("gallery")
_keys = component("gallery", "sample_keys")


def show(picked: Callable[[torch.Tensor], None], drawn: Callable[[Drawing], None]) -> None:
    """Show digits, and under a tab of their own non-digits.

    ``picked`` gets the network's input for a digit that is clicked, ``drawn`` the strokes of a
    non-digit.
    """

    def clicked() -> None:
        number = component_value.get(_KEY, "picked")
        if is_sample(number, len(samples.load().images)):
            take(samples.load().images, number, picked)

    _show(_KEY, drawn, on_picked_change=clicked, **_sheet())


def listen_to_digit_keys(picked: Callable[[torch.Tensor], None]) -> None:
    """Have each digit of the keyboard take a sample of it, and each further press the next one."""

    def pressed() -> None:
        number = sample_of_key(component_value.get(_KEYS, "digit"), samples.load().labels.tolist())
        if number is not None:
            take(samples.load().images, number, picked)

    with st.container(key="sample_keys"):
        _keys(
            key=_KEYS,
            data=bundle.packed(),
            height=1,
            on_digit_change=lambda: errors.attempt_show_later(pressed),
        )


def show_non_digits(drawn: Callable[[Drawing], None]) -> None:
    """Show the non-digits alone; ``drawn`` gets the strokes of one that is clicked."""
    _show("non_digits", drawn, on_picked_change=lambda: None, classes=(), labels=())


def _show(
    key: str,
    drawn: Callable[[Drawing], None],
    on_picked_change: Callable[[], None],
    **digits: object,
) -> None:
    def clicked() -> None:
        name = component_value.get(key, "drawn")
        if is_non_digit(name):
            drawn(non_digits.drawing(name))

    described = [
        {"key": name, "text": text, "strokes": non_digits.drawing(name).strokes}
        for name, text in non_digits.names().items()
    ]
    _gallery(
        key=key,
        data=bundle.packed(**digits, nonDigits=described, side=non_digits.SIDE),
        on_picked_change=on_picked_change,
        on_drawn_change=clicked,
    )


def take(images: np.ndarray, number: int, picked: Callable[[torch.Tensor], None]) -> None:
    """Give ``picked`` the network's input for one of the digits (n, 28, 28) uint8."""
    if waiting.wait_for_pytorch_in_callback():
        import torch

        picked(mnist.as_input(torch.from_numpy(images[number : number + 1].copy())))


def sample_of_key(sent: object, labels: Sequence[int]) -> int | None:
    """The number of the sample that a press of a digit key means; None for any other message.

    ``sent`` is {"digit": 0 to 9, "press": how often that digit was pressed before}, and
    ``labels`` are the digits of all samples: the presses go through the samples of one digit.
    """
    if not isinstance(sent, dict):
        return None
    digit, press = sent.get("digit"), sent.get("press")
    numbers = [number for number, label in enumerate(labels) if label == digit]
    if type(digit) is not int or type(press) is not int or press < 0 or not numbers:
        return None
    return numbers[press % len(numbers)]


def is_sample(number: object, count: int) -> bool:
    """Whether it is the number of one of so many samples."""
    return type(number) is int and 0 <= number < count


def is_non_digit(name: object) -> TypeGuard[str]:
    """Whether it is the identifier of a packaged non-digit."""
    return isinstance(name, str) and name in non_digits.names()


@st.cache_resource(show_spinner=False)
def _sheet() -> dict[str, object]:
    gallery = samples.load()
    return {
        **sheet_of(gallery.images),
        "labels": [spec.CLASSES[label] for label in gallery.labels],
        "classes": spec.CLASSES,
    }


def sheet_of(images: np.ndarray) -> dict[str, object]:
    """Digits (n, side, side) uint8 as one picture for the browser: rows of so many columns."""
    png = samples.pack(images, _COLUMNS)
    return {
        "sheet": "data:image/png;base64," + base64.b64encode(png).decode(),
        "columns": _COLUMNS,
        "rows": math.ceil(len(images) / _COLUMNS),
    }
