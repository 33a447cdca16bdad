"""Pages without a browser: opened by their address, with a drawing on the canvas."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.support.running_app import ROOT

SEVEN = [(70, 60), (200, 60), (180, 120), (150, 180), (130, 240)]


def path_of(points: Sequence[tuple[float, float]], pen: float = 20) -> dict[str, Any]:
    """A pencil stroke as the canvas's JSON holds it."""
    (x, y), *_ = points
    commands: list[list[Any]] = [["M", x, y]]
    for (x, y), (next_x, next_y) in itertools.pairwise(points):
        commands.append(["Q", x, y, (x + next_x) / 2, (y + next_y) / 2])
    commands.append(["L", *points[-1]])
    xs, ys = zip(*points, strict=True)
    return {
        "type": "Path",
        "path": commands,
        "left": (min(xs) + max(xs)) / 2,
        "top": (min(ys) + max(ys)) / 2,
        "width": max(xs) - min(xs),
        "height": max(ys) - min(ys),
        "originX": "center",
        "originY": "center",
        "strokeWidth": pen,
        "scaleX": 1,
        "scaleY": 1,
        "angle": 0,
    }


def put_on_canvas(app: AppTest, *objects: Any) -> None:
    app.session_state["drawing"] = {
        "drawing": {"raw": {"objects": list(objects)}, "data": None},
        "backgroundFit": None,
    }


def page_of(script: str) -> AppTest:
    """A page by its file, as in ``pages/explore/architecture.py``."""
    return AppTest.from_file(str(ROOT / script), default_timeout=60)


def figures(page: AppTest) -> int:
    """How many figures a page shows: Plotly's, those of our own, and those that are markup."""
    components = [each.proto.component_name for each in page.get("bidi_component")]
    markup = [each for each in page.get("html") if "<figure" in each.proto.body]
    ours = [name for name in components if name in ("lenet_pictures", "lenet_plane")]
    return len(page.get("plotly_chart")) + len(ours) + len(markup)


def sheets(page: AppTest) -> list[dict[str, Any]]:
    """What the browser is told of each sheet of pictures, but for the values."""
    packed = [
        each.proto.bytes
        for each in page.get("bidi_component")
        if each.proto.component_name == "lenet_pictures"
    ]
    return [json.loads(data[4 : 4 + int.from_bytes(data[:4], "little")]) for data in packed]


def opened(page: AppTest, parameters: Mapping[str, str]) -> AppTest:
    """The page after its first run with this address; it ran without an exception."""
    for name, value in parameters.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def sent(app: AppTest, component: str) -> tuple[dict[str, Any], np.ndarray]:
    """The header and the values that the one component of that name gets."""
    (packed,) = [
        each.proto.bytes
        for each in app.get("bidi_component")
        if each.proto.component_name == component
    ]
    packed = gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed
    length = int.from_bytes(packed[:4], "little")
    return json.loads(packed[4 : 4 + length]), np.frombuffer(packed[4 + length :], "<f4")
