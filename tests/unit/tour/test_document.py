"""What docs/tour.md says of own tours is so."""

from __future__ import annotations

import re

from lenet.tour import link, reading, vocabulary
from tests.support.running_app import ROOT

DOCUMENT = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"[`{]([\w-]+)", DOCUMENT))


def test_its_example_is_a_tour_and_short_enough_for_a_link() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
    tour = reading.read(example)
    assert len(tour.steps) == 1
    text = link.write(example.encode())
    assert text is not None
    assert reading.read(link.read(text)) == tour


def test_it_names_all_that_a_tour_can_be_written_in() -> None:
    of_layers = {name for name in vocabulary.QUANTITIES if name.split("_")[0] in vocabulary.LAYERS}
    quantities = vocabulary.QUANTITIES - of_layers | {n for n in of_layers if n.startswith("c1_")}
    for words in (
        vocabulary.PAGES,
        vocabulary.LIGHTS,
        vocabulary.CONDITIONS,
        vocabulary.FACTS,
        quantities,
    ):
        assert set(words) <= NAMED
    for names in vocabulary.PAGES.values():
        assert set(names) <= NAMED
        words_of_page = {text for allowed in names.values() for text in allowed or ()}
        assert {text for text in words_of_page if not re.fullmatch(r"\d+|all", text)} <= NAMED


def test_its_limits_are_those_of_the_code() -> None:
    assert f"{reading.MOST_BYTES:,} bytes" in DOCUMENT
    assert f"{link.LONGEST:,} characters" in DOCUMENT
