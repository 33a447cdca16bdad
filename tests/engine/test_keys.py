"""Which key a press means on which keyboard, and when a key is the page's own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import node


def names_of(events: list[dict[str, Any]]) -> list[str | None]:
    """The names of the keys that were pressed in these keyboard events."""
    names: list[str | None] = node.run(
        """
        const { keyOf } = await import("./shared/keys.js");
        return data.map(keyOf);
        """,
        events,
    )
    return names


def test_a_key_has_its_name_on_every_keyboard() -> None:
    pressed: list[tuple[dict[str, Any], str | None]] = [
        ({"key": "7", "code": "Digit7"}, "7"),
        ({"key": "7", "code": "Numpad7"}, "7"),
        ({"key": "Home", "code": "Numpad7"}, "Home"),  # without Num Lock
        ({"key": "\u00e8", "code": "Digit7"}, "7"),  # French
        ({"key": "7", "code": "Digit7", "shiftKey": True}, "7"),  # French, with Shift
        ({"key": "&", "code": "Digit7", "shiftKey": True}, "&"),  # English, with Shift
        ({"key": "?", "code": "Slash", "shiftKey": True}, "?"),
        ({"key": "?", "code": "Minus", "shiftKey": True}, "?"),  # German
        ({"key": "c", "code": "KeyI"}, "c"),  # Dvorak
        ({"key": "C", "code": "KeyC"}, "c"),  # Caps Lock
        ({"key": "\u314a", "code": "KeyC"}, "c"),  # Korean
        ({"key": " ", "code": "Space"}, "Space"),
        ({"key": "Backspace", "code": "Backspace"}, "Backspace"),
        ({"key": "z", "code": "KeyZ", "ctrlKey": True}, "Control+z"),
        ({"key": "z", "code": "KeyZ", "metaKey": True}, "Control+z"),
        ({"key": "Z", "code": "KeyZ", "ctrlKey": True, "shiftKey": True}, None),
        ({"key": "c", "code": "KeyC", "altKey": True}, None),
        ({"key": "c", "code": "KeyC", "ctrlKey": True}, "Control+c"),
        ({"key": "c", "code": "KeyC", "isComposing": True}, None),
    ]
    assert names_of([event for event, _ in pressed]) == [name for _, name in pressed]


@pytest.mark.parametrize(
    ("name", "focus", "free"),
    [
        ("c", "body", True),
        ("c", "button", True),
        ("Space", "button", False),
        ("Space", "[role=tab]", False),
        ("c", "[role=tab]", True),
        *((key, typed, False) for key in ("c", "7", "Space") for typed in ("input", "textarea")),
        ("7", "select", False),
        ("7", "[role=slider]", False),
        ("7", "[contenteditable]:not([contenteditable=false])", False),
        ("?", "dialog[open]", False),
        ("p", "[role=dialog]", False),
        ("Space", "own", False),
        ("p", "own", True),
    ],
)
def test_a_key_is_left_to_what_has_the_focus(name: str, focus: str, free: bool) -> None:
    """An element stands here for what its selector says, inside of others up to the window."""
    found = node.run(
        """
        const { isFree } = await import("./shared/keys.js");
        const element = (selector) => ({
          matches: (asked) => asked.split(",").includes(selector),
          dataset: selector === "own" ? { keys: "Enter Space" } : {},
        });
        return isFree(data.name, [element(data.focus), element("body"), {}]);
        """,
        {"name": name, "focus": focus},
    )
    assert found == free
