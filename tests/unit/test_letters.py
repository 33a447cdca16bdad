"""A device without Korean or Chinese letters can show every text in these languages."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from lenet import catalogue
from tests.support import fonts

FILES = sorted(fonts.FOLDER.glob("*.woff2"))
SOURCES = re.compile(r'url\("fonts/([\w-]+\.woff2)\?v=(\w+)"\)')


def characters_in(file: Path) -> set[str]:
    return set(map(chr, TTFont(file).getBestCmap()))


@pytest.mark.parametrize("language", fonts.SOURCES)
@pytest.mark.parametrize("ending", fonts.WEIGHTS)
def test_every_character_of_a_language_is_in_its_fonts(language: str, ending: str) -> None:
    used = fonts.characters(language)
    assert len(used) > 300
    missing = used - characters_in(fonts.FOLDER / f"{language}{ending}.woff2")
    assert not missing, f"run: python -m tests.support.fonts ({' '.join(sorted(missing))})"


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_other_characters_are_those_that_latin_fonts_have(language: str) -> None:
    """Letters, punctuation, arrows and signs of mathematics, which English texts have as well."""
    texts = catalogue.messages(language, everything=True).values()
    every = set("".join(text if isinstance(text, str) else "".join(text) for text in texts))
    if language not in fonts.SOURCES:
        assert not set(filter(fonts.is_east_asian, every))
    odd = {letter for letter in every if not fonts.is_east_asian(letter) and letter > "\u024f"}
    english = set("".join(map(str, texts_in_english())))
    typographic = set("\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u202f\u2212")
    assert odd <= english | typographic


def texts_in_english() -> list[str]:
    return [str(wording) for wording in catalogue.messages("fr", everything=True)]


def test_the_names_of_the_languages_can_be_shown_on_every_page() -> None:
    for language in fonts.SOURCES:
        assert set(catalogue.NAMES[language]) <= characters_in(
            fonts.FOLDER / f"name-{language}.woff2"
        )


def test_the_styles_name_the_fonts_by_what_is_in_them() -> None:
    named: dict[str, str] = {}
    for sheet in fonts.FOLDER.glob("*.css"):
        named |= dict(SOURCES.findall(sheet.read_text(encoding="utf-8")))
    assert set(named) == {file.name for file in FILES}
    for file in FILES:
        assert hashlib.sha256(file.read_bytes()).hexdigest().startswith(named[file.name])


def test_no_font_is_larger_than_it_has_to_be() -> None:
    assert sum(file.stat().st_size for file in FILES) < 400_000
