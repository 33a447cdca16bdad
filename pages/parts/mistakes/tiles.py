"""Test digits as tiles that can be put under the pen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lenet.analysis.mistakes import FIGURE_8, Readings
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.mnist import Digits
from lenet.spec import CLASSES
from pages.parts.common import component_value
from pages.parts.common.component import component
from pages.parts.drawing import canvas_state, gallery
from pages.parts.network import bundle

_KEY = "mistaken_digits"

_digits = component("mistakes", "digits")

IN_1998 = {one.index: one.answer for one in FIGURE_8}
"""What the network of the paper read, by the places of the digits that it misread."""


@dataclass(frozen=True)
class Group:
    """Digits under a title, by their places in the test set; a ``heading`` begins several groups.

    ``distances_to`` is the class to whose code each distance is told, where that is all.
    """

    title: str
    places: Iterable[int]
    heading: str = ""
    distances_to: int | None = None


def show(readings: Readings, pictures: Digits, groups: Sequence[Group], small: bool) -> None:
    """Show those digits of each group whose pictures there are; a click puts one under the pen."""
    _digits(
        key=_KEY,
        data=bundle.packed(
            small=small,
            groups=[
                {
                    "heading": one.heading,
                    "title": one.title,
                    "digits": described(readings, pictures, one.places, one.distances_to),
                }
                for one in groups
            ],
            **gallery.sheet_of(pictures.images),
        ),
        on_picked_change=lambda: put(pictures, component_value.get(_KEY, "picked")),
    )


def put(pictures: Digits, index: object) -> None:
    """Put the digit of that place in the test set under the pen, if its picture is here."""
    if type(index) is int and index in pictures.indices:
        place = int(np.flatnonzero(pictures.indices == index)[0])
        gallery.take(pictures.images, place, canvas_state.current().put)


def described(
    readings: Readings, pictures: Digits, places: Iterable[int], to: int | None = None
) -> list[dict[str, Any]]:
    """What the browser is told of those digits whose pictures there are.

    Below each stands all that is known, or only its distance to the code of the class ``to``.
    """
    in_sheet = {int(index): place for place, index in enumerate(pictures.indices)}
    return [
        {
            "place": in_sheet[index],
            "index": index,
            "lines": _lines(readings, index) if to is None else _distance(readings, index, to),
            "told": told(readings, index),
        }
        for index in map(int, places)
        if index in in_sheet
    ]


def _lines(readings: Readings, index: int) -> list[dict[str, Any]]:
    """Label, what both networks read, and the two smallest distances."""
    label, answer = int(readings.labels[index]), int(readings.answers[index])
    before = IN_1998.get(index, label)
    first, second = np.argsort(readings.distances[index])[:2]
    return [
        _line(_("label {label}").format(label=CLASSES[label])),
        _line(_("1998: {digit}").format(digit=CLASSES[before]), wrong=before != label),
        _line(_("here: {digit}").format(digit=CLASSES[answer]), wrong=answer != label),
        *(_line(_to_code(readings, index, int(digit))) for digit in (first, second)),
    ]


def _distance(readings: Readings, index: int, digit: int) -> list[dict[str, Any]]:
    wrong = bool(readings.wrong[index])
    return [_line(number(readings.distances[index, digit], 1), wrong=wrong)]


def _to_code(readings: Readings, index: int, digit: int) -> str:
    distance = number(readings.distances[index, digit], 1)
    return _("to {digit}: {distance}").format(digit=CLASSES[digit], distance=distance)


def _line(text: str, wrong: bool = False) -> dict[str, Any]:
    return {"text": text, "wrong": wrong}


def told(readings: Readings, index: int) -> str:
    """What is known of a test digit, in sentences."""
    label = int(readings.labels[index])
    first, second = map(int, np.argsort(readings.distances[index])[:2])
    text = _(
        "Test digit {index}, labelled {label}. LeNet-5 of 1998 read {before}. This one reads "
        "{digit}, whose code is {distance} away; runner-up {runner_up}, {runner_up_distance}."
    )
    return text.format(
        index=number(index),
        label=CLASSES[label],
        before=CLASSES[IN_1998.get(index, label)],
        digit=CLASSES[first],
        distance=number(readings.distances[index, first], 1),
        runner_up=CLASSES[second],
        runner_up_distance=number(readings.distances[index, second], 1),
    )
