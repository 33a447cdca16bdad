"""A tour from YAML: read whole, or refused with every fault, its line and its field.

Only plain YAML is read: no anchors, aliases or tags, nothing deep, nothing long. What it holds
becomes texts and identifiers, never code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from lenet.catalogue import as_list, number
from lenet.catalogue import gettext as _
from lenet.tour import vocabulary
from lenet.tour.steps import Answer, Do, Predict, Right, See, Step, Tour

MOST_BYTES = 20_000
"""Of a file. The built-in tour has half as many."""

MOST_STEPS = 30
MOST_ANSWERS, LEAST_ANSWERS = 4, 2
_MOST = {"lights": 6, "until": 4, "see": 5}
_DEEPEST = 8
_LONGEST = {"title": 60, "question": 240, "text": 300, "answer": 120}
_ID = re.compile(r"[a-z][a-z0-9-]{0,29}")
_HOLE = re.compile(r"\{(\w*)\}|[{}]")


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which line (from 1), and in which field, as in ``steps.2.do.until``."""

    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        where = _("Line {line}").format(line=number(self.line))
        return (
            f"{where}, {self.field}: {self.sentence}" if self.field else f"{where}: {self.sentence}"
        )


class TourError(ValueError):
    """A tour that cannot be used; ``faults`` has everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def read(content: bytes | str) -> Tour:
    """The tour that a YAML text describes. Raises TourError with all that is wrong with it."""
    root = _compose(content)
    reader = _Reader()
    tour = reader.tour(root)
    if reader.faults:
        raise TourError(sorted(reader.faults, key=lambda fault: fault.line))
    return tour


def clean(text: str) -> bool:
    """Whether a text has only characters that can be read: no control, and no bidi character."""
    return not any(
        unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for c in text
    )


# --- YAML ---------------------------------------------------------------------------------------


def _compose(content: bytes | str) -> yaml.Node:
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if len(raw) > MOST_BYTES:
        raise _one(
            1,
            _("The file has {bytes} bytes, and a tour at most {most}.").format(
                bytes=number(len(raw)), most=number(MOST_BYTES)
            ),
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _one(line, _("This is not UTF-8; please save the file as UTF-8.")) from None
    try:
        _check_plain(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except TourError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise _one(
            line,
            _("This cannot be read as YAML; look for a missing quote, colon or indentation."),
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        raise _one(1, _("This cannot be read as YAML.")) from None
    if root is None:
        raise _one(1, _("The file is empty; a tour has a title and steps."))
    return root


def _check_plain(text: str) -> None:
    """Before anything is built: nothing deep, no anchors, no aliases, no tags, one document."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise _one(line, _("A tour is one YAML document; please remove this line."))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _one(line, _("Anchors and aliases are not read; please write it out."))
        if getattr(event, "tag", None):
            raise _one(
                line, _("Tags are not read; please remove what begins with an exclamation mark.")
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise _one(line, _("This is nested too deeply for a tour."))


def _one(line: int, sentence: str) -> TourError:
    return TourError([Fault(line, "", sentence)])


# --- the fields ---------------------------------------------------------------------------------


class _Reader:
    """Walks the nodes of a tour; whatever is wrong is noted, and the walk goes on."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def tour(self, root: yaml.Node) -> Tour:
        fields = self._fields(root, "", needs=("title", "steps"))
        title = self._text(fields.get("title"), "title", "title")
        steps = []
        found: dict[str, int] = {}
        nodes = self._list(fields.get("steps"), "steps", least=1, most=MOST_STEPS)
        for at, node in enumerate(nodes, 1):
            step = self._step(node, f"steps.{at}")
            if step.id in found and step.id:
                self._fault(
                    node,
                    f"steps.{at}.id",
                    _("Step {number} has this identifier already.").format(number=found[step.id]),
                )
            found.setdefault(step.id, at)
            steps.append(step)
        return Tour(title, tuple(steps))

    def _step(self, node: yaml.Node, path: str) -> Step:
        fields = self._fields(
            node,
            path,
            needs=("id", "page", "title", "do", "see"),
            may=("state", "lights", "predict"),
        )
        page = self._word(fields.get("page"), f"{path}.page", tuple(vocabulary.PAGES))
        return Step(
            id=self._id(fields.get("id"), f"{path}.id"),
            page=page,
            title=self._text(fields.get("title"), f"{path}.title", "title"),
            state=self._state(fields.get("state"), f"{path}.state", page),
            lights=tuple(
                self._word(each, f"{path}.lights", vocabulary.LIGHTS)
                for each in self._list(fields.get("lights"), f"{path}.lights", alone=True)
            ),
            predict=self._predict(fields.get("predict"), f"{path}.predict"),
            do=self._do(fields.get("do"), f"{path}.do", page),
            see=self._see(fields.get("see"), f"{path}.see"),
        )

    def _state(self, node: yaml.Node | None, path: str, page: str) -> dict[str, str]:
        known = vocabulary.PAGES.get(page)
        if node is None:
            return {}
        fields = self._fields(node, path, may=None if known is None else tuple(known))
        state = {}
        for name, value in fields.items():
            text = self._scalar(value, f"{path}.{name}")
            if known and text and not vocabulary.state(page, name, text):
                self._fault(
                    value,
                    f"{path}.{name}",
                    _("This page knows no {value} there.").format(value=_quoted(text)),
                )
            state[name] = text
        return state

    def _predict(self, node: yaml.Node | None, path: str) -> Predict | None:
        if node is None:
            return None
        fields = self._fields(node, path, needs=("question", "answers"))
        answers = []
        nodes = self._list(
            fields.get("answers"), f"{path}.answers", least=LEAST_ANSWERS, most=MOST_ANSWERS
        )
        for at, each in enumerate(nodes, 1):
            own = f"{path}.answers.{at}"
            parts = self._fields(each, own, needs=("text",), may=("right",))
            text = self._text(parts.get("text"), f"{own}.text", "answer")
            answers.append(Answer(text, self._right(parts.get("right"), f"{own}.right")))
        if nodes and not any(answer.right for answer in answers) and "answers" in fields:
            self._fault(
                fields["answers"], f"{path}.answers", _("None of the answers can be right.")
            )
        question = self._text(fields.get("question"), f"{path}.question", "question")
        return Predict(question, tuple(answers))

    def _right(self, node: yaml.Node | None, path: str) -> Right:
        if node is None:
            return False
        text = self._scalar(node, path)
        if text in ("true", "false"):
            return text == "true"
        return self._among(node, path, text, ("true", "false", *vocabulary.FACTS))

    def _do(self, node: yaml.Node | None, path: str, page: str) -> Do:
        if node is None:
            return Do("", ())
        fields = self._fields(node, path, needs=("text", "until"))
        own = f"{path}.until"
        until = [
            self._condition(each, own, page)
            for each in self._list(fields.get("until"), own, alone=True, least=1)
        ]
        return Do(self._text(fields.get("text"), f"{path}.text", "text"), tuple(until))

    def _condition(self, node: yaml.Node, path: str, page: str) -> tuple[str, str]:
        argument = ""
        if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
            name_node, value = node.value[0]
            name = self._word(name_node, path, vocabulary.CONDITIONS)
            argument = self._scalar(value, path)
        else:
            name = self._word(node, path, vocabulary.CONDITIONS)
        if not name:
            return "", ""
        right = {
            "read": lambda: bool(re.fullmatch(r"[0-9]", argument)),
            "opened": lambda: any(
                allowed and argument in allowed
                for allowed in vocabulary.PAGES.get(page, {}).values()
            ),
            **dict.fromkeys(vocabulary.PLACES, lambda: vocabulary.place(argument)),
        }.get(name, lambda: not argument)
        if not right():
            sentence = (
                _("The condition {name} does not go with {value}.").format(
                    name=name, value=_quoted(argument)
                )
                if argument
                else _("The condition {name} needs a value, as in {example}.").format(
                    name=name, example=f"{name}: {_EXAMPLES.get(name, '...')}"
                )
            )
            self._fault(node, path, sentence)
        return name, argument

    def _see(self, node: yaml.Node | None, path: str) -> tuple[See, ...]:
        if node is None:
            return ()
        found = []
        for at, each in enumerate(self._list(node, path, alone=True, least=1), 1):
            own = f"{path}.{at}" if isinstance(node, yaml.SequenceNode) else path
            fields = self._fields(each, own, needs=("text",), may=("when",))
            when = fields.get("when")
            fact = self._word(when, f"{own}.when", vocabulary.FACTS) if when else ""
            found.append(See(self._text(fields.get("text"), f"{own}.text", "text"), fact))
        return tuple(found)

    # --- the kinds of nodes

    def _fields(
        self,
        node: yaml.Node,
        path: str,
        needs: tuple[str, ...] = (),
        may: tuple[str, ...] | None = (),
    ) -> dict[str, yaml.Node]:
        """The fields of a mapping by name. ``may`` None: any; the caller knows of a fault."""
        if not isinstance(node, yaml.MappingNode):
            names = as_list((*needs, *(may or ())))
            self._fault(node, path, _("Fields are needed here: {names}.").format(names=names))
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            own = _path(path, _short(name))
            if may is not None and name not in needs and name not in may:
                self._fault(
                    key,
                    own,
                    _("There is no such field; here are {names}.").format(
                        names=as_list((*needs, *may))
                    ),
                )
            elif name in found:
                self._fault(key, own, _("This field stands here twice."))
            else:
                found[name] = value
        for name in needs:
            if name not in found:
                self._fault(node, _path(path, name), _("This field is missing."))
        return found

    def _list(
        self,
        node: yaml.Node | None,
        path: str,
        *,
        alone: bool = False,
        least: int = 0,
        most: int | None = None,
    ) -> list[yaml.Node]:
        """The entries of a list; with ``alone`` a single one may stand for itself."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            if not alone:
                self._fault(node, path, _("A list is needed here, each entry after a dash."))
            return [node] if alone else []
        count = len(node.value)
        most = most or _MOST.get(path.rsplit(".", 1)[-1], count)
        if not least <= count <= most:
            self._fault(
                node,
                path,
                _("There are {count} here; it takes {least} to {most}.").format(
                    count=number(count), least=number(least), most=number(most)
                ),
            )
        return list(node.value[:most])

    def _scalar(self, node: yaml.Node | None, path: str) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self._fault(node, path, _("A text is needed here."))
            return ""
        return str(node.value).strip()

    def _text(self, node: yaml.Node | None, path: str, kind: str) -> str:
        text = re.sub(r"\s+", " ", self._scalar(node, path))
        if node is None or not text:
            return ""
        if len(text) > _LONGEST[kind]:
            self._fault(
                node,
                path,
                _("This is too long: its length is {count}, and may be {most}.").format(
                    count=number(len(text)), most=number(_LONGEST[kind])
                ),
            )
        if not clean(text):
            self._fault(node, path, _("This has characters that cannot be shown."))
        for name in _unknown_holes(text):
            self._fault(
                node,
                path,
                _("There is no number called {name}.").format(name=_quoted(name)),
            )
        return text

    def _id(self, node: yaml.Node | None, path: str) -> str:
        text = self._scalar(node, path)
        if node is not None and text and not _ID.fullmatch(text):
            self._fault(
                node,
                path,
                _("An identifier has small letters a to z, digits and hyphens, 30 at most."),
            )
        return text

    def _word(self, node: yaml.Node | None, path: str, allowed: tuple[str, ...]) -> str:
        text = self._scalar(node, path)
        return self._among(node, path, text, allowed) if node is not None and text else ""

    def _among(self, node: yaml.Node, path: str, text: str, allowed: tuple[str, ...]) -> str:
        if text in allowed:
            return text
        self._fault(
            node,
            path,
            _("{value} is not known here; known are {names}.").format(
                value=_quoted(text), names=as_list(allowed)
            ),
        )
        return ""

    def _fault(self, node: yaml.Node, path: str, sentence: str) -> None:
        self.faults.append(Fault(node.start_mark.line + 1, path, sentence))


_EXAMPLES = {"read": "7", "opened": "distances", "pinned": "c1", "pointed": "c1.3"}


def _unknown_holes(text: str) -> Iterator[str]:
    for hole in _HOLE.finditer(text):
        if hole[1] is None or hole[1] not in vocabulary.QUANTITIES:
            yield hole[1] or hole[0]


def _path(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _short(text: str) -> str:
    """What stands in a file, made fit to be repeated in a sentence."""
    shown = "".join(c if clean(c) else "\ufffd" for c in text)
    return shown if len(shown) <= 40 else f"{shown[:40]}\u2026"


def _quoted(text: str) -> str:
    return f"\u201c{_short(text)}\u201d"
