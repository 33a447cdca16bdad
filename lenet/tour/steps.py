"""A tour: steps that ask what will happen, have it done on the real page, and say what is seen.

Pure data. ``lenet.tour.reading`` reads it from YAML, ``assets/tour`` follows it in the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lenet.tour import vocabulary

Right = bool | str
"""Whether an answer is right: always, never, or where a fact is true of the drawing."""


@dataclass(frozen=True)
class Answer:
    """One of the answers to a question."""

    text: str
    right: Right


@dataclass(frozen=True)
class Predict:
    """A question with two to four answers."""

    question: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Do:
    """What is to be done, and the conditions that all hold when it is: (name, argument)."""

    text: str
    until: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class See:
    """What is seen then. The first text of a step whose fact is true and whose numbers are known
    is shown; an empty fact is always true."""

    text: str
    when: str = ""


@dataclass(frozen=True)
class Step:
    """A state of a page with what is asked, done and seen there."""

    id: str
    page: str
    title: str
    do: Do
    see: tuple[See, ...]
    predict: Predict | None = None
    state: Mapping[str, str] = field(default_factory=dict)
    lights: tuple[str, ...] = ()

    @property
    def address(self) -> dict[str, str]:
        """What its page's address says."""
        return {name: text for name, text in self.state.items() if text != vocabulary.NONE}

    def texts(self) -> Iterator[str]:
        """All that is read in it, in its order."""
        yield self.title
        if self.predict:
            yield self.predict.question
            yield from (answer.text for answer in self.predict.answers)
        yield self.do.text
        yield from (see.text for see in self.see)


@dataclass(frozen=True)
class Tour:
    """Steps in their order."""

    title: str
    steps: tuple[Step, ...]

    def texts(self) -> Iterator[str]:
        """All that is read in it, in its order."""
        yield self.title
        for step in self.steps:
            yield from step.texts()

    def described(self, translated: Callable[[str], str] = str) -> dict[str, Any]:
        """The same for the browser, each text as ``translated`` gives it."""
        return {
            "title": translated(self.title),
            "steps": [_described(step, translated) for step in self.steps],
        }


def _described(step: Step, translated: Callable[[str], str]) -> dict[str, Any]:
    asked = step.predict and {
        "question": translated(step.predict.question),
        "answers": [
            {"text": translated(answer.text), "right": answer.right}
            for answer in step.predict.answers
        ],
    }
    return {
        "id": step.id,
        "page": step.page,
        "title": translated(step.title),
        "state": dict(step.state),
        "lights": list(step.lights),
        "predict": asked,
        "do": {"text": translated(step.do.text), "until": [list(one) for one in step.do.until]},
        "see": [{"when": see.when, "text": translated(see.text)} for see in step.see],
    }
