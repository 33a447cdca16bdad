"""The texts that visitors read: taken out of the code, and looked for where they should not be.

``python -m tests.support.texts`` (``make catalogue``) writes ``assets/locale/lenet.pot``, from
which translators start. With names of files it lists the texts in them that are not looked up.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from lenet.tour import shelf
from tests.support import javascript
from tests.support.javascript import HOLE, Token

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "assets" / "locale" / "lenet.pot"

PYTHON = sorted([ROOT / "app.py", *(ROOT / "lenet").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
JAVASCRIPT = sorted((ROOT / "assets").rglob("*.js"))
HTML = sorted((ROOT / "assets").rglob("*.html"))

NOT_FOR_VISITORS = {
    "lenet/__main__.py",
    "lenet/cli.py",
    "lenet/files/progress.py",
    "lenet/model.py",
    "lenet/training",
    "pages/serving/streamlit_internals.py",
}
"""What only developers read: the command line, the logs, comments in copied code."""

NO_TEXTS = {
    "LeNet-5 (1998)": "a name, in copied code",
    "import torch": "code to be copied",
    '"Open Sans", verdana, arial, "Letters of the language", sans-serif': "fonts, for Plotly",
    "python -m lenet tour my-tour.yaml --link https://example.org": "a command",
    "full connection": "a kind of layer, by its key",
    "max pooling": "a kind of layer, by its key",
    "average pooling": "a kind of layer, by its key",
    "fixed convolution": "a kind of layer, by its key",
    "local connection": "a kind of layer, by its key",
    "response normalisation": "a kind of layer, by its key",
    "plain tanh": "a squashing function, by its key",
    "(prefers-reduced-motion: reduce)": "a media query",
    "(forced-colors: active)": "a media query",
    "(prefers-color-scheme: dark)": "a media query",
    "Reset canvas & history": "the canvas's own button, looked for by its title",
    f"bytes={HOLE}-": "of HTTP",
    f"bytes {HOLE}-": "of HTTP",
    f"{HOLE}, line {HOLE}": "for the log",
    f"{HOLE} right": "a place, for Plotly",
    "top center": "a place, for Plotly",
    "bottom right": "a place, for Plotly",
}
"""Literals that read like a text and are none."""

READ_BY_VISITORS = [
    path
    for path in PYTHON
    if not any(path.is_relative_to(ROOT / name) for name in NOT_FOR_VISITORS)
]

_IN_PYTHON = {"_": None, "gettext": None, "ngettext": (1, 2)}
_IN_JAVASCRIPT = {"t": None, "tn": (1, 2)}


class Found(NamedTuple):
    """A text that is not where it should be."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text.replace(HOLE, '…')!r}"


# --- taking texts out of the code --------------------------------------------------------------


def template() -> bytes:
    """The content of ``lenet.pot``: all texts, by the files that they stand in.

    Without dates and line numbers, so that it changes only when a text does.
    """
    catalogue = Catalog(fuzzy=False)
    for path in [*PYTHON, *JAVASCRIPT]:
        for _line, text, comments, _context in extracted(path):
            catalogue.add(
                text,
                locations=[(path.relative_to(ROOT).as_posix(), 0)],
                auto_comments=comments,
                flags=_flags(text),
            )
    for text in shelf.shipped().texts():
        where = shelf.SHIPPED.relative_to(ROOT).as_posix()
        catalogue.add(text, locations=[(where, 0)], flags=_flags(text))
    written = BytesIO()
    write_po(written, catalogue, omit_header=True, include_lineno=False, sort_by_file=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head.encode() + written.getvalue()


def extracted(path: Path) -> list:
    if path.suffix == ".js":
        method: Any = javascript.extract  # Babel's type for it names other things than its manual
        return list(extract_from_file(method, path, _IN_JAVASCRIPT))
    return list(extract_from_file("python", path, _IN_PYTHON, comment_tags=["Translators:"]))


def _flags(text: str | tuple[str, ...]) -> list[str]:
    """Named placeholders in braces are Python's; Babel takes a percent sign for one otherwise."""
    wordings = [text] if isinstance(text, str) else text
    return ["python-brace-format"] if any("{" in wording for wording in wordings) else []


# --- what reads as a text ----------------------------------------------------------------------

_TAG = re.compile(r"<[^<>]*>")
_READ_ATTRIBUTE = re.compile(r"\b(?:alt|aria-label|title|placeholder)=\"([^\"]*)\"")
_MATHS = re.compile(r"%\{[^}]*\}|:material/\w+:|&\w+;|https?://\S+")
_SELECTOR = re.compile(r"\s*[.#\[][\w-]+[\w\s.#:>,()\[\]='\"~^$*-]*")
_STYLE = re.compile(r"(?:(?:fill|stroke|stroke-width|stroke-dasharray|opacity|rx): [^;]+(?:; )?)+")
_COLOUR = re.compile(r"#[0-9a-f]{3,8}")
_WORD = r"[^\W\d_]{2,}"
_PROSE = re.compile(rf"{_WORD}[,;:.]?\s+\(?{_WORD}")
_PROSE_WITH_HOLES = re.compile(
    rf"{HOLE}[,;:.)]?\s+{_WORD}(?![\w:-])|(?<![\w.#-]){_WORD}[,;:.]?\s+[(\[]?{HOLE}"
)


def _words_of(text: str) -> str:
    """The text without its tags, but with what their attributes say to a reader."""
    attributes = " . ".join(_READ_ATTRIBUTE.findall(text))
    return _MATHS.sub(" ", f"{_TAG.sub(' . ', text)} . {attributes}")


def is_prose(text: str) -> bool:
    """Two words side by side, or a word beside a value that is filled in."""
    if text in NO_TEXTS or _SELECTOR.fullmatch(text) or _STYLE.fullmatch(text):
        return False
    if text.startswith("color-mix("):
        return False
    words = _words_of(text)
    return bool(_PROSE.search(words) or _PROSE_WITH_HOLES.search(words))


def has_a_word(text: str) -> bool:
    return not _COLOUR.fullmatch(text) and bool(re.search(_WORD, _words_of(text)))


# --- Python ------------------------------------------------------------------------------------

_LOOK_UP = {"_", "gettext", "ngettext"}
_SHOWS = set(
    "button caption checkbox code dialog download_button error expander file_uploader header info "
    "link_button markdown metric number_input page_link popover radio segmented_control selectbox "
    "slider spinner subheader success tabs text text_input title toast toggle warning write html "
    "section heading choice table".split()
)
_SHOWN = set(
    "alt annotation_text help hovertemplate hovertext label page_title placeholder text "
    "texttemplate ticktext title title_text".split()
)
_BY_IDENTIFIER = {"choice": 1, "selection": 1, "tabs": 0}
"""Functions with an argument that is identifier -> text, and which one it is."""

_LOGS = set("debug info warning error exception critical log".split())
_FOR_PROGRAMMERS = set(
    "ValueError TypeError KeyError IndexError AssertionError RuntimeError NotImplementedError "
    "AttributeError LookupError OSError ImportError TypeVar cast getLogger compile namedtuple "
    "component fullmatch match search sub findall strptime strftime".split()
)


def python_literals(tree: ast.AST) -> list[Found]:
    """Literals that a visitor would read and that are not looked up in the catalogue."""
    return sorted(set(_python(tree, shown=False)))


def _python(node: ast.AST, shown: bool) -> Iterator[Found]:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Assert():
            return
        case ast.Constant(value=str(text)):
            if is_prose(text) or (shown and has_a_word(text)):
                yield Found(node.lineno, text)
        case ast.JoinedStr():
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values
            )
            if is_prose(text) or (shown and has_a_word(text)):
                yield Found(node.lineno, text)
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    yield from _python(part.value, shown)
        case ast.Call():
            yield from _call(node, shown)
        case ast.Dict():
            for key, value in zip(node.keys, node.values, strict=True):
                names_a_text = isinstance(key, ast.Constant) and key.value in _SHOWN
                if key is not None:
                    yield from _python(key, shown)
                yield from _python(value, shown or names_a_text)
        case ast.BinOp() | ast.List() | ast.Tuple() | ast.BoolOp() | ast.Starred():
            for child in ast.iter_child_nodes(node):
                yield from _python(child, shown)
        case ast.IfExp():
            yield from _python(node.test, shown=False)
            yield from _python(node.body, shown)
            yield from _python(node.orelse, shown)
        case ast.AnnAssign():
            if node.value is not None:
                yield from _python(node.value, shown=False)
        case _:
            for name, value in ast.iter_fields(node):
                if name in ("annotation", "returns", "slice"):
                    continue
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        yield from _python(child, shown=False)


def _call(node: ast.Call, shown: bool) -> Iterator[Found]:
    *owner, name = ast.unparse(node.func).rsplit(".", 1)
    if name in _FOR_PROGRAMMERS or (name in _LOGS and "log" in "".join(owner).lower()):
        return
    if isinstance(node.func, ast.Attribute):
        # "...".format() and "...".join() are as much shown as what they make.
        yield from _python(node.func.value, shown and name in ("format", "join", "replace"))
    for place, argument in enumerate(node.args):
        if name in _LOOK_UP and isinstance(argument, ast.Constant):
            continue
        if _BY_IDENTIFIER.get(name) == place and isinstance(argument, ast.Dict):
            for value in argument.values:
                yield from _python(value, shown=True)
            continue
        yield from _python(argument, shown=name in _SHOWS and argument is node.args[0])
    for keyword in node.keywords:
        if keyword.arg == "formerly":  # texts of old addresses
            continue
        yield from _python(keyword.value, shown=keyword.arg in _SHOWN)


def python_mistakes(tree: ast.Module) -> list[Found]:
    """Look-ups that cannot work: no literal, at import, or with other placeholders than filled."""
    return sorted({*_at_import(tree), *_wrong_look_ups(tree)})


def _is_look_up(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in _LOOK_UP


def _at_import(node: ast.AST) -> Iterator[Found]:
    """What runs when a module is imported: all but the bodies of its functions."""
    if _is_look_up(node):
        yield Found(node.lineno, f"looked up at import: {ast.unparse(node)}")  # type: ignore[attr-defined]
    if isinstance(node, ast.Lambda):
        return
    inner = set(node.body) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else set()
    for child in ast.iter_child_nodes(node):
        if child not in inner:
            yield from _at_import(child)


def _wrong_look_ups(tree: ast.Module) -> Iterator[Found]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for inner in filter(_is_look_up, ast.walk(node)):
                yield Found(node.lineno, f"not found by Babel in an f-string: {ast.unparse(inner)}")
        if not isinstance(node, ast.Call):
            continue
        if _is_look_up(node):
            several = ast.unparse(node.func).endswith("ngettext")
            for text in node.args[: 2 if several else 1]:
                if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                    yield Found(node.lineno, f"no literal: {ast.unparse(text)}")
                elif re.search(r"\{[^{}\w]*\}|\{\d+\}", text.value):
                    yield Found(node.lineno, f"a placeholder without a name: {text.value}")
        if isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            looked_up = node.func.value
            if not (isinstance(looked_up, ast.Call) and _is_look_up(looked_up)):
                continue
            texts = [a.value for a in looked_up.args[:2] if isinstance(a, ast.Constant)]
            filled = {keyword.arg for keyword in node.keywords}
            if node.args:
                yield Found(node.lineno, f"filled without names: {ast.unparse(node)}")
            elif None not in filled and (wrong := _placeholders(texts) ^ filled):
                yield Found(node.lineno, f"{', '.join(sorted(map(str, wrong)))}: {texts}")


def _placeholders(texts: list) -> set[str]:
    return {name for text in texts for name in re.findall(r"\{(\w+)[^{}]*\}", str(text))}


# --- JavaScript --------------------------------------------------------------------------------

_SHOWN_PROPERTIES = {"textContent", "innerText", "ariaLabel", "title", "placeholder", "alt"}
_SHOWN_PROPERTIES |= {"ariaDescription", "ariaRoleDescription", "ariaValueText"}
_ATTRIBUTES = {"aria-label", "aria-description", "aria-valuetext", "title", "alt", "placeholder"}
_CONTENT = {"make": 2, "button": 0, "words": 0, "line": 0, "heading": 0}
"""Functions that make an element, and at which argument its content begins."""

_NOT_SHOWN = {"from", "import", "case", "querySelector", "querySelectorAll", "closest", "matches"}
_NOT_SHOWN |= {"getContext", "createElement", "Error", "TypeError", "RangeError"}
_NOT_SHOWN_PROPERTIES = {"cssText", "className", "font", "style", "transform", "background"}
_NOT_SHOWN_PROPERTIES |= {"gridTemplateColumns", "gridTemplateRows", "gridArea", "boxShadow"}


def javascript_literals(source: str) -> list[Found]:
    """String and template literals that read as a text and stand outside ``t()`` and ``tn()``."""
    found = []
    for part in javascript.everything(javascript.tokens(source)):
        looked_up = {
            id(token)
            for name, arguments in javascript.calls(part, set(_IN_JAVASCRIPT))
            for argument in arguments[: 2 if name.text == "tn" else 1]
            for token in argument
            if token.kind == "string"
        }
        content = {
            id(token)
            for name, arguments in javascript.calls(part, set(_CONTENT))
            for argument in arguments[_CONTENT[name.text] :]
            for token in argument
        }
        for i, token in enumerate(part):
            if token.kind not in ("string", "template") or id(token) in looked_up:
                continue
            shown = id(token) in content or _is_shown(part[:i])
            if shown is not None and (is_prose(token.text) or (shown and has_a_word(token.text))):
                found.append(Found(token.line, token.text))
    return found


def _is_shown(before: list[Token]) -> bool | None:
    """Whether the literal after these tokens is shown for certain; None: certainly not."""
    last = [token.text for token in before[-4:]]
    if last[-1:] == ["("]:
        last.pop()
    if last[-1:] == ["="]:
        name = last[-2:-1]
        if name and name[0] in _NOT_SHOWN_PROPERTIES:
            return None
        return bool(name and name[0] in _SHOWN_PROPERTIES)
    if last[-1:] and last[-1] in _NOT_SHOWN:
        return None
    if last[-1:] == ["fillText"]:
        return True
    return last[-1:] == [","] and last[-2] in _ATTRIBUTES and before[-2].kind == "string"


def javascript_mistakes(source: str) -> list[Found]:
    """Calls of ``t()`` and ``tn()`` without a literal, or with other placeholders than filled."""
    found = []
    for part in javascript.everything(javascript.tokens(source)):
        for name, arguments in javascript.calls(part, set(_IN_JAVASCRIPT)):
            several = name.text == "tn"
            texts = [javascript.string(text) for text in arguments[: 2 if several else 1]]
            if None in texts:
                found.append(Found(name.line, f"no literal in {name.text}()"))
                continue
            rest = arguments[3 if several else 1 :]
            filled = javascript.keys(rest[0]) if rest else set()
            if several and filled is not None:
                filled |= {"n"} & _placeholders(texts)  # the count itself
            if filled is not None and (wrong := _placeholders(texts) ^ filled):
                found.append(Found(name.line, f"{', '.join(sorted(wrong))}: {texts}"))
    return found


# --- HTML --------------------------------------------------------------------------------------


def html_literals(source: str) -> list[Found]:
    """Texts in a template: none should be there, JavaScript sets them."""
    markup = re.sub(r"<!--.*?-->|<style>.*?</style>", "", source, flags=re.DOTALL)
    texts = [*_TAG.sub("\n", markup).splitlines(), *_READ_ATTRIBUTE.findall(markup)]
    return [
        Found(source.count("\n", 0, source.find(text)) + 1, text.strip())
        for text in texts
        if has_a_word(text)
    ]


# --- all of it ---------------------------------------------------------------------------------


def literals(path: Path) -> list[Found]:
    """The texts in a file that a visitor would read and no translator would see."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return python_literals(ast.parse(source))
    return javascript_literals(source) if path.suffix == ".js" else html_literals(source)


def mistakes(path: Path) -> list[Found]:
    """The look-ups in a file that cannot work."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return python_mistakes(ast.parse(source))
    return javascript_mistakes(source) if path.suffix == ".js" else []


def main() -> int:
    if names := sys.argv[1:]:
        found = [(name, each) for name in names for each in _all_of(Path(name))]
        for name, each in found:
            print(f"{name}, {each}")  # noqa: T201
        return bool(found)
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(template())
    return 0


def _all_of(path: Path) -> list[Found]:
    return [*literals(path), *mistakes(path)]


if __name__ == "__main__":
    sys.exit(main())
