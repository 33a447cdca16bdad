"""Every translation is whole: each text once, with its placeholders, its markup and its forms."""

from __future__ import annotations

from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale

from lenet import catalogue
from tests.support import texts, translations


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_is_whole(language: str) -> None:
    """``make languages`` says what is missing, and brings the file up to date."""
    assert not translations.faults(language)


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_a_language_has_a_name_of_its_own(language: str) -> None:
    own = Locale.parse(language).get_display_name() or ""
    assert catalogue.NAMES[language].lower() == own.lower()


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_forms_are_counted_as_the_language_counts(language: str) -> None:
    """As CLDR says for counts that occur here, below a million."""
    forms = Locale.parse(language).plural_form
    rule = c2py(catalogue.plural_rule(language))
    groups: dict[str, set[int]] = {}
    for count in range(2000):
        groups.setdefault(forms(count), set()).add(rule(count))
    assert all(len(found) == 1 for found in groups.values())
    assert len(groups) == translations.read(language).num_plurals


HEAD = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
TEMPLATE = """
msgid "It is **{digit}**, at <b>{place}</b>."
msgstr ""

msgid "one unit"
msgid_plural "{n} units"
msgstr[0] ""
msgstr[1] ""
"""
WHOLE = """
msgid "It is **{digit}**, at <b>{place}</b>."
msgstr "À <b>{place}</b>, c’est **{digit}**."

msgid "one unit"
msgid_plural "{n} units"
msgstr[0] "{n} neurone"
msgstr[1] "{n} neurones"
"""


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("", "", ""),
        ("**{digit}**", "**{digits}**", "placeholders"),
        ("**{digit}**", "**ce chiffre**", "placeholders"),
        ("**{digit}**", "*{digit}*", "markup"),
        ("<b>{place}</b>", "{place}", "markup"),
        ('"À <b>', '" À <b>', "space"),
        ('"{n} neurones"', '""', "not translated"),
        ('msgstr[1] "{n} neurones"\n', "", "not translated"),
        ('msgid "It', '#, fuzzy\nmsgid "It', "of doubt"),
        ('msgid "It is', 'msgid "That is', "not translated"),
        ('msgid "It is', 'msgid "That is', "not in the code"),
        ('\nmsgid "one', '\n#~ msgid "Old"\n#~ msgstr "Vieux"\n\nmsgid "one', "not in the code"),
    ],
)
def test_every_kind_of_fault_is_found(
    was: str, becomes: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(texts, "template", lambda: (HEAD + TEMPLATE).encode())
    assert was in WHOLE
    translations.path_of("fr").write_text(HEAD + WHOLE.replace(was, becomes, 1), encoding="utf-8")
    found = translations.faults("fr")
    assert any(fault in line for line in found) if fault else not found


def test_bringing_a_file_up_to_date_keeps_what_is_translated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(texts, "template", lambda: (HEAD + TEMPLATE).encode())
    older = HEAD + WHOLE.replace('msgid "It is', 'msgid "That is')
    translations.path_of("fr").write_text(older, encoding="utf-8")
    for _ in range(2):
        translations.path_of("fr").write_bytes(translations.brought_up_to_date("fr"))
        assert [line.split(":")[0] for line in translations.faults("fr")] == ["not translated"]
    assert "{n} neurones" in translations.path_of("fr").read_text(encoding="utf-8")
