"""The translations: brought up to date with the code's texts, and looked through for faults.

``python -m tests.support.translations`` (``make languages``) adds new texts to every ``.po`` file
in ``assets/locale`` and takes away those that are no more, says what is wrong or still to be
translated, and cuts the fonts anew with the characters that the translations use.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from lenet import catalogue
from tests.support import texts

LANGUAGES = tuple(name for name in catalogue.LANGUAGES if name != catalogue.SOURCE)

_PLACEHOLDER = re.compile(r"\{\w+\}|%\{[^}]*\}")
_MARKUP = re.compile(r"</?[a-z][^<>]*>|\*\*|`|\]\([^)]*\)|:material/\w+:|\$|&\w+;")


def path_of(language: str) -> Path:
    return catalogue.FOLDER / f"{language}.po"


def read(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def brought_up_to_date(language: str) -> bytes:
    """The file with exactly the texts of the template; what was translated stays."""
    found = read(language)
    found.update(read_po(BytesIO(texts.template())), no_fuzzy_matching=True)
    written = BytesIO()
    write_po(
        written,
        found,
        omit_header=True,
        include_lineno=False,
        ignore_obsolete=True,
        sort_by_file=True,
        width=100,
    )
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {found.plural_forms}\\n"\n\n'
    )
    return head.encode() + written.getvalue()


def faults(language: str) -> list[str]:
    """What stands in the way of a whole translation, one line each."""
    found = read(language)
    template = read_po(BytesIO(texts.template()))
    lines = [f"not translated: {id_[:90]!r}" for id_ in missing(found, template)]
    known = {message.id for message in template if message.id}
    lines += [f"not in the code: {_one(m)[:90]!r}" for m in found if m.id and m.id not in known]
    lines += [f"not in the code: {_one(message)[:90]!r}" for message in found.obsolete.values()]
    for message in found:
        if message.id:
            lines += [f"{fault}: {_one(message)[:90]!r}" for fault in _wrong(message, found)]
    return lines


def missing(found: Catalog, template: Catalog) -> list[str]:
    """The texts, by their wording for one, of which there is no translation."""
    translated = {message.id for message in found if message.id and all(_forms(message))}
    return [_one(message) for message in template if message.id and message.id not in translated]


def _wrong(message: Message, found: Catalog) -> Iterator[str]:
    if message.fuzzy:
        yield "of doubt"
    wordings = message.id if isinstance(message.id, tuple | list) else [message.id]
    forms = _forms(message)
    if len(wordings) > 1 and len(forms) != found.num_plurals:
        yield f"{len(forms)} forms, not {found.num_plurals}"
    every = {hole for wording in wordings for hole in _PLACEHOLDER.findall(wording)}
    needed = set.intersection(*(set(_PLACEHOLDER.findall(wording)) for wording in wordings))
    for form in filter(None, forms):
        holes = set(_PLACEHOLDER.findall(form))
        if not needed <= holes <= every:
            yield f"placeholders {', '.join(sorted(holes ^ needed))}"
        if not any(_marked(form) == _marked(wording) for wording in wordings):
            yield f"markup {dict(_marked(form))}"
        if not any(_margins(form) == _margins(wording) for wording in wordings):
            yield "space at its ends"


def _marked(text: str) -> Counter[str]:
    return Counter(_MARKUP.findall(text))


def _margins(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _forms(message: Message) -> Sequence[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _one(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def main() -> int:
    from tests.support import fonts

    wrong = False
    for language in LANGUAGES:
        path_of(language).write_bytes(brought_up_to_date(language))
        for fault in faults(language):
            print(f"{language}.po: {fault}")  # noqa: T201
            wrong = True
    fonts.main()
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
