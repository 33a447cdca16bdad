"""A task in a link: a sentence, and if wanted a question with answers, above the page it is about.

It is plain text: whatever could be markup is shown as it was written, and characters that cannot
be read or that turn text around are left out. ``assets/share/task.js`` writes the same text.

>>> text = write(Task("Find a unit of C3 that your 7 switches off."))
>>> read(text).text
'Find a unit of C3 that your 7 switches off.'
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from lenet import sealed
from lenet.catalogue import gettext as _
from lenet.tour import reading

LONGEST = 3_000
"""Characters of the longest text in an address."""

LONGEST_TEXT, LONGEST_QUESTION, LONGEST_ANSWER = 300, 240, 120
MOST_ANSWERS, LEAST_ANSWERS = reading.MOST_ANSWERS, reading.LEAST_ANSWERS
_VERSION = "1"


class TaskError(ValueError):
    """A text that is no task; the sentence says what to do."""


@dataclass(frozen=True)
class Task:
    """What is to be done; a question with answers, and the place of the right one, if there is."""

    text: str
    question: str = ""
    answers: tuple[str, ...] = ()
    right: int | None = None

    def described(self) -> dict[str, Any]:
        """The same for the browser."""
        return {
            "text": self.text,
            "question": self.question,
            "answers": list(self.answers),
            "right": self.right,
        }


def write(task: Task) -> str:
    """The text of a task in an address."""
    content = json.dumps(task.described(), ensure_ascii=False, separators=(",", ":"))
    return _VERSION + sealed.seal(content.encode())


def read(text: str) -> Task:
    """The task that a text holds. Raises TaskError for anything else."""
    if len(text) > LONGEST or not text.startswith(_VERSION):
        raise _damaged()
    try:
        said = json.loads(sealed.unseal(text[len(_VERSION) :]).decode())
    except (sealed.DamagedError, ValueError, RecursionError):
        raise _damaged() from None
    if not isinstance(said, dict):
        raise _damaged()
    answers = said.get("answers", [])
    if not isinstance(answers, list) or len(answers) > MOST_ANSWERS:
        raise _damaged()
    task = Task(
        _text(said.get("text"), LONGEST_TEXT),
        _text(said.get("question", ""), LONGEST_QUESTION),
        tuple(_text(answer, LONGEST_ANSWER) for answer in answers),
        said.get("right"),
    )
    asks = bool(task.question)
    right_kind = task.right is None or (type(task.right) is int and 0 <= task.right < len(answers))
    enough = len(answers) >= LEAST_ANSWERS if asks else not answers
    if not task.text or not all(task.answers) or not right_kind or not enough:
        raise _damaged()
    return task


def _text(said: object, longest: int) -> str:
    """A text without what cannot be shown, on one line."""
    if not isinstance(said, str):
        raise _damaged()
    shown = re.sub(r"\s+", " ", "".join(c for c in said if c.isspace() or reading.clean(c))).strip()
    if len(shown) > longest:
        raise _damaged()
    return shown


def _damaged() -> TaskError:
    return TaskError(
        _(
            "The task in this link is damaged or was cut on its way, so the page is shown without "
            "it; please ask for the link again."
        )
    )
