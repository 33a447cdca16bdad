"""Where things are on the screen: left, top, width and height in CSS pixels of the viewport."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page

from tests.support import running_app


def tiles(page: Page) -> dict[str, tuple[float, float, float, float]]:
    """The layers' boxes in the viewport: left, top, width, height."""
    shown: dict[str, Any] = json.loads(running_app.handles(page)["tiles"])
    return {key: tuple(box) for key, box in shown.items()}


def box(page: Page, selector: str) -> tuple[float, float, float, float]:
    return box_of(page.locator(selector).first)


def box_of(element: Locator) -> tuple[float, float, float, float]:
    found = element.bounding_box()
    assert found is not None
    return found["x"], found["y"], found["width"], found["height"]


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        one[0] >= other[0] + other[2]
        or other[0] >= one[0] + one[2]
        or one[1] >= other[1] + other[3]
        or other[1] >= one[1] + one[3]
    )
