"""Small schemes of what a name stands for, as SVG: drawn, not measured, and in no one's language.

They take the colours of the text around them; what has a sign has the palettes' blue and orange.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from lenet import codes, spec
from lenet.figures.palette import PALETTES
from lenet.spec import Layer

_WIDTH, _HEIGHT = 236, 84
_DIGIT = "M9 8 Q16 3 22 8 Q25 14 16 16 Q26 17 23 25 Q17 30 8 25"  # a 3 on 32 x 32
_SIGN = {
    sign: f"light-dark({PALETTES['light'].colours()[end]}, {PALETTES['dark'].colours()[end]})"
    for sign, end in ((-1, "low"), (1, "high"))
}
_ACCENT = f"light-dark({PALETTES['light'].accent}, {PALETTES['dark'].accent})"


@cache
def schemes() -> Mapping[str, str]:
    """The key of an entry of ``lenet.glossary`` -> its scheme, for those that have one."""
    sliding = (spec.C1, spec.S2, spec.C3, spec.S4)
    return {
        spec.INPUT.key: _input(),
        **{layer.key: _window(layer) for layer in sliding},
        spec.C5.key: _window(spec.C5),
        spec.F6.key: _joined(),
        spec.OUTPUT.key: _compared(),
        "legend": _scale(),
        "badge": _twice(),
    }


def _svg(*parts: str) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        f'style="max-width: 100%; height: auto" fill="none" stroke="currentColor" '
        f'aria-hidden="true">{"".join(parts)}</svg>'
    )


def _box(x: float, y: float, width: float, height: float, style: str = "") -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        f"{f' style={chr(34)}{style}{chr(34)}' if style else ''}/>"
    )


def _arrow(x: float, length: float, y: float = _HEIGHT / 2) -> str:
    end = x + length
    return f'<path d="M{x:g} {y:g} H{end:g} m-5 -4 l5 4 l-5 4"/>'


def _meant(x: float, y: float, side: float) -> str:
    """What is looked at, in the colour of what is meant."""
    return _box(x, y, side, side, f"stroke: {_ACCENT}; stroke-width: 2; fill: {_ACCENT}33")


def _input() -> str:
    drawing = f'<g transform="translate(4 10) scale(2)"><path d="{_DIGIT}" stroke-width="3"/></g>'
    fitted = f'<g transform="translate(157 27) scale(1)"><path d="{_DIGIT}" stroke-width="3"/></g>'
    box = 20 * 70 / spec.INPUT_SIZE
    corner = (70 - box) / 2
    return _svg(
        _box(1, 7, 70, 70, "stroke-dasharray: 3 3"),
        drawing,
        _arrow(84, 38),
        _box(137, 7, 70, 70),
        _box(137 + corner, 7 + corner, box, box, f"stroke: {_ACCENT}"),
        fitted,
    )


def _window(layer: Layer) -> str:
    """A window on the maps that are read, and the unit that comes of it."""
    before, most = layer.before, 4
    assert before is not None
    side, unit = 62, 62 / before.size
    reads = max(map(len, layer.reads))
    behind = [
        _box(2 + 5 * n, 4 + 4 * n, side, side, "opacity: 0.45") for n in range(min(reads, most) - 1)
    ]
    front = len(behind)
    x, y = 2 + 5 * front, 4 + 4 * front
    place = (before.size - layer.kernel) // 2 // layer.stride * layer.stride
    parts = [*behind, _box(x, y, side, side)]
    parts.append(_meant(x + place * unit, y + place * unit, layer.kernel * unit))
    parts.append(_arrow(96, 36))
    if layer.size == 1:
        parts.append(_meant(150, _HEIGHT / 2 - 7, 14))
    else:
        after, small = 62 * layer.size / before.size, 62 / before.size
        top = (_HEIGHT - after) / 2
        at = place // layer.stride * small
        parts += [_box(150, top, after, after), _meant(150 + at, top + at, max(small, 4))]
    return _svg(*parts)


def _joined() -> str:
    """Every unit of one layer joined to one unit of the next."""
    y = [8 + 11.5 * n for n in range(7)]
    lines = [f'<path d="M24 {at:g} L150 42" opacity="0.5"/>' for at in y]
    dots = [_box(16, at - 3, 6, 6) for at in y]
    return _svg(*lines, *dots, _meant(150, 35, 14))


def _compared() -> str:
    """F6 beside a code, their difference, and two distances of which one is shorter."""
    code = codes.DIGITS[3].reshape(codes.ROWS, codes.COLUMNS)
    return _svg(
        _picture(4, code, 0.7),
        '<path d="M58 42 h12"/>',
        _picture(80, code, 1),
        _arrow(136, 24),
        _box(172, 24, 10, 8, f"fill: {_ACCENT}; stroke: none"),
        _box(172, 50, 54, 8, "fill: currentColor; opacity: 0.3; stroke: none"),
    )


def _picture(x: float, code: np.ndarray, opacity: float) -> str:
    side = 6
    paths = []
    for sign, colour in _SIGN.items():
        at = np.argwhere(code == sign)
        cells = "".join(
            f"M{x + side * column:g} {6 + side * row}h{side}v{side}h-{side}z" for row, column in at
        )
        paths.append(
            f'<path d="{cells}" style="fill: {colour}; stroke: none; opacity: {opacity}"/>'
        )
    return "".join(paths)


def _scale() -> str:
    steps = 9
    bars = []
    for n in range(steps):
        value = n / (steps - 1) * 2 - 1
        style = f"fill: {_SIGN[1 if value > 0 else -1]}; stroke: none; opacity: {abs(value):g}"
        bars.append(_box(10 + 24 * n, 24, 24, 36, style))
    return _svg(*bars, _box(10, 24, 24 * steps, 36))


def _twice() -> str:
    """One drawing, computed twice, and compared."""
    digit = f'<g transform="translate(4 24)"><path d="{_DIGIT}" stroke-width="3"/></g>'
    ways = '<path d="M44 36 C70 18 70 18 92 18 M44 46 C70 66 70 66 92 66"/>'
    boxes = _box(96, 6, 44, 24, "rx: 4") + _box(96, 54, 44, 24, "rx: 4")
    meet = '<path d="M144 18 C170 18 170 18 186 36 M144 66 C170 66 170 66 186 46"/>'
    equal = f'<path d="M196 38 h16 M196 46 h16" style="stroke: {_ACCENT}; stroke-width: 2.5"/>'
    return _svg(digit, ways, boxes, meet, equal)
