"""Texts and numbers in the browser against the catalogue's."""

from __future__ import annotations

import random
from gettext import c2py
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import PLURALS
from babel.messages.pofile import write_po
from babel.numbers import format_decimal, format_percent

from lenet import catalogue
from tests.support import node

FRENCH = {
    "language": "fr",
    "messages": {
        "The nearest is {digit}.": "{digit} est le plus proche.",
        "{n} unit": ["{n} neurone", "{n} neurones"],
    },
    "plural": "(n > 1)",
    "symbols": list(catalogue.symbols("fr")),
    "percent": catalogue.percent_sign("fr"),
}

COUNTS = [*range(1201), 999_999, 1_000_000, 1_000_001, 2_000_000, 123_456_789]


def said(expression: str, language: dict[str, Any] | None = None) -> Any:
    return node.run(
        f"""
        const {{ t, tn, number, setLanguage }} = await import("./shared/words.js");
        if (data) setLanguage(data);
        return {expression};
        """,
        language,
    )


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_numbers_and_shares_are_written_as_in_python(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(3)
    values = [0.0, -0.0, 0.5, 1.5, 2.5, 0.125, 0.375, -0.125, 1.005, 999.9996, 1234567.5, -1e15]
    values += [draw.uniform(-1, 1) * 10 ** draw.randint(-6, 9) for _ in range(2000)]
    values += [draw.randint(-9999, 9999) / 2 ** draw.randint(0, 8) for _ in range(2000)]
    asked = [(value, draw.randint(0, 6), draw.random() < 0.5) for value in values]
    said = {
        "messages": {},
        "plural": "0",
        "symbols": catalogue.symbols(name),
        "percent": catalogue.percent_sign(name),
    }
    found = node.run(
        """
        const { number, percent, setLanguage } = await import("./shared/words.js");
        if (data.said) setLanguage(data.said);
        return data.asked.map(([value, decimals, signed]) =>
          [number(value, decimals, { signed }), percent(value, decimals)]);
        """,
        {"asked": asked, "said": None if name == catalogue.SOURCE else said},
    )
    monkeypatch.setattr(catalogue, "LANGUAGES", tuple(catalogue.NAMES))
    catalogue.use_language(name)
    try:
        assert found == [
            [catalogue.number(v, decimals, signed=signed), catalogue.percent(v, decimals)]
            for v, decimals, signed in asked
        ]
    finally:
        catalogue.use_language(catalogue.SOURCE)


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_numbers_are_those_of_babel_but_for_the_minus(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An independent hand: Babel writes numbers and shares by the rules of each language."""
    monkeypatch.setattr(catalogue, "LANGUAGES", tuple(catalogue.NAMES))
    catalogue.use_language(name)
    draw = random.Random(4)
    try:
        for _ in range(500):
            value, places = draw.uniform(-1, 1) * 10 ** draw.randint(0, 8), draw.randint(1, 4)
            pattern = "#,##0." + places * "0"
            written = format_decimal(value, pattern, name).replace("-", catalogue.MINUS)
            assert catalogue.number(value, places) == written
            share = round(abs(value) % 1, 2)
            of_babel = format_percent(share, locale=name).replace("\u00a0", "\u202f")
            assert catalogue.percent(share) == of_babel
    finally:
        catalogue.use_language(catalogue.SOURCE)


@pytest.mark.parametrize(
    ("expression", "english", "french"),
    [
        (
            't("The nearest is {digit}.", { digit: 3 })',
            "The nearest is 3.",
            "3 est le plus proche.",
        ),
        ('t("Not translated")', "Not translated", "Not translated"),
        ('tn("{n} unit", "{n} units", 1, { n: 1 })', "1 unit", "1 neurone"),
        ('tn("{n} unit", "{n} units", 0, { n: 0 })', "0 units", "0 neurone"),
        ('tn("{n} unit", "{n} units", 2, { n: 2 })', "2 units", "2 neurones"),
        ("number(-1234.5, 1)", "\u22121,234.5", "\u22121\u202f234,5"),
    ],
)
def test_texts_are_looked_up_and_filled(expression: str, english: str, french: str) -> None:
    assert said(expression) == english
    assert said(expression, FRENCH) == french


def test_english_is_the_same_in_both_halves() -> None:
    found = said("(await import('./shared/words.js')).SOURCE")
    assert found == {
        "language": catalogue.SOURCE,
        "messages": catalogue.messages(catalogue.SOURCE),
        "plural": catalogue.plural_rule(catalogue.SOURCE).strip("()"),
        "symbols": [*catalogue.symbols(catalogue.SOURCE)],
        "percent": catalogue.percent_sign(catalogue.SOURCE),
    }


def test_every_languages_rule_for_plurals_is_that_of_gettext() -> None:
    rules = sorted({rule for _, rule in PLURALS.values()})
    assert len(rules) > 20
    found = node.run(
        """
        const { pluralRule } = await import("./shared/plural.js");
        return data.rules.map((rule) => data.counts.map(pluralRule(rule)));
        """,
        {"rules": rules, "counts": COUNTS},
    )
    for rule, forms in zip(rules, found, strict=True):
        assert forms == [c2py(rule)(count) for count in COUNTS], rule


@pytest.mark.parametrize("rule", ["", "n !=", "n ? 1", "(n", "m > 1", "n 1", "alert(1)", "n; n"])
def test_what_is_no_rule_is_refused(rule: str) -> None:
    refused = node.run(
        """
        const { pluralRule } = await import("./shared/plural.js");
        try { pluralRule(data); } catch (error) { return error.name; }
        """,
        rule,
    )
    assert refused == "SyntaxError"


@pytest.mark.parametrize("name", ["fr", "pl", "ar", "lv", "sl", "ko"])
def test_a_catalogue_with_plurals_says_the_same_in_both_languages(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up = Catalog(locale=name)
    forms = tuple(f"form {form} of {{n}}" for form in range(made_up.num_plurals))
    made_up.add(("{n} unit", "{n} units"), forms, locations=[("assets/some.js", 1)])
    with (tmp_path / f"{name}.po").open("wb") as file:
        write_po(file, made_up)
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogue, "LANGUAGES", ("en", name))
    counts = COUNTS[:200]
    try:
        catalogue.use_language(name)
        expected = [catalogue.ngettext("{n} unit", "{n} units", n).format(n=n) for n in counts]
        language = {
            "messages": catalogue.messages(name),
            "plural": catalogue.plural_rule(name),
            "symbols": list(catalogue.symbols(name)),
            "percent": catalogue.percent_sign(name),
        }
    finally:
        catalogue.use_language(catalogue.SOURCE)
        for cached in (catalogue._read, catalogue._translations):
            cached.cache_clear()
    script = """
        const { setLanguage, tn } = await import("./shared/words.js");
        setLanguage(data.language);
        return data.counts.map((n) => tn("{n} unit", "{n} units", n, { n }));
    """
    assert node.run(script, {"language": language, "counts": counts}) == expected
    assert len(set(expected)) == len(counts)
