"""Texts in a language, and numbers as it writes them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lenet import catalogue
from tests.support import javascript, texts

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "The nearest is {digit}."
msgstr "{digit} est le plus proche."

msgid "{n} unit"
msgid_plural "{n} units"
msgstr[0] "{n} neurone"
msgstr[1] "{n} neurones"

msgid "{n} map"
msgid_plural "{n} maps"
msgstr[0] ""
msgstr[1] ""

#, fuzzy
msgid "Doubtful"
msgstr "Douteux"
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "fr.po").write_text(PO, encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogue, "LANGUAGES", ("en", "fr"))
    catalogue._translations.cache_clear()
    catalogue._read.cache_clear()
    catalogue.use_language("fr")
    yield
    catalogue.use_language(catalogue.SOURCE)
    catalogue._translations.cache_clear()
    catalogue._read.cache_clear()


def test_english_is_the_wording_in_the_code() -> None:
    assert catalogue.gettext("The nearest is {digit}.") == "The nearest is {digit}."
    assert catalogue.ngettext("{n} unit", "{n} units", 1) == "{n} unit"
    assert catalogue.ngettext("{n} unit", "{n} units", 0) == "{n} units"
    assert catalogue.messages("en") == {}


@pytest.mark.usefixtures("french")
def test_another_language_comes_from_its_file() -> None:
    assert catalogue.gettext("The nearest is {digit}.") == "{digit} est le plus proche."
    assert catalogue.gettext("Not translated") == "Not translated"
    assert catalogue.ngettext("{n} unit", "{n} units", 0) == "{n} neurone", "as French counts"
    assert catalogue.ngettext("{n} unit", "{n} units", 2) == "{n} neurones"
    assert catalogue.messages("fr") == {}, "no module says them"
    assert catalogue.messages("fr", everything=True) == {
        "The nearest is {digit}.": "{digit} est le plus proche.",
        "{n} unit": ["{n} neurone", "{n} neurones"],
    }, "what is not translated, or of doubt, is not sent"
    assert catalogue.number(-1234.5, 1) == "\u22121\u202f234,5"


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "written"),
    [
        (-0.5, 2, False, "\u22120.50"),
        (1234567, 0, False, "1,234,567"),
        (2, 1, True, "+2.0"),
        (-2, 1, True, "\u22122.0"),
    ],
)
def test_numbers_have_a_real_minus_and_grouped_thousands(
    value: float, decimals: int, signed: bool, written: str
) -> None:
    assert catalogue.number(value, decimals, signed=signed) == written


def test_a_language_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(ValueError, match="must be one of en"):
        catalogue.use_language("xx")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("fr", "fr"),
        ("fr-CA, en;q=0.9", "fr"),
        ("FR_be", "fr"),
        ("de, en-GB;q=0.8, fr;q=0.7", "en"),
        ("en;q=0.1, fr;q=0.7", "fr"),
        ("en;q=0.5, fr;q=0.5", "en"),
        ("en;q=0, de", None),
        ("en;q=2, fr;q=x, en;q=", None),
        ("french, e", None),
        ("*, ;;, ,", None),
        ("", None),
        (None, None),
    ],
)
@pytest.mark.usefixtures("french")
def test_the_language_that_somebody_likes_best(asked: str | None, found: str | None) -> None:
    assert catalogue.preferred(asked) == found


@pytest.mark.usefixtures("french")
def test_a_thread_without_a_language_asks_for_the_visitors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(catalogue, "_asked", [])

    def said_in_a_thread() -> str:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(catalogue.gettext, "The nearest is {digit}.").result()

    assert said_in_a_thread().startswith("The nearest")
    catalogue.ask_for_language(lambda: None)
    assert said_in_a_thread().startswith("The nearest")
    catalogue.ask_for_language(lambda: "fr")
    assert said_in_a_thread().startswith("{digit} est")
    catalogue.use_language("en")
    assert catalogue.gettext("The nearest is {digit}.").startswith("The nearest")


def test_lists_and_sentences_are_joined_as_the_language_does() -> None:
    assert catalogue.as_list(iter(["a", "b", "c"])) == "a, b, c"
    assert (catalogue.as_list([]), catalogue.as_list(["a"])) == ("", "a")
    assert catalogue.together("One.", "Two.") == "One. Two."
    with catalogue.in_language("zh"):
        assert catalogue.as_list(["a", "b", "c"]) == "a、b、c"
        assert catalogue.together("一。", "二。") == "一。二。"


@pytest.mark.parametrize("language", [name for name in catalogue.LANGUAGES if name != "en"])
def test_a_browser_gets_what_its_modules_say_and_no_more(language: str) -> None:
    sent = catalogue.messages(language)
    said = set()
    for path in texts.JAVASCRIPT:
        for part in javascript.everything(javascript.tokens(path.read_text(encoding="utf-8"))):
            for _, arguments in javascript.calls(part, {"t", "tn"}):
                said.add(javascript.string(arguments[0]))
    assert sent.keys() == said - {None}
