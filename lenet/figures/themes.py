"""A figure in the colours of the page's theme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from lenet.figures.palette import PALETTES, channels

_COLOUR = re.compile(r"#[0-9a-f]{6}|rgba\((?P<rgb>\d+,\d+,\d+),")


def in_theme(figure: go.Figure, theme: str) -> go.Figure:
    """A figure, made in the colours of the light theme, in those of "light" or "dark"."""
    if theme != "dark":
        return figure
    light, dark = PALETTES["light"].colours(), PALETTES["dark"].colours()
    exchanged = {_written(light[name]): dark[name] for name in light}
    return go.Figure(_exchange(figure.to_plotly_json(), exchanged, is_colour=False))


def _exchange(part: Any, exchanged: Mapping[str, str], *, is_colour: bool) -> Any:
    """The same part of a figure with other colours, wherever a name says that there is one."""
    if isinstance(part, dict):
        return {
            name: _exchange(
                value, exchanged, is_colour=is_colour or name.endswith(("color", "colorscale"))
            )
            for name, value in part.items()
        }
    if isinstance(part, list | tuple):
        return [_exchange(value, exchanged, is_colour=is_colour) for value in part]
    if isinstance(part, str) and is_colour:
        return _COLOUR.sub(lambda found: _other(found, exchanged), part)
    return part


def _other(found: re.Match[str], exchanged: Mapping[str, str]) -> str:
    if found["rgb"]:
        other = exchanged.get(found["rgb"])
        return f"rgba({_written(other)}," if other else found[0]
    return exchanged.get(_written(found[0]), found[0])


def _written(colour: str) -> str:
    return ",".join(map(str, channels(colour)))
