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

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
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

LANGUAGES: tuple[str, ...] = (SOURCE,)
"""The languages that can be chosen."""

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


def gettext(text: str) -> str:
    """The text in the present language, or as it is where there is no translation."""
    return _translations(language()).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The wording that goes with a count: ``one`` or ``many`` in English."""
    return _translations(language()).ngettext(one, many, count)


def messages(name: str) -> dict[str, str | list[str]]:
    """English text -> its translation, for the browser; {} for English.

    A text with a plural is found by its wording for one, and has a list: its forms, in the order
    that ``plural_rule`` counts them.
    """
    if name == SOURCE:
        return {}
    found: dict[str, str | list[str]] = {}
    for message in _read(name):
        if not message.id or message.fuzzy:
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
    """A share of 1 in percent: ``percent(0.125, 1)`` is "12.5%"."""
    return f"{number(100 * share, decimals)}%"


@cache
def symbols(name: str) -> tuple[str, str]:
    """(decimal mark, thousands separator) of a language."""
    from babel import Locale

    found = Locale.parse(name).number_symbols["latn"]
    return found["decimal"], found["group"]


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
