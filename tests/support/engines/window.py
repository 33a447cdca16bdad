"""A browser's window as a visitor has it: an address, a picture, a pointer, a keyboard.

Below it stands a browser's own driver, which need only do four things (see ``Window``). Elements
are named as in the Chromium tests: ``".st-key-canvas canvas.upper-canvas"`` also finds what lies
in an open shadow root.
"""

from __future__ import annotations

import itertools
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.support import running_app, waiting

WIDTH, HEIGHT = 1440, 900

# As WebDriver writes them.
TAB, ENTER, ESCAPE = "\ue004", "\ue007", "\ue00c"
LEFT, UP, RIGHT, DOWN = "\ue012", "\ue013", "\ue014", "\ue015"

Picture = npt.NDArray[np.uint8]
"""(height, width, 3), one pixel for each CSS pixel of the window."""

_FIND = """
const within = (node) => [...(node.shadowRoot?.querySelectorAll("*") ?? []),
    ...node.querySelectorAll("*")].flatMap((child) => child.shadowRoot
        ? [child, ...within(child.shadowRoot)] : [child]);
const all = (path) => path.split(" ").reduce((found, part) => [...new Set(found.flatMap(
    (node) => within(node).filter((child) => child.matches(part))))], [document]);
const one = (path) => {
    const [found] = all(path);
    if (!found) throw new Error(`nothing on the page is ${path}`);
    return found;
};
"""


_BOX = """
(path, nth) => {
    const element = all(path)[nth];
    // Not only just into the window: its upper edge lies under the page's own head.
    element?.scrollIntoView({ block: "center", behavior: "instant" });
    const box = element?.getBoundingClientRect();
    return box?.width ? [box.left, box.top, box.width, box.height] : null;
}
"""


_HAS_FOCUS = """
(path) => {
    let element = document.activeElement;
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const around = [];
    for (let node = element; node; node = node.parentNode ?? node.host) around.push(node);
    return all(path).some((node) => around.includes(node));
}
"""


@dataclass(frozen=True)
class Box:
    """A rectangle in the window, in CSS pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2


class Window(ABC):
    """One window, at first of 1440 x 900 CSS pixels."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Make what it shows so many CSS pixels large, as near as the browser can."""

    @abstractmethod
    def load(self, address: str) -> None:
        """Go to an address and return once the page is there."""

    @abstractmethod
    def evaluate(self, expression: str) -> str | None:
        """The value of a JavaScript expression that is a text or undefined."""

    @abstractmethod
    def perform(self, source: dict[str, Any]) -> None:
        """Do what a pointer or a keyboard does, as WebDriver's "perform actions" has it."""

    @abstractmethod
    def picture(self) -> Picture:
        """What the window shows."""

    @abstractmethod
    def errors(self) -> list[str]:
        """What has gone wrong in the page's scripts since the last question."""

    def run(self, function: str, *values: Any) -> Any:
        """Call a JavaScript function with values; ``one(path)`` and ``all(path)`` find elements."""
        arguments = ", ".join(json.dumps(value) for value in values)
        answer = self.evaluate(
            f"(() => {{ {_FIND} return JSON.stringify(({function})({arguments})); }})()"
        )
        return None if answer is None else json.loads(answer)

    def open(self, address: str) -> None:
        """Go to one of the app's addresses and wait until its script has run."""
        self.load(address)
        self.settle()

    def settle(self) -> None:
        """Wait until the server's script has run and nothing is pending."""
        path = "[data-testid=stApp][data-test-script-state=notRunning]"
        self.until("(path) => all(path).length", path, expected="the page's script has run")

    def until(self, function: str, *values: Any, expected: str) -> Any:
        """Call a JavaScript function until what it says is true; that."""
        return waiting.until(lambda: self.run(function, *values), expected)

    def box(self, path: str, nth: int = 0) -> Box:
        """Where an element is once it is there and stays there, scrolled to where it is seen."""
        seen: list[list[float] | None] = [None]

        def stays() -> list[float]:
            seen.append(self.run(_BOX, path, nth))
            return seen[-1] if seen[-1] and seen[-1] == seen[-2] else []

        return Box(*waiting.until(stays, f"{path} is shown"))

    def text(self, path: str) -> str:
        """What an element says."""
        return str(self.run("(path) => one(path).innerText", path))

    def pixels(self, box: Box) -> Picture:
        """What the window shows in a rectangle, as far as it lies in the window."""
        left, top = max(round(box.left), 0), max(round(box.top), 0)
        return self.picture()[top : top + round(box.height), left : left + round(box.width)]

    def move(self, x: float, y: float) -> None:
        """Move the mouse there, no button pressed."""
        self._mouse([_move(x, y)])

    def click(self, x: float, y: float) -> None:
        """Click there with the mouse."""
        self._mouse([_move(x, y), _DOWN, _UP])

    def click_on(self, path: str, nth: int = 0) -> None:
        """Click on the middle of an element."""
        self.click(*self.box(path, nth).centre)

    def drag(self, points: Sequence[tuple[float, float]]) -> None:
        """Move the mouse along these points with its button held."""
        first, *rest = [_move(x, y) for x, y in points]
        self._mouse([first, _DOWN, *rest, _UP])

    def press(self, key: str, times: int = 1) -> None:
        """Press a key: one character, or one of WebDriver's such as ``ESCAPE``."""
        down, up = {"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}
        self.perform({"type": "key", "id": "keyboard", "actions": [down, up] * times})

    def focus(self, path: str) -> None:
        """Give an element the focus."""
        self.run("(path) => { one(path).focus(); return true; }", path)

    def has_focus(self, path: str) -> bool:
        """Whether an element has the focus, or holds what has it."""
        return bool(self.run(_HAS_FOCUS, path))

    def _mouse(self, actions: list[dict[str, Any]]) -> None:
        parameters = {"pointerType": "mouse"}
        self.perform(
            {"type": "pointer", "id": "mouse", "parameters": parameters, "actions": actions}
        )

    def draw(self, strokes: running_app.Strokes, steps: int = 5) -> None:
        """Draw strokes, in canvas pixels, with the mouse on the real canvas."""
        box = self.box(running_app.CANVAS)
        for stroke in strokes:
            self.drag([(box.left + x, box.top + y) for x, y in _in_steps(stroke, steps)])

    def handles(self) -> dict[str, str]:
        """The network view's data attributes; none before it is there."""
        return dict(self.run("(path) => ({ ...all(path)[0]?.dataset })", running_app.VIEW))

    def wait_for_answer(self, strokes: int) -> dict[str, str]:
        """Wait until the server has answered a drawing of that many strokes; the handles."""

        def answered() -> dict[str, str]:
            handles = self.handles()
            verified = handles.get("source") == "verified"
            return handles if verified and handles.get("strokes") == str(strokes) else {}

        return waiting.until(answered, f"{strokes} strokes are verified")

    def choose_theme(self, name: str) -> None:
        """``"Light"`` or ``"Dark"``, by the page's own menu unless the page is so already."""
        if self.run(_IS_OF_THEME, name.lower()):
            return
        self.click_on("[data-testid=stMainMenu] button")
        self.click_on(f"[data-testid=stMainMenuItem-theme-{name}]")
        self.until(_IS_OF_THEME, name.lower(), expected=f"the page is {name.lower()}")
        self.press(ESCAPE)
        self.until(
            "() => !all('[data-testid=stMainMenuList]').length", expected="the menu is closed"
        )


_IS_OF_THEME = "(name) => getComputedStyle(one('[data-testid=stApp]')).colorScheme === name"

_DOWN = {"type": "pointerDown", "button": 0}
_UP = {"type": "pointerUp", "button": 0}


def _in_steps(points: Sequence[tuple[float, float]], steps: int) -> Iterator[tuple[float, float]]:
    """The points, each reached from the last in so many equal steps."""
    yield points[0]
    for (x, y), (next_x, next_y) in itertools.pairwise(points):
        for step in range(1, steps + 1):
            yield x + (next_x - x) * step / steps, y + (next_y - y) * step / steps


def _move(x: float, y: float) -> dict[str, Any]:
    """To the nearest whole pixel: WebDriver knows no others."""
    return {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
