"""The glossary: its facts are the network's, its ways lead somewhere, its schemes are drawn."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

import lenet
from lenet import glossary, spec
from lenet.figures.schemes import schemes
from lenet.unit import unit_from_text
from lenet.variants import VARIANTS
from tests.support.running_app import ROOT

ENTRIES = glossary.entries()
ADDRESSES = {path.stem.replace("_", "-") for path in (ROOT / "pages").glob("*/*.py")}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_an_entry_is_two_sentences_and_leads_to_what_there_is(entry: glossary.Entry) -> None:
    sentences = re.findall(r"[.!?](?= |$)", entry.text)
    assert len(sentences) == 2
    assert len(entry.text) < 320
    assert entry.page == "" or entry.page in ADDRESSES
    if entry.unit:
        assert unit_from_text(entry.unit).key == entry.unit


def test_keys_are_unique_and_every_layer_has_an_entry() -> None:
    keys = [entry.key for entry in ENTRIES]
    assert len(set(keys)) == len(keys)
    assert [entry.key for entry in glossary.layers()] == [*spec.BY_KEY]


def test_the_words_that_newcomers_need_are_there() -> None:
    said = " ".join(f"{entry.name} {entry.text}" for entry in ENTRIES).lower()
    for word in ("convolution", "smallest", "distance", "orange", "positive", "kernel", "bias"):
        assert word in said


@pytest.mark.parametrize("key", list(schemes()))
def test_a_scheme_is_well_formed_and_lies_within_its_box(key: str) -> None:
    svg = ElementTree.fromstring(schemes()[key])
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    boxes = svg.findall(".//rect")
    for box in boxes:
        x, y, w, h = (float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + w <= width
        assert 0 <= y <= y + h <= height


def test_every_name_on_the_draw_page_has_a_scheme() -> None:
    shown = [*glossary.layers(), *glossary.on_the_draw_page()]
    assert {entry.key for entry in shown} == set(schemes())


def test_every_kernel_of_c1_answers_to_edges_or_strokes_more_than_to_plain_ink() -> None:
    """What the draw page says of C1; edges and bars are drawn here, in every direction."""
    kernels = lenet.load().c1.weight.detach().numpy().reshape(spec.C1.maps, -1)
    down, across = np.mgrid[-2:3, -2:3]
    for kernel in kernels:
        answers = []
        for angle in np.radians(np.arange(0, 360, 15)):
            distance = np.cos(angle) * across + np.sin(angle) * down
            for pattern in (distance > 0, np.abs(distance) <= 1.2):
                answers.append(abs((kernel * pattern.ravel()).sum()))
        assert max(answers) > 1.3 * abs(kernel.sum())


def test_entries_about_other_networks_name_networks_that_there_are() -> None:
    named = [entry for entry in ENTRIES if "networks" in entry.chosen]
    assert named
    for entry in named:
        assert {*entry.chosen["networks"].split(",")} <= set(VARIANTS)
