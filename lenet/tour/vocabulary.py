"""The words a tour is written in: pages, what a step can light up, wait for, ask, and tell.

Everything here is an identifier that stands in tours and links; none is shown to a visitor.
"""

from __future__ import annotations

from lenet import spec
from lenet.unit import unit_from_text

LAYERS = tuple(layer.key for layer in spec.LENET5.by_key.values())

_ON = ("my-drawing", *spec.CLASSES)
_C3 = ("all", *map(str, range(spec.C3.maps)))
_S2 = ("all", *map(str, range(spec.S2.maps)))

PAGES: dict[str, dict[str, tuple[str, ...] | None]] = {
    "draw": {"pin": None, "range": ("fixed", "layer", "map")},
    "architecture": {
        "part": ("layers", "ideas-and-arithmetic", "learned-parameters", "disagreements"),
        "on": _ON,
    },
    "connections": {"s2": _S2, "c3": _C3, "consequence": ("distances", "c3-maps"), "on": _ON},
    "receptive-fields": {
        "unit_layer": LAYERS[:-1],
        "unit_map": None,
        "unit_row": None,
        "unit_column": None,
        "about": ("effective", "top-activations", "who-sees-it", "growth", "centres"),
        "on": _ON,
    },
    "output-codes": {
        "part": (
            *("distances", "by-hand", "codes", "probabilities"),
            *("rejection", "all-samples"),
        ),
        "on": _ON,
    },
    "glossary": {},
}
"""Page -> what its address may say in a tour -> the texts that are allowed; None: see ``state``."""

LIGHTS = (*LAYERS, "canvas", "answer", "legend", "badge", "controls", "switches", "comparison")
"""What a step can light up: layers, and parts of pages."""

NONE = "none"
"""For a pin: no unit is pinned when the step begins. Without a pin it stays as it was."""

PLACES = ("pinned", "pointed")
"""Conditions with a layer, a map (``c1.3``) or a unit (``c1.3.4.4``)."""

CONDITIONS = (
    *("drawn", "accepted", "rejected", "shifted", "moved", "strong", "switched", "replayed"),
    *("read", "opened", "confirmed"),
    *PLACES,
)
"""When a step is done; ``read`` has a digit with it, ``opened`` an identifier of the page's."""

FACTS = ("accepted", "rejected", "same_digit", "other_digit", "positive", "negative", "strong")
"""What can be true or not of the present drawing: which answer was right, which text is shown."""

_OF_LAYERS = {
    f"{key}_{what}"
    for key in LAYERS
    for what in ("maps", "size", "units", "kernel", "parameters", "field")
}

QUANTITIES = frozenset(
    {
        *("digit", "distance", "runner_up", "runner_up_distance", "rejection", "amplitude"),
        *("digit_before", "distance_before"),
        *("ink_width", "ink_height", "input_top", "input_bottom", "input_left", "input_right"),
        *("unit", "value", "total", "sum", "bias", "coefficient", "weighted"),
        *("top", "bottom", "left", "right", "unit_before", "value_before"),
        *("alike", "switched_off", "switched_on", "table_digit", "table_distance"),
        *_OF_LAYERS,
    }
)
"""Names in braces that a text may have: they become numbers of the drawing, or of the network."""


def place(text: str) -> bool:
    """Whether a text names a layer, a map or a unit: ``c1``, ``c1.3``, ``c1.3.4.4``."""
    key, *numbers = text.split(".")
    if key not in LAYERS or len(numbers) not in (0, 1, 3):
        return False
    if not numbers:
        return True
    return unit(".".join([key, *numbers, *("0" * (3 - len(numbers)))]))


def unit(text: str) -> bool:
    """Whether a text names a unit, ``c1.3.4.4``."""
    try:
        return unit_from_text(text).key == text
    except ValueError:
        return False


def state(page: str, name: str, text: str) -> bool:
    """Whether a page's address may have that text under that name."""
    allowed = PAGES[page][name]
    if allowed is not None:
        return text in allowed
    if name == "pin":
        return text == NONE or unit(text)
    return text.isascii() and text.isdigit() and text == str(int(text[:4])) and int(text) < 120
