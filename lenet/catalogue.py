"""The texts that people read and the numbers in them, in the reader's language.

A text is looked up by its English wording, as gettext does; placeholders are named and filled
in afterwards, so that a translation can move them. Translations are ``.po`` files in
``assets/locale``; English is the wording in the code itself.

>>> gettext("The nearest code is that of {digit}.").format(digit=3)
'The nearest code is that of 3.'
>>> number(-1234.5, 2)
'−1,234.50'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, reduce
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages import Catalog

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "locale"
"""``lenet.pot``, all texts; and for each language ``<language>.po``, their translations."""

SOURCE = "en"
"""The language in which texts are written in the code."""

LANGUAGES: tuple[str, ...] = (SOURCE, "fr", "ko", "zh")
"""The languages that can be chosen, in the order in which they are offered."""

NAMES = {"en": "English", "fr": "Fran\u00e7ais", "ko": "\ud55c\uad6d\uc5b4", "zh": "\u4e2d\u6587"}
"""What speakers of each language call it."""

MINUS = "\u2212"
"""The real minus sign, as wide as a plus."""

_language: ContextVar[str | None] = ContextVar("language", default=None)
_asked: list[Callable[[], str | None]] = []


def language() -> str:
    """The language of the texts that are looked up now."""
    if (name := _language.get()) is None:
        for ask in _asked:
            if (name := ask()) is not None:
                _language.set(name)  # numbers of a figure look it up some thousand times
                break
    return name or SOURCE


def ask_for_language(ask: Callable[[], str | None]) -> None:
    """Have ``ask`` called in threads that begin without a language; None if it knows of none.

    Parts of a page run in threads of their own, in which nobody has chosen a language.
    """
    if ask not in _asked:
        _asked.append(ask)


def use_language(name: str) -> None:
    """Look texts up in this language from now on, in the present thread or task.

    Raises ValueError for a language that is not among ``LANGUAGES``.
    """
    if name not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {name!r}")
    _language.set(name)


@contextmanager
def in_language(name: str) -> Iterator[None]:
    """Look texts up in this language for a while."""
    before = _language.set(name)
    try:
        yield
    finally:
        _language.reset(before)


def preferred(asked: str | None) -> str | None:
    """The language of ours that somebody likes best; None if we have none of theirs.

    ``asked`` is an Accept-Language header or a single tag of BCP 47, as in
    ``fr-CA, zh-Hant-TW;q=0.8, *;q=0.1``. Regions and scripts are left out, because there is one
    translation for all of them; what is no tag is passed over.
    """
    weights: dict[str, float] = {}
    for part in (asked or "").split(","):
        tag, *parameters = (piece.strip() for piece in part.split(";"))
        name = re.split("[-_]", tag.lower(), maxsplit=1)[0]
        weight = next((text[2:] for text in parameters if text[:2].lower() == "q="), "1")
        if name in LANGUAGES and re.fullmatch(r"[01](\.\d{0,3})?", weight, re.ASCII):
            weights[name] = max(float(weight), weights.get(name, 0.0))
    best = max(weights, key=weights.__getitem__, default=None)  # of equals the first
    return best if best and weights[best] > 0 else None


def gettext(text: str) -> str:
    """The text in the present language, or as it is where there is no translation."""
    return _translations(language()).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The wording that goes with a count: ``one`` or ``many`` in English."""
    return _translations(language()).ngettext(one, many, count)


def as_list(items: Iterable[str]) -> str:
    """Words, names or numbers one after the other, with what stands between them; "" for none."""
    found = list(items)
    pair = gettext("{first}, {second}")
    return reduce(lambda all_, one: pair.format(first=all_, second=one), found) if found else ""


def together(first: str, second: str) -> str:
    """Two sentences one after the other."""
    return gettext("{first} {second}").format(first=first, second=second)


def messages(name: str, everything: bool = False) -> dict[str, str | list[str]]:
    """English text -> its translation, of what the browser's modules say; {} for English.

    A text with a plural is found by its wording for one, and has a list: its forms, in the order
    that ``plural_rule`` counts them. ``everything``: of all texts, Python's too.
    """
    if name == SOURCE:
        return {}
    found: dict[str, str | list[str]] = {}
    for message in _read(name):
        in_browser = any(file.endswith(".js") for file, _ in message.locations)
        if not message.id or message.fuzzy or not (everything or in_browser):
            continue
        if isinstance(message.id, str):
            if message.string:
                found[message.id] = str(message.string)
        elif message.string and all(message.string):
            found[str(message.id[0])] = [str(form) for form in message.string]
    return found


def plural_rule(name: str) -> str:
    """Which form goes with a count n, as an expression of C: "(n != 1)" for English."""
    return "(n != 1)" if name == SOURCE else _read(name).plural_expr


def number(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """A number as it is written in the present language, with so many decimals.

    Thousands are grouped; the minus is a real one; ``signed`` puts a plus before numbers that
    are not negative.
    """
    written = f"{value:{'+' if signed else ''},.{decimals}f}".replace("-", MINUS)
    decimal, group = symbols(language())
    if (decimal, group) == (".", ","):  # a figure has thousands of numbers: four times as fast
        return written
    return written.translate({ord("."): decimal, ord(","): group})


def percent(share: float, decimals: int = 0) -> str:
    """A share of 1 in percent: ``percent(0.125, 1)`` is "12.5%" in English."""
    return number(100 * share, decimals) + percent_sign(language())


@cache
def symbols(name: str) -> tuple[str, str]:
    """(decimal mark, thousands separator) of a language."""
    from babel import Locale

    found = Locale.parse(name).number_symbols["latn"]
    return found["decimal"], found["group"]


@cache
def percent_sign(name: str) -> str:
    """What a language puts behind a number of percent, with the space before it if it has one."""
    from babel import Locale

    # In French Babel has a wide space; the one in our texts and between thousands is narrow.
    return str(Locale.parse(name).percent_formats[None].suffix[0]).replace("\u00a0", "\u202f")


@cache
def _translations(name: str) -> NullTranslations:
    if name == SOURCE:
        return NullTranslations()
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, _read(name))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _read(name: str) -> Catalog:
    from babel.messages.pofile import read_po

    with (FOLDER / f"{name}.po").open("rb") as file:
        return read_po(file, locale=name)
