"""A small tokenizer for the browser's modules: enough of JavaScript to tell texts from code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_SPACE = re.compile(r"\s+|//[^\n]*|/\*.*?\*/", re.DOTALL)
_WORD = re.compile(r"[#\w$]+")
_STRING = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""", re.DOTALL)
_REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_BEFORE_REGEX = {"return", "typeof", "case", "of", "in", "await", "yield", "delete", "void"}
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r?\n)|(.))", re.DOTALL
)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}

HOLE = "\0"
"""Stands in a template's text where an expression is filled in."""


@dataclass(frozen=True)
class Token:
    """A word, a sign, a string (its text), a template (its text with holes) or a regex."""

    kind: str
    text: str
    line: int
    inside: tuple[Token, ...] = field(default=(), repr=False)
    """The tokens of the expressions in a template."""


def tokens(source: str) -> list[Token]:
    """All tokens of a module, without its comments."""
    found, end = _read(source, 0, 1, closing=None)
    assert end == len(source), f"line {source.count(chr(10), 0, end) + 1}: unbalanced braces"
    return found


def everything(found: list[Token] | tuple[Token, ...]) -> Iterator[list[Token]]:
    """The tokens as a list, and those inside of each template as lists of their own."""
    yield list(found)
    for token in found:
        if token.inside:
            yield from everything(token.inside)


def calls(found: list[Token], names: set[str]) -> Iterator[tuple[Token, list[list[Token]]]]:
    """Each call of one of these functions: the name's token and the tokens of its arguments."""
    for i, token in enumerate(found[:-1]):
        if token.kind != "word" or token.text not in names or found[i + 1].text != "(":
            continue
        if found[i + 1].kind == "sign" and not (i and found[i - 1].text in (".", "function")):
            yield token, _arguments(found, i + 2)


def extract(
    file: Any, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """What Babel asks of an extractor: the texts of calls, nested ones and templates included."""
    del comment_tags, options
    for part in everything(tokens(file.read().decode("utf-8"))):
        for name, arguments in calls(part, set(keywords)):
            texts = [string(argument) for argument in arguments]
            yield name.line, name.text, tuple(texts) if len(texts) > 1 else texts[0], []


def string(argument: list[Token]) -> str | None:
    """The text of an argument that is a string, or strings joined by plus signs; else None."""
    strings, signs = argument[::2], argument[1::2]
    if not strings or any(token.kind != "string" for token in strings):
        return None
    if any(token.text != "+" for token in signs) or len(signs) != len(strings) - 1:
        return None
    return "".join(token.text for token in strings)


def keys(argument: list[Token]) -> set[str] | None:
    """The keys of an argument that is an object literal without spread; else None."""
    if not argument or argument[0].text != "{" or argument[0].kind != "sign":
        return None
    found, depth = set(), 0
    for i, token in enumerate(argument):
        if token.kind == "sign":
            depth += (token.text in "([{") - (token.text in ")]}")
            if token.text == "." and depth == 1 and argument[i - 1].text in ("{", ","):
                return None
        elif depth == 1 and argument[i - 1].text in ("{", ",") and token.kind in ("word", "string"):
            found.add(token.text)
    return found


def imported(found: list[Token]) -> list[str]:
    """What a module imports, by the names it gives: ``from "./a.js"`` and ``import("./a.js")``."""
    names = []
    for i, token in enumerate(found):
        before = [other.text for other in found[max(0, i - 2) : i] if other.text != "("]
        if token.kind == "string" and before and before[-1] in ("from", "import"):
            names.append(token.text)
    return names


def _arguments(found: list[Token], first: int) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in found[first:]:
        if token.kind == "sign":
            if token.text in ")]}" and not depth:
                break
            depth += (token.text in "([{") - (token.text in ")]}")
            if token.text == "," and not depth:
                parts.append([])
                continue
        parts[-1].append(token)
    return [part for part in parts if part] or [[]]


def _read(source: str, at: int, line: int, closing: str | None) -> tuple[list[Token], int]:
    found: list[Token] = []
    depth = 0
    while at < len(source):
        start = at
        if match := _SPACE.match(source, at):
            at = match.end()
        elif match := _WORD.match(source, at):
            found.append(Token("word", match.group(), line))
            at = match.end()
        elif match := _STRING.match(source, at):
            found.append(Token("string", _plain(match.group()[1:-1]), line))
            at = match.end()
        elif source[at] == "`":
            token, at = _template(source, at + 1, line)
            found.append(token)
        elif source[at] == "/" and _may_be_regex(found) and (match := _REGEX.match(source, at)):
            found.append(Token("regex", match.group(), line))
            at = match.end()
        else:
            sign = source[at]
            if sign == closing and not depth:
                return found, at + 1
            depth += (sign == "{") - (sign == "}")
            found.append(Token("sign", sign, line))
            at += 1
        line += source.count("\n", start, at)
    return found, at


def _template(source: str, at: int, line: int) -> tuple[Token, int]:
    text: list[str] = []
    inside: list[Token] = []
    first = line
    while source[at] != "`":
        if source.startswith("${", at):
            expression, end = _read(source, at + 2, line, closing="}")
            inside += expression
            text.append(HOLE)
        else:
            end = at + (2 if source[at] == "\\" else 1)
            text.append(source[at:end])
        line += source.count("\n", at, end)
        at = end
    return Token("template", _plain("".join(text)), first, tuple(inside)), at + 1


def _may_be_regex(found: list[Token]) -> bool:
    if not found:
        return True
    last = found[-1]
    if last.kind == "sign":
        return last.text not in ")]}"
    return last.kind == "word" and last.text in _BEFORE_REGEX


def _plain(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2] or match[3]
        if code:
            return chr(int(code, 16))
        return "" if match[4] else _LETTERS.get(match[5], match[5])

    return _ESCAPE.sub(character, text)
